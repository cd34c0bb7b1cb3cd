package org.bellwire.shell.bulk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.bellwire.api.port.PhoneFileEditor;
import org.bellwire.api.port.PhoneFileEditor.NotWritten;

/**
 * The phones' files as a list that {@link PhoneImport} takes: without secrets, and without columns that no phone has.
 *
 * @param left files that cannot be read, and why
 */
public record PhoneExport(String csv, List<String> left) {

    /** A list without them would be hard to read. */
    private static final Set<String> ALWAYS = Set.of("vendor", "name", "mac", "host");

    public PhoneExport {
        left = List.copyOf(left);
    }

    /** Of all files. */
    public static PhoneExport of(PhoneFileEditor editor) throws NotWritten {
        Map<String, Map<String, String>> files = new LinkedHashMap<>();
        List<String> left = new ArrayList<>();
        for (String id : editor.ids()) {
            try {
                editor.read(id).ifPresent(values -> files.put(id, values));
            } catch (NotWritten e) {
                left.add(id + ": " + e.reason());
            }
        }
        List<String> keys = editor.keys().stream()
                .filter(key -> !editor.secretKeys().contains(key))
                .filter(key ->
                        ALWAYS.contains(key) || files.values().stream().anyMatch(values -> values.containsKey(key)))
                .toList();
        return new PhoneExport(write(files, keys), left);
    }

    private static String write(Map<String, Map<String, String>> files, List<String> keys) {
        StringBuilder out = new StringBuilder();
        CSVFormat format = CSVFormat.EXCEL.builder().setRecordSeparator('\n').build();
        try (CSVPrinter printer = new CSVPrinter(out, format)) {
            printer.printRecord(Stream.concat(Stream.of(PhoneImport.ID), keys.stream()));
            for (Map.Entry<String, Map<String, String>> file : files.entrySet()) {
                printer.printRecord(Stream.concat(
                                Stream.of(file.getKey()),
                                keys.stream().map(key -> cell(file.getValue().getOrDefault(key, ""))))
                        .collect(Collectors.toList()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    /** A terminal may be what this is printed on. */
    private static String cell(String value) {
        return value.replaceAll("\\p{Cntrl}", " ");
    }
}
