package org.bellwire.line;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Parses one answer, however oddly it is written. The status line decides; of the headers only those about logins, redirects
 * and the body are kept, of the body only what tells a login page.
 */
final class ResponseParser {

    /** All that a phone may send: status line, headers and body. */
    static final int MAX_BYTES = 64 * 1024;

    private final int bodyBytes;

    private static final StringBuilder NO_FIELD = new StringBuilder(0);

    /** How headers begin that are kept. */
    private static final List<String> KEPT =
            List.of("www-authenticate", "location", "content-length", "transfer-encoding");

    private static final int USUAL_LINE = 128;

    /** A line that has not ended yet. */
    private byte[] line = new byte[USUAL_LINE];

    private int lineBytes;
    /** A header that may go on in the next line; empty if it is of no interest. */
    private StringBuilder field = NO_FIELD;

    private final List<String> challenges = new ArrayList<>(0);
    private Optional<String> location = Optional.empty();
    private String length = "";
    private boolean chunked;
    private int status;
    private boolean headWhole;
    private @Nullable ResponseBody body;
    private int bytes;
    private boolean complete;
    private @Nullable Exception fault;

    /** The phone sends more than {@link #MAX_BYTES} before its headers end. */
    static final class TooLong extends Exception {
        private static final long serialVersionUID = 1L;

        TooLong() {
            super("the answer is longer than " + MAX_BYTES + " bytes", null, false, false);
        }
    }

    /** What the phone sends does not begin like an answer in HTTP. */
    static final class NotHttp extends Exception {
        private static final long serialVersionUID = 1L;

        NotHttp() {
            super("no HTTP", null, false, false);
        }
    }

    /** Of the body no more than usual. */
    ResponseParser() {
        this(ResponseBody.PAGE_BYTES);
    }

    /** @param bodyBytes how much of the body is of interest */
    ResponseParser(int bodyBytes) {
        this.bodyBytes = bodyBytes;
    }

    /** Takes all of these. */
    void read(ByteBuffer more) {
        bytes += more.remaining();
        while (more.hasRemaining() && !isOver()) {
            if (body == null) {
                readLine(more);
            } else {
                complete = body.read(more);
            }
        }
        if (bytes > MAX_BYTES && !isOver() && (body == null || bytes > MAX_BYTES + bodyBytes)) {
            cut();
        }
    }

    private void cut() {
        if (headWhole) {
            complete = true;
        } else {
            fault = new TooLong();
        }
    }

    /** No more will come. */
    void end() {
        if (status == 0) {
            String text = text().strip();
            status = StatusLine.status(text);
            boolean http = StatusLine.mayBegin(text);
            fault = status != 0 ? null : http ? new EOFException() : new NotHttp();
        } else if (!headWhole) {
            endLine();
            endField();
        }
        complete = fault == null;
    }

    /** Up to the end of a line, or of what is there. */
    private void readLine(ByteBuffer more) {
        int end = more.position();
        while (end < more.limit() && more.get(end) != '\n') {
            end++;
        }
        int count = end - more.position();
        if (line.length - lineBytes < count) {
            line = Arrays.copyOf(line, Math.max(2 * line.length, lineBytes + count));
        }
        more.get(line, lineBytes, count);
        lineBytes += count;
        if (more.hasRemaining()) {
            more.get();
            boolean empty = endLine();
            if (empty && status != 0) {
                endHead();
            }
        } else if (status == 0 && lineBytes >= StatusLine.BEGINNING && !StatusLine.mayBegin(beginning())) {
            fault = new NotHttp();
        }
    }

    private String beginning() {
        return new String(line, 0, StatusLine.BEGINNING, ISO_8859_1);
    }

    /** True for an empty line. */
    private boolean endLine() {
        while (lineBytes > 0 && line[lineBytes - 1] == '\r') {
            lineBytes--;
        }
        boolean empty = lineBytes == 0;
        if (status == 0) {
            statusLine(text().strip());
        } else if (!empty && line[0] >= 0 && line[0] <= ' ') {
            if (field.length() > 0) {
                field.append(' ').append(text().strip());
            }
        } else {
            endField();
            if (isKept()) {
                field = new StringBuilder(text());
            }
        }
        lineBytes = 0;
        return empty;
    }

    private boolean isKept() {
        for (int i = 0; i < KEPT.size(); i++) {
            if (begins(KEPT.get(i))) {
                return true;
            }
        }
        return false;
    }

    private boolean begins(String name) {
        int same = 0;
        while (same < name.length() && same < lineBytes && (line[same] | ' ') == name.charAt(same)) {
            same++;
        }
        return same == name.length();
    }

    private String text() {
        return new String(line, 0, lineBytes, ISO_8859_1);
    }

    private void statusLine(String text) {
        if (!text.isEmpty()) {
            status = StatusLine.status(text);
            if (status == 0) {
                fault = new NotHttp();
            }
        }
    }

    private void endField() {
        int colon = field.indexOf(":");
        if (colon > 0) {
            String value = field.substring(colon + 1).strip();
            switch (field.substring(0, colon).strip().toLowerCase(Locale.ROOT)) {
                case "www-authenticate" -> challenges.add(value);
                case "location" -> location = location.or(() -> Optional.of(value));
                case "content-length" -> length = length.isEmpty() || length.equals(value) ? value : "unclear";
                case "transfer-encoding" ->
                    chunked |= value.toLowerCase(Locale.ROOT).contains("chunked");
                default -> {
                    // It does not matter here.
                }
            }
        }
        field = NO_FIELD;
    }

    private void endHead() {
        if (status / 100 == 1 && status != 101) {
            // Only a preliminary answer; another one follows.
            status = 0;
            challenges.clear();
            location = Optional.empty();
            length = "";
            chunked = false;
            return;
        }
        headWhole = true;
        body = new ResponseBody(chunked ? "" : length, chunked, bodyBytes);
        complete = status / 100 != 2 || status == 204 || status == 205 || body.isOver();
    }

    /** With its headers the answer is known; all that may follow is a body. */
    boolean isHeadWhole() {
        return headWhole;
    }

    /** Nothing more has to be read. */
    boolean isOver() {
        return complete || fault != null;
    }

    /** The phone has said that more of the body comes. */
    boolean isOwed() {
        return !isOver() && body != null && body.isOwed();
    }

    /** The answer's own fault, if it has one. */
    Optional<Exception> fault() {
        return Optional.ofNullable(fault);
    }

    /**
     * What was heard when the connection ended in this way. A phone that breaks off after its status line has answered all the
     * same; one that does not come to the end of its headers has not.
     */
    Optional<HttpResponse> heard(@Nullable Throwable failure) {
        if (!isOver() && isBreak(failure)) {
            end();
        }
        return fault == null && status != 0 && (complete || headWhole)
                ? Optional.of(new HttpResponse(status, location, challenges, body == null ? "" : body.page()))
                : Optional.empty();
    }

    private static boolean isBreak(@Nullable Throwable failure) {
        return !(failure instanceof TimeoutException
                || failure instanceof AsynchronousCloseException
                || failure instanceof TlsStream.TooMuch);
    }

    /** Why nothing was heard when the connection ended in this way. */
    Throwable reason(@Nullable Throwable failure) {
        if (failure == null || fault instanceof NotHttp) {
            return fault == null ? new IllegalStateException("no answer") : fault;
        }
        return failure;
    }
}
