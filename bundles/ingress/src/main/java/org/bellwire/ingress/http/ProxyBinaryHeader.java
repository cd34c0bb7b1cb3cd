package org.bellwire.ingress.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Version 2 of the PROXY protocol: twelve bytes that no request begins with, version and command, family, length, addresses.
 * What may follow the addresses, such as the name in a certificate, says nothing of where a phone is, and is skipped.
 */
final class ProxyBinaryHeader {

    static final byte[] BEGINNING = "\r\n\r\n\0\r\nQUIT\n".getBytes(US_ASCII);

    /** Up to the length. */
    private static final int FIXED = 16;
    /** All of it: addresses take 216 bytes at most, and proxies add some hundred. It may promise 64 KiB. */
    private static final int MAX_LENGTH = 2048;

    private static final int COMMAND = 12;
    private static final int FAMILY = 13;
    private static final int LENGTH = 14;

    private static final int LOCAL = 0x20;
    private static final int PROXIED = 0x21;

    private ProxyBinaryHeader() {}

    /** Of bytes that begin as one. */
    static ProxyHeader read(ByteBuffer in) {
        if (in.remaining() < FIXED) {
            return ProxyHeader.INCOMPLETE;
        }
        int at = in.position();
        int command = in.get(at + COMMAND) & 0xFF;
        int rest = in.getShort(at + LENGTH) & 0xFFFF;
        if ((command != LOCAL && command != PROXIED) || FIXED + rest > MAX_LENGTH) {
            return ProxyHeader.ABSENT;
        }
        if (in.remaining() < FIXED + rest) {
            return ProxyHeader.INCOMPLETE;
        }
        return command == LOCAL
                ? new ProxyHeader.Complete(FIXED + rest, Optional.empty())
                : of(in.get(at + FAMILY) & 0xFF, in.slice(at + FIXED, rest));
    }

    /** The protocol lets a receiver take the proxy's own address where the family has none of the network. */
    private static ProxyHeader of(int family, ByteBuffer addresses) {
        int length = FIXED + addresses.remaining();
        return switch (family) {
            case 0x00 -> new ProxyHeader.Complete(length, Optional.empty());
            case 0x11 -> of(length, addresses, 4, 12);
            case 0x21 -> of(length, addresses, 16, 36);
            case 0x31 -> of(length, addresses, 0, 216); // a UNIX socket: somebody on the proxy's machine
            default -> ProxyHeader.ABSENT; // also datagrams, which carry no request
        };
    }

    private static ProxyHeader of(int length, ByteBuffer addresses, int size, int least) {
        if (addresses.remaining() < least) {
            return ProxyHeader.ABSENT;
        }
        if (size == 0) {
            return new ProxyHeader.Complete(length, Optional.empty());
        }
        byte[] source = new byte[size];
        addresses.get(source);
        try {
            return new ProxyHeader.Complete(length, Optional.of(InetAddress.getByAddress(source)));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + size + " bytes", e);
        }
    }
}
