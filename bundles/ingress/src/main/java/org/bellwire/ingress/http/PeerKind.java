package org.bellwire.ingress.http;

/** Who is at the other end of a connection, by its address. */
public enum PeerKind {
    /** Of a network that phones may report from. */
    PHONE,
    /** A trusted proxy: it speaks for many, and what one of them does is not to hurt the others. */
    PROXY,
    /** Anybody else: is answered 404 and nothing more. */
    STRANGER
}
