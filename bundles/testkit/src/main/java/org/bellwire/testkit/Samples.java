package org.bellwire.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the samples beside a vendor's test. Blank lines and lines that begin with {@code ;} are comments. */
final class Samples {

    private Samples() {}

    /** Blocks of two lines: the request target as sent, then, indented, what it means. */
    static List<EventSample> events(Class<?> beside) {
        List<String> lines = lines(beside, "events.txt");
        if (lines.size() % 2 != 0) {
            throw new AssertionError("events.txt: a target and its meaning are two lines; one is missing");
        }
        List<EventSample> all = new ArrayList<>();
        for (int i = 0; i < lines.size(); i += 2) {
            all.add(EventSample.parse(lines.get(i), lines.get(i + 1)));
        }
        return List.copyOf(all);
    }

    /** One line for each command: {@code command | payload | given | requests}. */
    static List<CommandSample> commands(Class<?> beside) {
        return lines(beside, "commands.txt").stream().map(CommandSample::parse).toList();
    }

    private static List<String> lines(Class<?> beside, String file) {
        String resource = "/samples/" + file;
        try (InputStream in = beside.getResourceAsStream(resource)) {
            if (in == null) {
                throw new AssertionError("no samples: add src/test/resources" + resource);
            }
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith(";"))
                    .toList();
            if (lines.isEmpty()) {
                throw new AssertionError("no samples in src/test/resources" + resource);
            }
            return lines;
        } catch (IOException e) {
            throw new AssertionError("cannot read " + resource, e);
        }
    }
}
