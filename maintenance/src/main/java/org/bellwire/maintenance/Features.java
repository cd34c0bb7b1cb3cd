package org.bellwire.maintenance;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which of Bellwire's features are installed. Karaf notes it in its cache, which another version cannot use; so what differs from
 * the features that the old version starts with is carried into those that the new one starts with.
 *
 * @param added installed there by somebody
 * @param removed uninstalled there by somebody
 * @param file names what the new version starts with
 */
record Features(Set<String> added, Set<String> removed, Path file) {

    private static final String NAME = "org.apache.karaf.features.cfg";
    private static final String KEY = "featuresBoot";

    /** The value of the key, with its lines that go on. */
    private static final Pattern BOOT = Pattern.compile("(?m)^\\s*" + KEY + "\\s*=((?:[^\\n]*\\\\\\r?\\n)*[^\\n]*)$");

    /** What Karaf notes of the user's wishes, such as {@code "feature:bellwire-htek/0.1.0"}. */
    private static final Pattern WISH = Pattern.compile("\"feature:(bellwire[a-z0-9-]*)(?:/[^\"]*)?\"");

    private static final int MAX_STATE = 8 << 20;

    Features {
        added = new TreeSet<>(added);
        removed = new TreeSet<>(removed);
    }

    /** What was changed there and is not so here. */
    static Features of(Installation there, Installation here) throws IOException {
        Path shipped = there.shippedEtc().resolve(NAME);
        Set<String> before =
                boot(Files.isRegularFile(shipped) ? shipped : there.etc().resolve(NAME));
        Path file = here.etc().resolve(NAME);
        return chosen(there)
                .map(chosen -> between(before, chosen, file))
                .orElse(new Features(Set.of(), Set.of(), file));
    }

    private static Features between(Set<String> before, Set<String> chosen, Path file) {
        Set<String> added = new TreeSet<>(chosen);
        added.removeAll(before);
        Set<String> removed = new TreeSet<>(before);
        removed.removeAll(chosen);
        return new Features(added, removed, file);
    }

    /** What is installed there; empty if it never ran. */
    private static Optional<Set<String>> chosen(Installation there) throws IOException {
        Path cache = there.data().resolve("cache");
        if (!Files.isDirectory(cache)) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> bundles = Files.newDirectoryStream(cache, "bundle*")) {
            for (Path bundle : bundles) {
                Path state = bundle.resolve("data/state.json");
                if (Files.isRegularFile(state) && Files.size(state) <= MAX_STATE) {
                    Set<String> names = new TreeSet<>();
                    Matcher wish = WISH.matcher(Files.readString(state));
                    while (wish.find()) {
                        names.add(wish.group(1));
                    }
                    return names.isEmpty() ? Optional.empty() : Optional.of(names);
                }
            }
        }
        return Optional.empty();
    }

    /** Bellwire's own features that a version starts with. */
    private static Set<String> boot(Path file) throws IOException {
        Properties properties = Installation.properties(file);
        Set<String> names = new TreeSet<>();
        Stream.of(properties.getProperty(KEY, "").split(","))
                .map(item -> item.strip().replaceFirst("/.*", ""))
                .filter(name -> name.startsWith("bellwire"))
                .forEach(names::add);
        return names;
    }

    /** What is done, a line each. */
    List<String> changes() throws IOException {
        Set<String> now = boot(file);
        List<String> changes = new ArrayList<>();
        added.stream()
                .filter(name -> !now.contains(name))
                .forEach(name -> changes.add("feature   " + name + " is installed, as it was there"));
        removed.stream()
                .filter(now::contains)
                .forEach(name -> changes.add("feature   " + name + " is left out, as it was uninstalled there"));
        return changes;
    }

    /** Does it. */
    void write(Replacement replacement) throws IOException {
        if (changes().isEmpty()) {
            return;
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        Matcher boot = BOOT.matcher(text);
        if (!boot.find()) {
            throw new IOException(file + " has no " + KEY);
        }
        List<String> items = new ArrayList<>();
        for (String item : boot.group(1).replaceAll("\\\\\\r?\\n", "").split(",")) {
            if (!item.isBlank() && !removed.contains(item.strip().replaceFirst("/.*", ""))) {
                items.add(item.strip());
            }
        }
        Set<String> now = boot(file);
        added.stream().filter(name -> !now.contains(name)).forEach(items::add);
        String changed = text.substring(0, boot.start()) + KEY + " = " + String.join(", \\\n    ", items)
                + text.substring(boot.end());
        replacement.write("etc/" + NAME, file, new ByteArrayInputStream(changed.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
