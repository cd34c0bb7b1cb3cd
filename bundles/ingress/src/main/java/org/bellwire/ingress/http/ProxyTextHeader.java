package org.bellwire.ingress.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bellwire.api.config.IpLiteral;

/** Version 1 of the PROXY protocol: {@code PROXY TCP4 <source> <destination> <port> <port>} and the end of a line. */
final class ProxyTextHeader {

    static final byte[] BEGINNING = "PROXY ".getBytes(US_ASCII);

    /** With the end of the line, as the protocol says. */
    private static final int MAX_LENGTH = 107;

    private static final String UNKNOWN = "PROXY UNKNOWN";
    private static final Pattern PORT = Pattern.compile("0|[1-9]\\d{0,4}");
    private static final int FIELDS = 6;
    private static final int MAX_PORT = 65_535;

    private ProxyTextHeader() {}

    /** Of bytes that begin as one. */
    static ProxyHeader read(ByteBuffer in) {
        int most = Math.min(in.remaining(), MAX_LENGTH);
        int end = 0;
        while (end < most && in.get(in.position() + end) != '\n') {
            end++;
        }
        if (end == most) {
            return most < MAX_LENGTH ? ProxyHeader.INCOMPLETE : ProxyHeader.ABSENT;
        }
        String line = new String(in.array(), in.arrayOffset() + in.position(), end, ISO_8859_1);
        return line.endsWith("\r") ? of(line.substring(0, line.length() - 1), end + 1) : ProxyHeader.ABSENT;
    }

    private static ProxyHeader of(String line, int length) {
        if (line.equals(UNKNOWN) || line.startsWith(UNKNOWN + " ")) {
            return new ProxyHeader.Complete(length, Optional.empty());
        }
        String[] fields = line.split(" ", -1);
        if (fields.length != FIELDS || !isPort(fields[4]) || !isPort(fields[5])) {
            return ProxyHeader.ABSENT;
        }
        Optional<InetAddress> source = address(fields[1], fields[2]);
        return source.isPresent() && address(fields[1], fields[3]).isPresent()
                ? new ProxyHeader.Complete(length, source)
                : ProxyHeader.ABSENT;
    }

    private static Optional<InetAddress> address(String family, String text) {
        boolean colon = text.indexOf(':') >= 0;
        return (family.equals("TCP4") && !colon) || (family.equals("TCP6") && colon)
                ? IpLiteral.parseWithoutZone(text)
                : Optional.empty();
    }

    private static boolean isPort(String text) {
        return PORT.matcher(text).matches() && Integer.parseInt(text) <= MAX_PORT;
    }
}
