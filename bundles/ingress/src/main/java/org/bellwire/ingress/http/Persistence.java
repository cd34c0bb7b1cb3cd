package org.bellwire.ingress.http;

/** Whether the connection is kept or closed after the answer. */
public enum Persistence {
    CLOSE("Connection: close\r\n"),
    /** As HTTP/1.1 does. */
    KEEP(""),
    /** As HTTP/1.0 does when asked to: it has to be said. */
    KEEP_AS_ASKED("Connection: keep-alive\r\n");

    private final String header;

    Persistence(String header) {
        this.header = header;
    }

    /** The header line that says so, with its end; maybe empty. */
    String header() {
        return header;
    }
}
