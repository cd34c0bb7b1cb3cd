package org.bellwire.ingress;

/** What matters of the head of a request. A class, not a record: no two requests are the same one. */
final class Head {

    private final int refusal;
    private final byte[] target;
    private final String forwardedFor;
    private final boolean body;
    private final Afterwards afterwards;

    private Head(int refusal, byte[] target, String forwardedFor, boolean body, Afterwards afterwards) {
        this.refusal = refusal;
        this.target = target;
        this.forwardedFor = forwardedFor;
        this.body = body;
        this.afterwards = afterwards;
    }

    /** A request that can be looked at. */
    static Head of(RequestLine line, HeaderLines headers) {
        return new Head(
                0,
                line.target(),
                headers.forwardedFor(),
                headers.announceBody(),
                headers.afterwards(line.isPersistent()));
    }

    /** A request that the reader refuses; what follows on the connection cannot be trusted. */
    static Head refused(int status) {
        return new Head(status, new byte[0], "", false, Afterwards.CLOSE);
    }

    boolean isRefused() {
        return refusal != 0;
    }

    /** The status that says why. */
    int refusal() {
        return refusal;
    }

    /** As it came, bytes that have no place in a URL included. */
    byte[] target() {
        return target;
    }

    /** The values of X-Forwarded-For; empty without one. */
    String forwardedFor() {
        return forwardedFor;
    }

    /** A body follows, which nobody reads. */
    boolean hasBody() {
        return body;
    }

    Afterwards afterwards() {
        return afterwards;
    }
}
