package org.bellwire.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The vendors' documents, row by row, as each vendor's folder keeps them. */
final class Rows {

    private Rows() {}

    /** One event of a vendor's document. {@code phone}: a phone that reports nothing else. */
    record EventRow(String phone, String vendor, String name, String report, String event, Map<String, String> states) {
        @Override
        public String toString() {
            return vendor + " " + name + " → " + event;
        }
    }

    /** One command. {@code before}: what the phone reports so that it may be sent. */
    record CommandRow(
            String phone, String vendor, String command, String payload, List<String> before, List<String> requests) {
        @Override
        public String toString() {
            return vendor + " " + command + " " + payload;
        }
    }

    static List<EventRow> events() {
        List<List<String>> lines = all("events");
        return IntStream.range(0, lines.size())
                .mapToObj(i -> event("event-row-" + (i + 1), lines.get(i)))
                .toList();
    }

    static List<CommandRow> commands() {
        Map<String, String> situations = all("situations").stream()
                .collect(Collectors.toMap(fields -> fields.get(0) + " " + fields.get(1), fields -> fields.get(2)));
        List<List<String>> lines = all("commands");
        return IntStream.range(0, lines.size())
                .mapToObj(i -> command("command-row-" + (i + 1), lines.get(i), situations))
                .toList();
    }

    /** What a phone's file says beside so that the vendor's rows hold. */
    static Map<String, String> keys(String vendor) {
        return lines(vendor, "phone").stream()
                .map(fields -> fields.get(0).split(" = ", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    /** The MAC of a row's phone. */
    static String mac(String phone) {
        return String.format("02be11%06x", phone.hashCode() & 0xFFFFFF);
    }

    /** A report as this phone fills it in. */
    static String filled(String report, String phone) {
        return report.replace("{mac}", mac(phone)).replace("{phone}", phone);
    }

    private static EventRow event(String phone, List<String> fields) {
        Map<String, String> states = words(fields.get(4)).stream()
                .map(word -> word.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        return new EventRow(phone, fields.get(0), fields.get(1), filled(fields.get(2), phone), fields.get(3), states);
    }

    private static CommandRow command(String phone, List<String> fields, Map<String, String> situations) {
        List<String> before = words(fields.get(3)).stream()
                .map(word -> Objects.requireNonNull(situations.get(fields.get(0) + " " + word), word))
                .map(report -> filled(report, phone))
                .toList();
        return new CommandRow(phone, fields.get(0), fields.get(1), fields.get(2), before, words(fields.get(4)));
    }

    private static List<String> words(String field) {
        return Stream.of(field.split(" ")).filter(word -> !word.isEmpty()).toList();
    }

    /** The lines of every vendor, with the vendor in front. */
    private static List<List<String>> all(String file) {
        return Vendors.ids().stream()
                .flatMap(vendor -> lines(vendor, file).stream()
                        .map(fields -> Stream.concat(Stream.of(vendor), fields.stream())
                                .toList()))
                .toList();
    }

    private static List<List<String>> lines(String vendor, String file) {
        Path path = Vendors.folder(vendor).resolve("src/test/resources/rows/" + file + ".txt");
        if (!Files.exists(path)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(path)) {
            return lines.filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line ->
                            Stream.of(line.split("\\|", -1)).map(String::strip).toList())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
