package org.bellwire.itests.examples;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Files of {@code etc/} in the examples, of their own or inside a page, held against what {@code config:meta} knows. */
final class SettingsCheck {

    /** A block whose first line is the file's name. */
    private static final Pattern BLOCK =
            Pattern.compile("(?s)```[a-z]*\\n# (org\\.bellwire\\.[a-z0-9._-]+\\.cfg)\\n(.*?)```");

    private static final Pattern KEY = Pattern.compile("<AD id=\"([a-z.]+)\"");

    /** One file of {@code etc/} in an example. */
    record Settings(String name, Properties keys) {

        static Settings read(String name, String text) {
            Properties keys = new Properties();
            try {
                keys.load(new StringReader(text));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new Settings(name, keys);
        }

        /** The name of the configuration, without the part that tells one file of a kind from another. */
        String pid() {
            return name.replaceFirst("\\.cfg$", "").replaceFirst("-.*$", "");
        }
    }

    private SettingsCheck() {}

    static List<Settings> in(ExampleFile file) {
        List<Settings> all = new ArrayList<>();
        if (file.name().endsWith(".cfg")) {
            all.add(Settings.read(file.path().getFileName().toString(), file.text()));
        }
        Matcher block = BLOCK.matcher(file.text());
        while (block.find()) {
            all.add(Settings.read(block.group(1), block.group(2)));
        }
        return all;
    }

    static List<String> faults(ExampleFile file) {
        return in(file).stream().flatMap(settings -> faults(settings).stream()).toList();
    }

    private static List<String> faults(Settings settings) {
        Set<String> known = described(settings.pid()).orElse(Set.of());
        return new TreeSet<>(settings.keys().stringPropertyNames())
                .stream()
                        .filter(key -> !known.contains(key))
                        .map(key -> settings.name() + " has no key " + key)
                        .toList();
    }

    /** The keys that the bundle of this configuration describes; empty: there is no such bundle. */
    static Optional<Set<String>> described(String pid) {
        try (Stream<Path> files = Files.walk(Path.of("../bundles"))) {
            return files.filter(file -> file.endsWith("src/main/resources/OSGI-INF/metatype/" + pid + ".xml"))
                    .findFirst()
                    .map(SettingsCheck::keys);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> keys(Path metatype) {
        try {
            return KEY.matcher(Files.readString(metatype))
                    .results()
                    .map(found -> found.group(1))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
