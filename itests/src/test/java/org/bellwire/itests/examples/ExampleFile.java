package org.bellwire.itests.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A file of {@code docs/examples}. */
record ExampleFile(Path path, String text) {

    static final Path FOLDER = Path.of("../docs/examples");

    static List<ExampleFile> all() {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(Files::isRegularFile)
                    .sorted()
                    .map(ExampleFile::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<ExampleFile> ending(String end) {
        return all().stream().filter(file -> file.name().endsWith(end)).toList();
    }

    static ExampleFile named(String name) {
        return read(FOLDER.resolve(name));
    }

    private static ExampleFile read(Path path) {
        try {
            return new ExampleFile(path, Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The name below {@code docs/examples}. */
    String name() {
        return FOLDER.relativize(path).toString();
    }

    @Override
    public String toString() {
        return name();
    }
}
