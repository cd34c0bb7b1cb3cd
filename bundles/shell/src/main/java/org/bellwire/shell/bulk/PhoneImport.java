package org.bellwire.shell.bulk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bellwire.api.Mac;
import org.bellwire.api.PhoneId;
import org.bellwire.api.port.PhoneFileEditor;
import org.bellwire.api.port.PhoneFileEditor.NotWritten;
import org.bellwire.api.port.Phones;
import org.bellwire.api.runtime.LogText;

/**
 * What a list of phones would change. Every line is looked at before anything is written, by the checks of the files themselves.
 *
 * <p>A column that the list does not have stays as it is in the files. An empty cell takes its key away; but where it is a secret, which
 * an exported list does not have, it stays as well.
 */
public final class PhoneImport {

    static final String ID = "id";

    private final PhoneFileEditor editor;
    private final CsvTable table;
    private final Duplicates duplicates;
    private final Set<String> vendors;
    private final List<CsvFault> faults;
    private final List<Step> steps = new ArrayList<>();

    /** What becomes of a phone. */
    public enum Kind {
        ADDED,
        CHANGED,
        UNCHANGED
    }

    /**
     * One line's phone.
     *
     * @param values the keys to write; empty ones take their key away
     */
    public record Step(Kind kind, String id, Map<String, String> values) {

        /** Writes it, if there is something to write. */
        public void carryOut(PhoneFileEditor editor) throws NotWritten {
            switch (kind) {
                case ADDED -> editor.create(id, values);
                case CHANGED -> editor.change(id, values);
                case UNCHANGED -> {}
            }
        }
    }

    private PhoneImport(CsvTable table, PhoneFileEditor editor, Phones phones) throws NotWritten {
        this.editor = editor;
        this.table = table;
        faults = new ArrayList<>(table.faults());
        vendors = new HashSet<>();
        phones.bindings().forEach(binding -> vendors.add(binding.info().id()));
        Set<String> listed = new HashSet<>();
        int id = table.columns().indexOf(ID);
        table.rows().forEach(row -> listed.add(id < 0 ? "" : row.cell(id)));
        duplicates = new Duplicates(editor, phones, listed);
    }

    /** Looks at a list. */
    public static PhoneImport of(String text, PhoneFileEditor editor, Phones phones) throws NotWritten {
        PhoneImport all = new PhoneImport(CsvTable.parse(text), editor, phones);
        all.checkColumns();
        if (all.table.columns().contains(ID)) {
            for (CsvTable.Row row : all.table.rows()) {
                all.check(row);
            }
        }
        return all;
    }

    /** What is wrong, all of it; empty: the steps can be carried out. */
    public List<CsvFault> faults() {
        return List.copyOf(faults);
    }

    /** In the order of the list. */
    public List<Step> steps() {
        return List.copyOf(steps);
    }

    private void checkColumns() {
        if (table.columns().isEmpty()) {
            return;
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < table.columns().size(); i++) {
            String name = table.columns().get(i);
            String shown = LogText.clean(name, 40);
            if (!seen.add(name)) {
                faults.add(new CsvFault(1, i + 1, shown, "there are two columns of this name"));
            } else if (!name.equals(ID) && !editor.keys().contains(name)) {
                faults.add(new CsvFault(
                        1, i + 1, shown, "no such column; there are: id, " + String.join(", ", editor.keys())));
            }
        }
        if (!seen.contains(ID)) {
            faults.add(CsvFault.ofLine(1, "there is no column 'id'"));
        }
    }

    private void check(CsvTable.Row row) {
        String id = row.cell(table.columns().indexOf(ID));
        for (int i = table.columns().size(); i < row.cells().size(); i++) {
            if (!row.cell(i).isEmpty()) {
                faults.add(CsvFault.ofLine(
                        row.line(),
                        "has more cells than the first line has names: quote cells that hold the separator"));
                return;
            }
        }
        try {
            check(row, id, PhoneId.parse(id).isEmpty() ? Optional.empty() : editor.read(id));
        } catch (NotWritten e) {
            faults.add(at(row, ID, e.reason()));
        }
    }

    private void check(CsvTable.Row row, String id, Optional<Map<String, String>> before) {
        Map<String, String> changes = changes(row, before.orElse(Map.of()));
        Map<String, String> after = new LinkedHashMap<>(before.orElse(Map.of()));
        after.putAll(changes);
        for (String fault : editor.check(id, after)) {
            int colon = fault.indexOf(": ");
            faults.add(at(row, fault.substring(0, Math.max(0, colon)), fault.substring(colon + 2)));
        }
        String vendor = after.getOrDefault("vendor", "");
        if (vendor.matches("[A-Za-z0-9_-]{1,32}") && !vendors.contains(vendor.toLowerCase(Locale.ROOT))) {
            faults.add(at(
                    row,
                    "vendor",
                    "'" + vendor + "' is not installed; there are: "
                            + String.join(", ", vendors.stream().sorted().toList())));
        }
        duplicates.find(row.line(), id, after).forEach((key, what) -> faults.add(at(row, key, what)));
        Kind kind = before.isEmpty() ? Kind.ADDED : changes.isEmpty() ? Kind.UNCHANGED : Kind.CHANGED;
        steps.add(new Step(kind, id, changes));
    }

    private Map<String, String> changes(CsvTable.Row row, Map<String, String> before) {
        Map<String, String> changes = new LinkedHashMap<>();
        for (String key : editor.keys()) {
            int column = table.columns().indexOf(key);
            String cell = column < 0 ? "" : row.cell(column);
            boolean kept = column < 0 || (cell.isEmpty() && editor.secretKeys().contains(key));
            if (!kept && !means(key, cell, before.getOrDefault(key, ""))) {
                changes.put(key, cell);
            }
        }
        return changes;
    }

    private static boolean means(String key, String cell, String value) {
        return cell.equals(value)
                || (key.equals("mac")
                        && Mac.parse(cell).isPresent()
                        && Mac.parse(cell).equals(Mac.parse(value)));
    }

    private CsvFault at(CsvTable.Row row, String key, String what) {
        String column = key.equals("file name") ? ID : key;
        int index = table.columns().indexOf(column);
        return index < 0
                ? CsvFault.ofLine(row.line(), (column.isEmpty() ? "" : column + ": ") + what)
                : new CsvFault(row.line(), index + 1, column, what);
    }

    /** Finds what two phones must not have in common. */
    private static final class Duplicates {

        private final PhoneFileEditor editor;
        private final Map<String, Long> ids = new HashMap<>();
        private final Map<String, String> owners = new HashMap<>();

        Duplicates(PhoneFileEditor editor, Phones phones, Set<String> listed) throws NotWritten {
            this.editor = editor;
            Set<String> others = new HashSet<>(editor.ids());
            phones.all().forEach(phone -> others.add(phone.id()));
            others.removeAll(listed);
            for (String id : others) {
                marks(file(id)).forEach((key, mark) -> owners.put(mark, "phone '" + id + "'"));
            }
        }

        private Map<String, String> file(String id) {
            try {
                return editor.read(id).orElse(Map.of());
            } catch (NotWritten e) {
                return Map.of(); // a wrong file has nothing in common with others; phone:list names it
            }
        }

        /** What is wrong, by key. */
        Map<String, String> find(long line, String id, Map<String, String> values) {
            Map<String, String> found = new LinkedHashMap<>();
            Optional.ofNullable(ids.putIfAbsent(id, line))
                    .ifPresent(other -> found.put(ID, "line " + other + " has the same"));
            marks(values)
                    .forEach((key, mark) -> Optional.ofNullable(owners.putIfAbsent(mark, "line " + line))
                            .ifPresent(other -> found.put(key, other + " has the same")));
            return found;
        }

        private static Map<String, String> marks(Map<String, String> values) {
            Map<String, String> marks = new HashMap<>();
            Optional.ofNullable(values.get("mac")).flatMap(Mac::parse).ifPresent(mac -> marks.put("mac", "mac " + mac));
            Optional.ofNullable(values.get("token"))
                    .filter(t -> !t.isEmpty())
                    .ifPresent(t -> marks.put("token", "token " + t));
            Optional.ofNullable(values.get("host"))
                    .filter(host -> !host.isEmpty())
                    .ifPresent(host -> marks.put(
                            "host", "host " + host.toLowerCase(Locale.ROOT) + " " + values.getOrDefault("port", "")));
            return marks;
        }
    }
}
