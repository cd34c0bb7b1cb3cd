package org.bellwire.itests.random;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What is logged, kept off the console. */
final class FuzzLog implements AutoCloseable {

    private final PrintStream console = System.err;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    FuzzLog() {
        System.setErr(new PrintStream(out, true, StandardCharsets.UTF_8));
    }

    /** What was logged since the last call. */
    String take() {
        if (out.size() == 0) {
            return "";
        }
        String text = out.toString(StandardCharsets.UTF_8);
        out.reset();
        return text;
    }

    @Override
    public void close() {
        System.setErr(console);
    }
}
