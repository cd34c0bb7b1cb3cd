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
            Path all = Path.of(System.getProperty("bellwire.scratch", "target"), "sites");
            return Files.createTempDirectory(
                    Files.createDirectories(all).toAbsolutePath().normalize(), name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
