package org.bellwire.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Gives a file that cannot be used another name beside its own. */
public final class SetAsideFile {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

    private SetAsideFile() {}

    /** Such as {@code events-20261121-081530-123.corrupt}; another number where there is such a file already. */
    public static Path move(Path file, String why, Instant now) throws IOException {
        String name = file.getFileName().toString();
        String stem = name.substring(0, name.lastIndexOf('.')) + "-" + STAMP.format(now);
        Path aside = file.resolveSibling(stem + "." + why);
        for (int i = 2; Files.exists(aside); i++) {
            aside = file.resolveSibling(stem + "-" + i + "." + why);
        }
        return Files.move(file, aside);
    }
}
