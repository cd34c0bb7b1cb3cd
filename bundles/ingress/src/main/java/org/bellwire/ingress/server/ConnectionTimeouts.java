package org.bellwire.ingress.server;

/**
 * How long a connection is waited for, in milliseconds. However often a byte arrives, only the first of these begins anew.
 *
 * @param idleMs without a byte; also for the reply of core
 * @param stepMs from the beginning or an answer to the next whole head, handshake included; from there to the answer
 * @param drainMs after the last answer, for the peer to take it
 * @param strangerMs for all that somebody does who is not of an allowed network
 */
record ConnectionTimeouts(int idleMs, int stepMs, int drainMs, int strangerMs) {

    static final ConnectionTimeouts STANDARD = new ConnectionTimeouts(5000, 10_000, 2000, 2000);
}
