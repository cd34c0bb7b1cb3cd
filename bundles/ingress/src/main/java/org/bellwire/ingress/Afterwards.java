package org.bellwire.ingress;

/** What becomes of the connection after the answer. */
enum Afterwards {
    CLOSE("Connection: close\r\n"),
    /** As HTTP/1.1 does. */
    KEEP(""),
    /** As HTTP/1.0 does when asked to: it has to be said. */
    KEEP_AS_ASKED("Connection: keep-alive\r\n");

    private final String header;

    Afterwards(String header) {
        this.header = header;
    }

    /** The header line that says so, with its end; maybe empty. */
    String header() {
        return header;
    }
}
