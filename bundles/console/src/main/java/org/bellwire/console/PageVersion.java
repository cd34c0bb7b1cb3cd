package org.bellwire.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Bellwire's version, as the build wrote it. */
final class PageVersion {

    static final String TEXT = read();

    private PageVersion() {}

    private static String read() {
        try (InputStream in = PageVersion.class.getResourceAsStream("version.txt")) {
            return in == null ? "unknown" : new String(in.readNBytes(100), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
