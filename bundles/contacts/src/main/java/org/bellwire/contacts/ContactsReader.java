package org.bellwire.contacts;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.bellwire.api.port.Contacts.Contact;

/** Reads a file of contacts as spreadsheets write it. A wrong line is told and harms no other. */
final class ContactsReader {

    static final int MAX_BYTES = 16 << 20;
    static final int MAX_LINES = 100_000;
    static final int MAX_TEXT = 255;
    /** After so many lines with broken quotes, the rest is not read. */
    private static final int MAX_BREAKS = 100;

    private static final Charset EXCEL = Charset.forName("windows-1252");
    private static final List<String> COLUMNS = List.of("number", "name", "tags");

    private final ContactsIndex.Builder contacts;
    private final BiConsumer<Integer, String> faults;
    private final Consumer<String> limits;
    private final Map<String, List<String>> tagLists = new HashMap<>();
    private List<String> columns = COLUMNS;

    private ContactsReader(NumberForm form, BiConsumer<Integer, String> faults, Consumer<String> limits) {
        contacts = new ContactsIndex.Builder(form);
        this.faults = faults;
        this.limits = limits;
    }

    /**
     * Reads a file.
     *
     * @param faults is told the number of a wrong line, and what is wrong with it
     * @param limits is told which limit the file is beyond, and what comes of it
     * @return empty: it is too large, and nothing of it was read
     * @throws IOException if it cannot be read at all
     */
    static Optional<ContactsIndex> read(
            Path file, NumberForm form, BiConsumer<Integer, String> faults, Consumer<String> limits)
            throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("is not a file");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        }
        if (bytes.length > MAX_BYTES) {
            limits.accept("is larger than " + (MAX_BYTES >> 20) + " MB: contacts stay as they were");
            return Optional.empty();
        }
        ContactsReader reader = new ContactsReader(form, faults, limits);
        reader.readAll(text(bytes));
        return Optional.of(reader.contacts.build());
    }

    /** UTF-8 with or without its mark; else what Excel writes in Western Europe. */
    private static String text(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            text = new String(bytes, EXCEL);
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private void readAll(String text) {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(separator(text))
                .setIgnoreEmptyLines(false)
                .build();
        int offset = 0;
        int line = 1;
        for (int breaks = 0; offset < text.length(); breaks++) {
            if (breaks > MAX_BREAKS) {
                limits.accept("the lines from " + line + " on are not read: " + MAX_BREAKS + " have a broken quote");
                return;
            }
            int broken = readFrom(text.substring(offset), line, format);
            if (broken < 0) {
                return;
            }
            while (line <= broken && offset < text.length()) {
                int end = text.indexOf('\n', offset);
                offset = end < 0 ? text.length() : end + 1;
                line++;
            }
        }
    }

    /** Reads up to a line with a broken quote, and yields that; negative: all was read. */
    private int readFrom(String text, int firstLine, CSVFormat format) {
        int line = firstLine;
        try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
            for (CSVRecord row : parser) {
                if (line > MAX_LINES) {
                    limits.accept("the lines from " + line + " on are not read: at most " + MAX_LINES + " are");
                    return -1;
                }
                take(row, line);
                line = firstLine + (int) parser.getCurrentLineNumber();
            }
            return -1;
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            faults.accept(line, "a quote is not closed, or something stands behind it");
            return line;
        }
    }

    private static char separator(String text) {
        int end = text.indexOf('\n');
        String first = end < 0 ? text : text.substring(0, end);
        return Stream.of(';', '\t', ',')
                .max((one, other) -> Long.compare(count(first, one), count(first, other)))
                .filter(any -> count(first, any) > 0)
                .orElse(',');
    }

    private static long count(String text, char what) {
        return text.chars().filter(c -> c == what).count();
    }

    private void take(CSVRecord row, int line) {
        if (row.stream().allMatch(String::isBlank)) {
            return;
        }
        if (line == 1 && isHeader(row)) {
            return;
        }
        String number = cell(row, "number");
        String name = cell(row, "name");
        List<String> tags = tags(cell(row, "tags"));
        fault(number, name, tags)
                .or(() -> contacts.add(number, new Contact(name, tags)))
                .ifPresent(why -> faults.accept(line, why));
    }

    private boolean isHeader(CSVRecord row) {
        List<String> words =
                row.stream().map(word -> word.strip().toLowerCase(Locale.ROOT)).toList();
        if (!words.contains("number")) {
            return false;
        }
        columns = new ArrayList<>(words);
        return true;
    }

    private String cell(CSVRecord row, String column) {
        int at = columns.indexOf(column);
        return at >= 0 && at < row.size() ? clean(row.get(at)) : "";
    }

    private static String clean(String text) {
        if (text.chars().noneMatch(Character::isISOControl)) {
            return text.strip();
        }
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> out.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        return out.toString().strip();
    }

    private static Optional<String> fault(String number, String name, List<String> tags) {
        if (number.isEmpty()) {
            return Optional.of("has no number");
        }
        if (name.isEmpty()) {
            return Optional.of("has no name");
        }
        return name.length() > MAX_TEXT || String.join(" ", tags).length() > MAX_TEXT
                ? Optional.of("name and tags have at most " + MAX_TEXT + " characters each")
                : Optional.empty();
    }

    /** Many contacts have the same tags: one list serves them all. */
    private List<String> tags(String text) {
        return tagLists.computeIfAbsent(
                text,
                words -> Stream.of(words.split("[\\s,;|]+"))
                        .filter(word -> !word.isEmpty())
                        .distinct()
                        .toList());
    }
}
