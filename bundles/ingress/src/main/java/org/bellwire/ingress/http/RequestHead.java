package org.bellwire.ingress.http;

/** The parts of a request's head that matter. A class, not a record: no two requests are equal. */
public final class RequestHead {

    private final int refusal;
    private final byte[] target;
    private final boolean post;
    private final boolean headOnly;
    private final String forwardedFor;
    private final boolean body;
    private final Persistence afterwards;

    private RequestHead(
            int refusal,
            byte[] target,
            boolean post,
            boolean headOnly,
            String forwardedFor,
            boolean body,
            Persistence afterwards) {
        this.refusal = refusal;
        this.target = target;
        this.post = post;
        this.headOnly = headOnly;
        this.forwardedFor = forwardedFor;
        this.body = body;
        this.afterwards = afterwards;
    }

    /** A request that can be looked at. */
    static RequestHead of(RequestLine line, RequestHeaders headers) {
        return new RequestHead(
                0,
                line.target(),
                line.isPost(),
                line.isHead(),
                headers.forwardedFor(),
                headers.announceBody(),
                headers.afterwards(line.isPersistent()));
    }

    /**
     * A request that the reader refuses; what follows on the connection cannot be trusted.
     *
     * @param target as far as it is known
     */
    static RequestHead refused(int status, byte[] target) {
        return new RequestHead(status, target, false, false, "", false, Persistence.CLOSE);
    }

    public boolean isRefused() {
        return refusal != 0;
    }

    /** The status that says why. */
    public int refusal() {
        return refusal;
    }

    /** As it came, bytes that have no place in a URL included; of a refused request no more than how it begins. */
    public byte[] target() {
        return target;
    }

    /** The method is POST, which only some targets take; otherwise it is GET or HEAD. */
    public boolean isPost() {
        return post;
    }

    /** The method is HEAD: a document is only told of, not sent. */
    public boolean isHeadOnly() {
        return headOnly;
    }

    /** The values of X-Forwarded-For; empty without one. */
    public String forwardedFor() {
        return forwardedFor;
    }

    /** A body follows, which nobody reads. */
    public boolean hasBody() {
        return body;
    }

    public Persistence afterwards() {
        return afterwards;
    }
}
