package org.bellwire.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A vendor's README: its sections and their tables. */
record Readme(List<String> lines) {

    /** The sections that every vendor's README has, in this order. */
    static final List<String> SECTIONS = List.of(
            "Supported phones and firmware",
            "Set-up on the phone",
            "Configuration",
            "Events",
            "Commands",
            "Full example",
            "Known issues");

    static Readme read(Path file) {
        try {
            return new Readme(Files.readAllLines(file));
        } catch (IOException e) {
            throw new AssertionError("every vendor has a README: add " + file.toAbsolutePath(), e);
        }
    }

    String title() {
        return lines.isEmpty() ? "" : lines.get(0).replaceFirst("^# ", "");
    }

    String text() {
        return String.join("\n", lines);
    }

    List<String> headings() {
        return lines.stream()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .toList();
    }

    /** The lines of a section. */
    List<String> section(String heading) {
        List<String> out = new ArrayList<>();
        boolean inside = false;
        for (String line : lines) {
            if (line.startsWith("## ")) {
                inside = line.substring(3).equals(heading);
            } else if (inside) {
                out.add(line);
            }
        }
        return out;
    }

    /** The rows of the section's first table, without its head. */
    List<List<String>> table(String heading) {
        return section(heading).stream()
                .dropWhile(line -> !line.startsWith("|"))
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> Stream.of(line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
                        .map(String::strip)
                        .toList())
                .toList();
    }

    /** The words in backticks of the section's line that begins so; empty if there is no such line. */
    List<String> words(String heading, String begin) {
        return section(heading).stream()
                .filter(line -> line.startsWith(begin))
                .findFirst()
                .map(line -> Stream.of(line.split("`", -1)).toList())
                .map(parts -> {
                    List<String> words = new ArrayList<>();
                    for (int i = 1; i < parts.size(); i += 2) {
                        words.addAll(List.of(parts.get(i).split("\\s+")));
                    }
                    return words;
                })
                .orElse(new ArrayList<>());
    }

    static String draw(List<List<String>> rows) {
        return rows.stream()
                .map(row -> "| " + String.join(" | ", row) + " |")
                .collect(Collectors.joining("\n", "\n", "\n"));
    }
}
