package org.bellwire.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a run keeps what it unpacks and logs: below {@code target}, a folder for each. */
final class Scratch {

    private Scratch() {}

    static Path folder(String name) {
        try {
            return Files.createTempDirectory(sites(), name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of this name that all tests of a build share. */
    static Path file(String name) {
        try {
            return sites().resolve(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path sites() throws IOException {
        Path all = Path.of(System.getProperty("bellwire.scratch", "target"), "sites");
        return Files.createDirectories(all).toAbsolutePath().normalize();
    }
}
