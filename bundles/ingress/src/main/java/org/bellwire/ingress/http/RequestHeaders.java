package org.bellwire.ingress.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Locale;

/** The few headers that matter; all others are skipped. */
final class RequestHeaders {

    private static final byte DELETE = 0x7f;

    private boolean close;
    private boolean keepAlive;
    private boolean body;
    private String forwardedFor = "";

    /**
     * Takes a line without its end; false if two readers might understand it differently: it goes on from the line before, or
     * there is a blank between name and colon, or a control character in the name.
     */
    boolean add(byte[] bytes, int from, int to) {
        if (isBlank(bytes[from]) || isNameOdd(bytes, from, to)) {
            return false;
        }
        switch (bytes[from] | 0x20) {
            case 'c' -> {
                if (isNamed("connection:", bytes, from, to)) {
                    connection(value("connection:", bytes, from, to).toLowerCase(Locale.ROOT));
                } else if (isNamed("content-length:", bytes, from, to)) {
                    body |= !value("content-length:", bytes, from, to).equals("0");
                }
            }
            case 't' -> body |= isNamed("transfer-encoding:", bytes, from, to);
            case 'x' -> {
                if (isNamed("x-forwarded-for:", bytes, from, to)) {
                    String value = value("x-forwarded-for:", bytes, from, to);
                    forwardedFor = forwardedFor.isEmpty() ? value : forwardedFor + "," + value;
                }
            }
            default -> {}
        }
        return true;
    }

    private static boolean isNameOdd(byte[] bytes, int from, int to) {
        boolean control = false;
        int colon = from;
        while (colon < to && bytes[colon] != ':') {
            control |= isControl(bytes[colon]);
            colon++;
        }
        return colon < to && colon > from && (control || isBlank(bytes[colon - 1]));
    }

    private static boolean isControl(byte b) {
        return (b >= 0 && b < ' ' && b != '\t') || b == DELETE;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    String forwardedFor() {
        return forwardedFor;
    }

    boolean announceBody() {
        return body;
    }

    /** A request with a body is the last of its connection: nobody here reads the body. */
    Persistence afterwards(boolean persistent) {
        if (close || body || !(persistent || keepAlive)) {
            return Persistence.CLOSE;
        }
        return persistent ? Persistence.KEEP : Persistence.KEEP_AS_ASKED;
    }

    private void connection(String value) {
        close |= value.contains("close");
        keepAlive |= value.contains("keep-alive");
    }

    private static boolean isNamed(String lowerName, byte[] bytes, int from, int to) {
        if (to - from < lowerName.length()) {
            return false;
        }
        for (int i = 0; i < lowerName.length(); i++) {
            int b = bytes[from + i];
            if ((b >= 'A' && b <= 'Z' ? b | 0x20 : b) != lowerName.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Without the blanks around it; no other character counts as one. */
    private static String value(String name, byte[] bytes, int from, int to) {
        int begin = from + name.length();
        int end = to;
        while (begin < end && isBlank(bytes[begin])) {
            begin++;
        }
        while (end > begin && isBlank(bytes[end - 1])) {
            end--;
        }
        return new String(bytes, begin, end - begin, ISO_8859_1);
    }
}
