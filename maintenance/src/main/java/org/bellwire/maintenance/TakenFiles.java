package org.bellwire.maintenance;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What earlier upgrades wrote, by digests: a file that is still so was not changed since, and may be replaced. */
final class TakenFiles {

    static final String NAME = "upgrade.txt";

    private final Path file;
    private final Map<String, String> digests = new TreeMap<>();

    private TakenFiles(Path file) {
        this.file = file;
    }

    static TakenFiles read(Path data) throws IOException {
        TakenFiles taken = new TakenFiles(data.resolve(NAME));
        if (Files.isRegularFile(taken.file)) {
            for (String line : Files.readAllLines(taken.file)) {
                int blank = line.indexOf(' ');
                if (blank > 0) {
                    taken.digests.put(line.substring(blank + 1), line.substring(0, blank));
                }
            }
        }
        return taken;
    }

    boolean has(String name, String sha256) {
        return sha256.equals(digests.get(name));
    }

    void note(String name, String sha256) {
        digests.put(name, sha256);
    }

    void write(Replacement replacement) throws IOException {
        StringBuilder text = new StringBuilder();
        digests.forEach(
                (name, sha256) -> text.append(sha256).append(' ').append(name).append('\n'));
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        Files.deleteIfExists(file); // not worth keeping aside
        replacement.write("data/" + NAME, file, new ByteArrayInputStream(bytes));
    }
}
