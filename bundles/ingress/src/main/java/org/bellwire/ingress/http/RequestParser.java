package org.bellwire.ingress.http;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Parses the heads of the requests of one connection, however the bytes arrive. Looks at each byte once, keeps an incomplete
 * head in the caller's buffer, and refuses what is larger than the limits. Not thread-safe.
 */
public final class RequestParser {

    static final int MAX_HEADERS = 8192;
    /** The buffer's size with which every head can be either read or refused. */
    public static final int CAPACITY = RequestLine.MAX_LENGTH + MAX_HEADERS + 64;

    /** Bytes of blank lines before a request that are forgiven: some phones send such a line after a request. */
    private static final int MAX_BLANKS = 4;

    private int blanks;
    private int scanned;
    private int lineStart;
    private int headersStart;
    /** Carriage returns in this line. */
    private int returns;

    private Optional<RequestLine> line = Optional.empty();
    private RequestHeaders headers = new RequestHeaders();

    /** The next head, once the buffer holds all of it; its bytes are consumed then. */
    public Optional<RequestHead> read(ByteBuffer in) {
        byte[] bytes = in.array();
        skipBlanks(in);
        int base = in.arrayOffset() + in.position();
        int available = in.remaining();
        while (scanned < available) {
            byte b = bytes[base + scanned++];
            if (b == '\n') {
                Optional<RequestHead> head = endOfLine(bytes, base);
                if (head.isPresent()) {
                    in.position(in.position() + scanned);
                    reset();
                    return head;
                }
            } else if (b == '\r') {
                returns++;
            }
        }
        return tooLong().map(status -> refuse(in, status));
    }

    private Optional<RequestHead> endOfLine(byte[] bytes, int base) {
        int from = base + lineStart;
        int to = base + scanned - 1;
        lineStart = scanned;
        if (to > from && bytes[to - 1] == '\r') {
            to--;
            returns--;
        }
        if (returns > 0) {
            return Optional.of(refused(ResponseBytes.BAD_REQUEST)); // others might see the end of a line in it
        }
        if (line.isEmpty()) {
            RequestLine first = RequestLine.parse(bytes, from, to);
            line = Optional.of(first);
            headersStart = scanned;
            if (scanned > RequestLine.MAX_LENGTH) {
                return Optional.of(refused(ResponseBytes.TARGET_TOO_LONG)); // as if it had come in pieces
            }
            return first.isRefused() ? Optional.of(refused(first.refusal())) : Optional.empty();
        }
        if (scanned - headersStart > MAX_HEADERS) {
            return Optional.of(refused(ResponseBytes.HEADERS_TOO_LARGE));
        }
        if (to > from) {
            return headers.add(bytes, from, to) ? Optional.empty() : Optional.of(refused(ResponseBytes.BAD_REQUEST));
        }
        return line.map(first -> RequestHead.of(first, headers));
    }

    private Optional<Integer> tooLong() {
        if (line.isEmpty()) {
            return scanned > RequestLine.MAX_LENGTH ? Optional.of(ResponseBytes.TARGET_TOO_LONG) : Optional.empty();
        }
        return scanned - headersStart > MAX_HEADERS ? Optional.of(ResponseBytes.HEADERS_TOO_LARGE) : Optional.empty();
    }

    private RequestHead refuse(ByteBuffer in, int status) {
        int from = in.arrayOffset() + in.position();
        line = line.or(() -> Optional.of(RequestLine.begun(in.array(), from, from + in.remaining())));
        RequestHead head = refused(status);
        in.position(in.limit());
        reset();
        return head;
    }

    private RequestHead refused(int status) {
        return RequestHead.refused(status, line.map(RequestLine::beginning).orElse(new byte[0]));
    }

    private void skipBlanks(ByteBuffer in) {
        if (scanned == 1 && isLineEnd(in)) {
            scanned = 0; // the carriage return had come alone
            returns = 0;
        }
        while (scanned == 0 && blanks < MAX_BLANKS && in.hasRemaining() && isLineEnd(in)) {
            in.get();
            blanks++;
        }
    }

    private static boolean isLineEnd(ByteBuffer in) {
        int at = in.position();
        return in.get(at) == '\n' || (in.get(at) == '\r' && in.remaining() > 1 && in.get(at + 1) == '\n');
    }

    private void reset() {
        blanks = 0;
        scanned = 0;
        lineStart = 0;
        headersStart = 0;
        returns = 0;
        line = Optional.empty();
        headers = new RequestHeaders();
    }
}
