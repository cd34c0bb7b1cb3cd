package org.bellwire.ingress.admission;

import org.bellwire.ingress.http.PeerKind;

/**
 * How many connections there may be at once, on both ports together.
 *
 * @param connections all
 * @param ofAddress from one address
 * @param ofProxy from one trusted proxy
 * @param ofStrangers from all addresses that phones may not report from
 * @param handshakes whose TLS handshake has not ended
 * @param handshakesOfAddress of these from one address
 */
public record ConnectionLimits(
        int connections, int ofAddress, int ofProxy, int ofStrangers, int handshakes, int handshakesOfAddress) {

    public static final ConnectionLimits STANDARD = new ConnectionLimits(2000, 500, 1000, 32, 256, 64);

    /** From one address of this origin. */
    int of(PeerKind origin) {
        return switch (origin) {
            case PHONE -> ofAddress;
            case PROXY -> ofProxy;
            case STRANGER -> ofStrangers;
        };
    }
}
