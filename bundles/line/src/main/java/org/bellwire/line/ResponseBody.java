package org.bellwire.line;

import java.nio.ByteBuffer;

/**
 * The beginning of an answer's body, enough to recognise a login page, and where the body ends if the headers tell.
 */
final class ResponseBody {

    /** How much of it is usually of interest. */
    static final int PAGE_BYTES = 8 * 1024;

    private static final int MAX_DIGITS = 7;

    /** More than any phone sends: each byte that comes is taken off. */
    private static final long UNKNOWN = Long.MAX_VALUE / 2;

    private enum Part {
        /** As it comes, until {@link #left} is used up. */
        PLAIN,
        SIZE,
        EXTENSION,
        CHUNK,
        CHUNK_END,
        DONE
    }

    private final StringBuilder page = new StringBuilder(0);
    private final StringBuilder size = new StringBuilder(0);
    private Part part;
    private long left;

    private final int most;

    /**
     * A body that begins.
     *
     * @param length as the phone tells it; anything but a number means that it is not known
     * @param most how much of it is of interest
     */
    ResponseBody(String length, boolean chunked, int most) {
        this.most = most;
        boolean told = !length.isEmpty()
                && length.length() <= MAX_DIGITS
                && length.chars().allMatch(c -> c >= '0' && c <= '9');
        left = told ? Long.parseLong(length) : UNKNOWN;
        part = chunked ? Part.SIZE : left == 0 ? Part.DONE : Part.PLAIN;
    }

    /** Takes what it needs of these; true when it needs no more. */
    boolean read(ByteBuffer more) {
        while (more.hasRemaining() && !isOver()) {
            take((char) (more.get() & 0xFF));
        }
        return isOver();
    }

    private void take(char c) {
        switch (part) {
            case PLAIN, CHUNK -> content(c);
            case SIZE -> size(c);
            case EXTENSION, CHUNK_END -> {
                if (c == '\n') {
                    part = part == Part.CHUNK_END ? Part.SIZE : chunk();
                }
            }
            case DONE -> {
                // It does not matter.
            }
        }
    }

    private void content(char c) {
        page.append(c);
        left--;
        if (left == 0) {
            part = part == Part.PLAIN ? Part.DONE : Part.CHUNK_END;
        }
    }

    private void size(char c) {
        if (Character.digit(c, 16) >= 0 && c < 0x80 && size.length() < MAX_DIGITS) {
            size.append(c);
        } else if (c == '\n') {
            part = chunk();
        } else if (c == '\r' || c == ';' || c == ' ' || c == '\t') {
            part = Part.EXTENSION;
        } else {
            // Not in chunks, whatever the header says.
            page.append(size).append(c);
            left = UNKNOWN;
            part = Part.PLAIN;
        }
    }

    /** What follows the line that tells the size. The empty line and the trailers after the last chunk are of no interest. */
    private Part chunk() {
        if (size.isEmpty()) {
            left = UNKNOWN;
            return Part.PLAIN;
        }
        left = Long.parseLong(size.toString(), 16);
        size.setLength(0);
        return left == 0 ? Part.DONE : Part.CHUNK;
    }

    /** All of it has come, or as much as is of interest. */
    boolean isOver() {
        return part == Part.DONE || page.length() >= most;
    }

    /** The phone has said that more comes. */
    boolean isOwed() {
        return !isOver() && (part != Part.PLAIN || left < UNKNOWN / 2);
    }

    String page() {
        return page.toString();
    }
}
