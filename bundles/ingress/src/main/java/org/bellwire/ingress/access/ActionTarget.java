package org.bellwire.ingress.access;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bellwire.api.Variables;

/**
 * A request target taken apart: {@code /action/<vendor>/<token>[/...][?name=value&...]}. Percent-encoded and raw bytes count
 * alike; what is not UTF-8 is Latin-1; a percent sign that encodes nothing and a plus sign stay as they are. Several slashes count
 * as one.
 */
public record ActionTarget(List<String> segments, Variables variables) {

    private static final int FIXED = 3;
    private static final String TRIGGER = "trigger";

    /** Of a request that could not be read. */
    static final ActionTarget NONE = new ActionTarget(List.of(), Variables.NONE);

    public static ActionTarget parse(byte[] raw) {
        int from = pathStart(raw);
        int query = indexOf(raw, '?', from, raw.length);
        return new ActionTarget(segments(raw, from, query), variables(raw, query + 1));
    }

    /** What a target asks for. */
    enum Kind {
        /** A phone reports an event. */
        EVENT,
        /** Somebody fires or cancels a trigger. */
        TRIGGER,
        /** A phone fetches its configuration. */
        PROVISION,
        /** There is nothing. */
        NOTHING
    }

    Kind kind() {
        if (!isAction()) {
            return isProvision() ? Kind.PROVISION : Kind.NOTHING;
        }
        return vendor().equals(TRIGGER) ? Kind.TRIGGER : Kind.EVENT;
    }

    boolean isAction() {
        return segments.size() >= FIXED && segments.get(0).equals("action");
    }

    /** {@code /provision/<vendor>/<token>/<file>}. */
    private boolean isProvision() {
        return segments.size() == FIXED + 1 && segments.get(0).equals("provision");
    }

    private boolean isKnown() {
        return isAction() || isProvision();
    }

    String vendor() {
        return isKnown() ? segments.get(1) : "";
    }

    public String token() {
        return isKnown() ? segments.get(2) : "";
    }

    /** What follows the token. */
    List<String> path() {
        return isKnown() ? segments.subList(FIXED, segments.size()) : List.of();
    }

    /** Shows no token. */
    @Override
    public String toString() {
        return "Target[" + vendor() + "]";
    }

    /** A proxy may send the whole URL: begin at its path. */
    private static int pathStart(byte[] raw) {
        if (raw[0] == '/') {
            return 0;
        }
        int colon = indexOf(raw, ':', 0, raw.length);
        boolean whole = colon + 2 < raw.length && raw[colon + 1] == '/' && raw[colon + 2] == '/';
        return whole ? indexOf(raw, '/', colon + 3, raw.length) : 0;
    }

    private static List<String> segments(byte[] raw, int from, int to) {
        List<String> segments = new ArrayList<>(6);
        int begin = from + 1;
        while (begin < to) {
            int end = indexOf(raw, '/', begin, to);
            if (end > begin) {
                segments.add(text(raw, begin, end));
            }
            begin = end + 1;
        }
        return segments;
    }

    private static Variables variables(byte[] raw, int from) {
        if (from >= raw.length) {
            return Variables.NONE;
        }
        Variables.Builder variables = new Variables.Builder();
        int begin = from;
        while (begin < raw.length) {
            int end = indexOf(raw, '&', begin, raw.length);
            int equals = indexOf(raw, '=', begin, end);
            if (equals > begin) {
                variables.add(text(raw, begin, equals), text(raw, Math.min(equals + 1, end), end));
            }
            begin = end + 1;
        }
        return variables.build();
    }

    /** Where the character stands, or {@code to}. */
    private static int indexOf(byte[] raw, char c, int from, int to) {
        int i = from;
        while (i < to && raw[i] != c) {
            i++;
        }
        return Math.min(i, to);
    }

    private static String text(byte[] raw, int from, int to) {
        for (int i = from; i < to; i++) {
            if (raw[i] == '%' || raw[i] < 0) {
                return decoded(raw, from, to);
            }
        }
        return new String(raw, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static String decoded(byte[] raw, int from, int to) {
        byte[] bytes = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            int high = raw[i] == '%' && i + 2 < to ? Character.digit(raw[i + 1], 16) : -1;
            int low = high >= 0 ? Character.digit(raw[i + 2], 16) : -1;
            if (low >= 0) {
                bytes[length++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                bytes[length++] = raw[i];
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        }
    }
}
