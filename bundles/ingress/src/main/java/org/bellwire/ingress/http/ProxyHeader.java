package org.bellwire.ingress.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.InetAddress;
import java.nio.ByteBuffer;
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

    /** Looks at a buffer that has an array, and consumes nothing. */
    static ProxyHeader read(ByteBuffer in) {
        if (begins(in, Words.TEXT)) {
            return in.remaining() < Words.TEXT.length ? INCOMPLETE : ProxyTextHeader.read(in);
        }
        if (begins(in, Words.BINARY)) {
            return in.remaining() < Words.BINARY.length ? INCOMPLETE : ProxyBinaryHeader.read(in);
        }
        return ABSENT;
    }

    /** One is the beginning of the other. */
    private static boolean begins(ByteBuffer in, byte[] word) {
        int length = Math.min(in.remaining(), word.length);
        return in.slice(in.position(), length).equals(ByteBuffer.wrap(word, 0, length));
    }

    /** By what the two versions are told from each other and from a request. */
    final class Words {

        static final byte[] TEXT = "PROXY ".getBytes(US_ASCII);
        static final byte[] BINARY = "\r\n\r\n\0\r\nQUIT\n".getBytes(US_ASCII);

        private Words() {}
    }
}
