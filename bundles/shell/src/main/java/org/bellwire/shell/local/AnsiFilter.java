package org.bellwire.shell.local;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.BooleanSupplier;

/** Leaves out the colours and other escape sequences that Karaf's own commands print even where no terminal shows them. */
final class AnsiFilter extends FilterOutputStream {

    private static final int ESCAPE = 0x1B;

    private enum Inside {
        TEXT,
        ESCAPE,
        SEQUENCE
    }

    private Inside inside = Inside.TEXT;

    private final BooleanSupplier passes;

    /** @param passes escape sequences are wanted now */
    AnsiFilter(OutputStream out, BooleanSupplier passes) {
        super(out);
        this.passes = passes;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (passes.getAsBoolean()) {
            out.write(bytes, offset, length);
            return;
        }
        int start = offset;
        for (int i = offset; i < offset + length; i++) {
            if (isText(bytes[i])) {
                continue;
            }
            out.write(bytes, start, i - start);
            start = i + 1;
        }
        out.write(bytes, start, offset + length - start);
    }

    private boolean isText(byte b) {
        Inside before = inside;
        inside = switch (before) {
            case TEXT -> b == ESCAPE ? Inside.ESCAPE : Inside.TEXT;
            case ESCAPE -> b == '[' ? Inside.SEQUENCE : Inside.TEXT;
            case SEQUENCE -> b >= 0x40 && b < 0x7F ? Inside.TEXT : Inside.SEQUENCE;
        };
        return before == Inside.TEXT && inside == Inside.TEXT;
    }
}
