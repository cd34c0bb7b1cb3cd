package org.bellwire.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The commands that the documents tell people to type, and the table of what is tried by which test. */
final class DocumentedCommands {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path TABLE = ROOT.resolve("docs/tested-commands.md");
    /** Programs of others; each line of a block marked {@code sh} is a command, whatever it begins with. */
    private static final Set<String> PROGRAMS = Set.of(
            "apt",
            "bellwire",
            "chmod",
            "cp",
            "curl",
            "git",
            "grep",
            "journalctl",
            "mkdir",
            "mosquitto_pub",
            "mosquitto_sub",
            "mvn",
            "nc",
            "openssl",
            "pcs",
            "podman",
            "sed",
            "sha256sum",
            "ss",
            "systemctl",
            "tail",
            "tar");

    private static final Pattern OURS = Pattern.compile("(\\./(run|verify)|(bin|bench)/[a-z]+)");
    private static final Pattern SPAN = Pattern.compile("`([^`]+)`");
    private static final Pattern BEFORE = Pattern.compile("^(sudo|\\$|[A-Z_]+=\\S*) +");
    private static final Pattern BELLWIRE =
            Pattern.compile("^(bellwire-<\\w+>/bin/|/usr/share/bellwire/bin/)?bellwire(?= |$)");

    /** What begins so is tried by these tests, or by none for a reason. */
    record Row(String beginning, String by) {
        boolean covers(String command) {
            return command.equals(beginning) || command.startsWith(beginning + " ");
        }

        Set<String> tests() {
            return SPAN.matcher(by).results().map(found -> found.group(1)).collect(Collectors.toSet());
        }
    }

    private DocumentedCommands() {}

    static List<Row> rows() {
        return lines(TABLE).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.replace("\\|", "\u0000").split("\\|", -1))
                .map(cells -> new Row(cells[1].strip().replace("`", "").replace('\u0000', '|'), cells[2].strip()))
                .toList();
    }

    /** The row with the longest beginning. */
    static Optional<Row> rowOf(String command) {
        return rows().stream()
                .filter(row -> row.covers(command))
                .max(Comparator.comparingInt(row -> row.beginning().length()));
    }

    /** In all documents for users and contributors. */
    static SortedSet<String> all() throws IOException {
        SortedSet<String> commands = new TreeSet<>();
        for (Path document : documents()) {
            commands.addAll(of(document));
        }
        return commands;
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of("README.md", "CONTRIBUTING.md").map(ROOT::resolve),
                            files.filter(file -> file.toString().endsWith(".md")))
                    .filter(file -> !file.equals(TABLE))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> of(Path document) {
        List<String> commands = new ArrayList<>();
        Optional<String> block = Optional.empty();
        for (String line : joined(lines(document))) {
            if (line.strip().startsWith("```")) {
                block = block.isPresent()
                        ? Optional.empty()
                        : Optional.of(line.strip().substring(3));
            } else if (block.isPresent()) {
                add(line, block.get().equals("sh"), commands);
            } else {
                if (line.matches("    +[^ *|-].*")) {
                    add(line, false, commands);
                }
                Matcher spans = SPAN.matcher(line);
                while (spans.find()) {
                    if (spans.group(1).contains(" ")
                            || OURS.matcher(spans.group(1)).matches()) {
                        add(spans.group(1), false, commands);
                    }
                }
            }
        }
        return commands;
    }

    /** Lines that end with a backslash, with what they go on with. */
    private static List<String> joined(List<String> lines) {
        return List.of(String.join("\n", lines).replaceAll("\\\\\n\\s*", "").split("\n", -1));
    }

    private static void add(String text, boolean surely, List<String> commands) {
        String command = text.strip().replaceFirst("\\s+# .*", "");
        while (BEFORE.matcher(command).find()) {
            command = BEFORE.matcher(command).replaceFirst("");
        }
        command = BELLWIRE.matcher(command).replaceFirst("bin/bellwire").replaceFirst("^bellwire-<\\w+>/(?=bin/)", "");
        String program = command.split(" ", 2)[0];
        if (!command.isEmpty()
                && (surely || OURS.matcher(program).matches() || PROGRAMS.contains(program))
                && !command.contains("…")) {
            commands.add(command);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
