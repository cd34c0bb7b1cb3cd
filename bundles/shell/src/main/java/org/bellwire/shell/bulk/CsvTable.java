package org.bellwire.shell.bulk;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A list with a line of names at its top, separated by semicolons, commas or tabs.
 *
 * @param columns their names in lower case
 * @param rows those that are not empty
 * @param faults what cannot be read
 */
record CsvTable(List<String> columns, List<Row> rows, List<CsvFault> faults) {

    /** As many as there may be phones. */
    static final int MAX_ROWS = 20_000;

    private static final String SEPARATOR_LINE = "(?is)sep=(.)\\s*?(?:\r\n|\r|\n|$).*";

    /**
     * One line.
     *
     * @param line where it begins, from 1
     */
    record Row(long line, List<String> cells) {

        Row {
            cells = List.copyOf(cells);
        }

        /** Empty where the line is shorter than the first. */
        String cell(int column) {
            return column < cells.size() ? cells.get(column) : "";
        }
    }

    CsvTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        faults = List.copyOf(faults);
    }

    /** Reads on after a fault as far as that makes sense. */
    static CsvTable parse(String text) {
        boolean told = text.matches(SEPARATOR_LINE); // Excel's own way to say what separates
        char separator = told ? text.charAt(4) : separatorOf(text);
        List<Row> rows = new ArrayList<>();
        List<CsvFault> faults = new ArrayList<>();
        read(text, separator, rows, faults);
        if (told && !rows.isEmpty()) {
            rows.remove(0);
        }
        if (rows.isEmpty()) {
            faults.add(
                    CsvFault.ofFile("the list is empty: its first line names the columns, such as id,vendor,mac,host"));
            return new CsvTable(List.of(), List.of(), faults);
        }
        List<String> columns = rows.get(0).cells().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
        return new CsvTable(columns, rows.subList(1, rows.size()), faults);
    }

    /** The one that stands most often in the first line, which has names only. */
    private static char separatorOf(String text) {
        String first = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        char best = ',';
        for (char candidate : new char[] {';', '\t'}) {
            if (count(first, candidate) > count(first, best)) {
                best = candidate;
            }
        }
        return best;
    }

    private static long count(String text, char c) {
        return text.chars().filter(each -> each == c).count();
    }

    private static void read(String text, char separator, List<Row> rows, List<CsvFault> faults) {
        CSVFormat format = CSVFormat.EXCEL
                .builder()
                .setDelimiter(separator)
                .setIgnoreEmptyLines(false)
                .build();
        long line = 1;
        try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
            Iterator<CSVRecord> records = parser.iterator();
            while (records.hasNext()) { // reads the next one, up to its end
                List<String> cells =
                        records.next().toList().stream().map(String::strip).toList();
                if (cells.stream().anyMatch(cell -> !cell.isEmpty())) {
                    rows.add(new Row(line, cells));
                }
                line = parser.getCurrentLineNumber() + 1;
                if (rows.size() > MAX_ROWS + 1) {
                    faults.add(CsvFault.ofLine(line, "there are more than " + MAX_ROWS + " phones"));
                    return;
                }
            }
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            faults.add(CsvFault.ofLine(
                    line,
                    "cannot be read on from here: a quotation mark is not closed, or something stands behind a closing one;"
                            + " a quotation mark within a quoted cell is written twice"));
        }
    }
}
