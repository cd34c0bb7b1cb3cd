package org.bellwire.ingress.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * The first line of a request. Phones put spaces, quotes and bytes of any charset into the target, so the line is taken from
 * its two ends: the method before the first space, the version after the last, and all between is the target.
 */
final class RequestLine {

    static final int MAX_TARGET = 4096;
    /** The longest line that can hold an acceptable target. */
    static final int MAX_LENGTH = MAX_TARGET + 32;

    /** So much of a target is kept where the request is refused. */
    private static final int BEGINNING = 512;

    private static final byte[] GET = "GET".getBytes(US_ASCII);
    private static final byte[] HEAD = "HEAD".getBytes(US_ASCII);
    private static final byte[] POST = "POST".getBytes(US_ASCII);
    private static final byte[] VERSION = " HTTP/1.".getBytes(US_ASCII);

    private final int refusal;
    private final byte[] target;
    private final boolean post;
    private final boolean head;
    private final boolean persistent;

    private RequestLine(int refusal, byte[] target, boolean post, boolean head, boolean persistent) {
        this.refusal = refusal;
        this.target = target;
        this.post = post;
        this.head = head;
        this.persistent = persistent;
    }

    /** Reads a line without its end. */
    static RequestLine parse(byte[] bytes, int from, int to) {
        int end = withoutBlanks(bytes, from, to);
        int method = from;
        while (method < end && bytes[method] != ' ') {
            method++;
        }
        int version = end - VERSION.length - 1;
        if (version < method || !isVersion(bytes, version, end)) {
            return refused(ResponseBytes.BAD_REQUEST);
        }
        int begin = method;
        while (begin < version && bytes[begin] == ' ') {
            begin++;
        }
        int last = withoutBlanks(bytes, begin, version);
        if (begin >= last) {
            return refused(ResponseBytes.BAD_REQUEST);
        }
        boolean post = equal(bytes, from, method, POST);
        boolean head = equal(bytes, from, method, HEAD);
        if (!post && !head && !equal(bytes, from, method, GET)) {
            return refused(ResponseBytes.METHOD_NOT_ALLOWED, cut(bytes, begin, last));
        }
        if (last - begin > MAX_TARGET) {
            return refused(ResponseBytes.TARGET_TOO_LONG, cut(bytes, begin, last));
        }
        return new RequestLine(0, Arrays.copyOfRange(bytes, begin, last), post, head, bytes[end - 1] != '0');
    }

    /** A line that is not whole yet. */
    static RequestLine begun(byte[] bytes, int from, int to) {
        int method = from;
        while (method < to && bytes[method] != ' ') {
            method++;
        }
        return refused(ResponseBytes.TARGET_TOO_LONG, cut(bytes, Math.min(method + 1, to), to));
    }

    private static byte[] cut(byte[] bytes, int from, int to) {
        return Arrays.copyOfRange(bytes, from, Math.min(to, from + BEGINNING));
    }

    private static RequestLine refused(int status) {
        return refused(status, new byte[0]);
    }

    private static RequestLine refused(int status, byte[] target) {
        return new RequestLine(status, target, false, false, false);
    }

    boolean isRefused() {
        return refusal != 0;
    }

    int refusal() {
        return refusal;
    }

    byte[] target() {
        return target;
    }

    /** How the target begins: what is told of a request that is refused. */
    byte[] beginning() {
        return cut(target, 0, target.length);
    }

    /** The method is POST, which only some targets take. */
    boolean isPost() {
        return post;
    }

    /** The method is HEAD: nothing but the head of the answer is wanted. */
    boolean isHead() {
        return head;
    }

    /** The connection stays open unless a header says otherwise: so from HTTP/1.1 on. */
    boolean isPersistent() {
        return persistent;
    }

    private static int withoutBlanks(byte[] bytes, int from, int to) {
        int end = to;
        while (end > from && bytes[end - 1] == ' ') {
            end--;
        }
        return end;
    }

    private static boolean isVersion(byte[] bytes, int from, int to) {
        return equal(bytes, from, to - 1, VERSION) && bytes[to - 1] >= '0' && bytes[to - 1] <= '9';
    }

    private static boolean equal(byte[] bytes, int from, int to, byte[] other) {
        return Arrays.equals(bytes, from, to, other, 0, other.length);
    }
}
