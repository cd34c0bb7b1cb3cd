package org.bellwire.ingress.http;

import java.nio.ByteBuffer;

/** Finds out whether a connection begins with a header of the PROXY protocol. */
public final class ProxyHeaderParser {

    private ProxyHeaderParser() {}

    /** Looks at a buffer that has an array, and consumes nothing. */
    public static ProxyHeader read(ByteBuffer in) {
        if (begins(in, ProxyTextHeader.BEGINNING)) {
            return in.remaining() < ProxyTextHeader.BEGINNING.length
                    ? ProxyHeader.INCOMPLETE
                    : ProxyTextHeader.read(in);
        }
        if (begins(in, ProxyBinaryHeader.BEGINNING)) {
            return in.remaining() < ProxyBinaryHeader.BEGINNING.length
                    ? ProxyHeader.INCOMPLETE
                    : ProxyBinaryHeader.read(in);
        }
        return ProxyHeader.ABSENT;
    }

    /** One is the beginning of the other. */
    private static boolean begins(ByteBuffer in, byte[] word) {
        int length = Math.min(in.remaining(), word.length);
        return in.slice(in.position(), length).equals(ByteBuffer.wrap(word, 0, length));
    }
}
