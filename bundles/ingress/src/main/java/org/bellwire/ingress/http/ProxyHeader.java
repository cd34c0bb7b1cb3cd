package org.bellwire.ingress.http;

import java.net.InetAddress;
import java.util.Optional;

/**
 * What the first bytes of a connection are by the PROXY protocol, with which a proxy that does not read requests says whose
 * connection it passes on: <a href="https://www.haproxy.org/download/2.6/doc/proxy-protocol.txt">versions 1 and 2</a>.
 */
public sealed interface ProxyHeader {

    /** No header, or a wrong one: these bytes are the request's, which refuses them if they are none. */
    record Absent() implements ProxyHeader {}

    /** It may become one: more bytes are needed, and never more than a few KiB. */
    record Incomplete() implements ProxyHeader {}

    /**
     * A header.
     *
     * @param length of the whole header in bytes
     * @param source who connected to the proxy; empty: the proxy itself, to see whether we are alive
     */
    record Complete(int length, Optional<InetAddress> source) implements ProxyHeader {}

    ProxyHeader ABSENT = new Absent();
    ProxyHeader INCOMPLETE = new Incomplete();
}
