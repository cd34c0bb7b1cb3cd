package org.bellwire.api.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Bellwire's version, as the build wrote it. */
public final class BellwireVersion {

    /** As Maven writes it: {@code 1.2.3} or {@code 1.2.3-SNAPSHOT}. */
    public static final String TEXT = read();

    private static final int MAX = 100;

    private BellwireVersion() {}

    private static String read() {
        try (InputStream in = BellwireVersion.class.getResourceAsStream("version.txt")) {
            return in == null ? "unknown" : new String(in.readNBytes(MAX), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
