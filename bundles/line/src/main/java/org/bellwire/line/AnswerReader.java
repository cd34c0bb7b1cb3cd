package org.bellwire.line;

import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.BadMessageException;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** Reads one answer in whatever form. Keeps the first bytes of the body, which are enough to know a login page. */
final class AnswerReader implements HttpParser.ResponseHandler {

    /** All that a phone may send: status line, headers and body. */
    static final int MAX_BYTES = 64 * 1024;

    private static final int PAGE_BYTES = 8 * 1024;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final HttpParser parser = new HttpParser(this, -1, HttpCompliance.RFC7230);
    private final StringBuilder page = new StringBuilder(0);
    private final List<String> challenges = new ArrayList<>(0);
    private Optional<String> location = Optional.empty();
    private int announced;
    private int status;
    private int bytes;
    private boolean complete;
    private @Nullable Exception fault;

    /** The phone sends more than {@link #MAX_BYTES}. */
    static final class TooLong extends Exception {
        private static final long serialVersionUID = 1L;

        TooLong() {
            super("the answer is longer than " + MAX_BYTES + " bytes", null, false, false);
        }
    }

    /** Takes all of these. */
    void read(ByteBuffer more) {
        bytes += more.remaining();
        if (bytes > MAX_BYTES) {
            fail(new TooLong());
        }
        do {
            parser.parseNext(more);
        } while (more.hasRemaining() && !isOver());
    }

    /** No more will come. */
    void end() {
        parser.atEOF();
        parser.parseNext(NOTHING.duplicate());
        if (!isOver()) {
            fail(new EOFException());
        }
    }

    /** Nothing more has to be read. */
    boolean isOver() {
        return complete || fault != null;
    }

    /** The answer's own fault, if it has one. */
    Optional<Exception> fault() {
        return Optional.ofNullable(fault);
    }

    /** A phone that breaks off within the body has answered all the same; one that does not come to an end has not. */
    Optional<Heard> heard(Optional<? extends Throwable> failure) {
        boolean endless = failure.isPresent() && failure.get() instanceof TimeoutException && status / 100 == 2;
        return status == 0 || endless
                ? Optional.empty()
                : Optional.of(new Heard(status, location, challenges, page.toString()));
    }

    @Override
    public boolean startResponse(HttpVersion version, int code, String reason) {
        announced = code;
        return false;
    }

    @Override
    public void parsedHeader(HttpField field) {
        if (field.getHeader() == HttpHeader.WWW_AUTHENTICATE && field.getValue() != null) {
            challenges.add(field.getValue());
        } else if (field.getHeader() == HttpHeader.LOCATION && location.isEmpty()) {
            location = Optional.ofNullable(field.getValue());
        }
    }

    @Override
    public boolean headerComplete() {
        status = isPreliminary() ? 0 : announced;
        return false;
    }

    private boolean isPreliminary() {
        return announced / 100 == 1 && announced != 101;
    }

    @Override
    public boolean content(ByteBuffer content) {
        int wanted = Math.min(content.remaining(), PAGE_BYTES - page.length());
        if (wanted > 0) {
            byte[] start = new byte[wanted];
            content.get(start);
            page.append(new String(start, StandardCharsets.ISO_8859_1));
        }
        return false;
    }

    @Override
    public boolean contentComplete() {
        return false;
    }

    @Override
    public boolean messageComplete() {
        if (isPreliminary()) {
            parser.reset();
        } else {
            complete = true;
        }
        return true;
    }

    @Override
    public void earlyEOF() {
        fail(new EOFException());
    }

    @Override
    public void badMessage(BadMessageException failure) {
        fail(failure);
    }

    private void fail(Exception reason) {
        if (fault == null) {
            fault = reason;
        }
    }

    @Override
    public int getHeaderCacheSize() {
        return 0;
    }
}
