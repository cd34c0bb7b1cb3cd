package org.bellwire.shell;

import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.support.table.ShellTable;
import org.bellwire.api.Property;
import org.bellwire.api.port.Phones.PhoneStatus;

/** All phones, one in a row. What does not fit in a row of the screen stands below the table. */
final class PhoneTable {

    private static final List<String> HEADINGS =
            List.of("Id", "Vendor", "Call", "Registration", "Availability", "Host", "Last event", "What is wrong");
    private static final List<String> NARROW_HEADINGS = List.of("Id", "Vendor", "Call", "State", "Host", "Last event");
    private static final int SEPARATOR = 3;
    private static final String UNKNOWN = "-";

    private final List<PhoneStatus> phones;
    private final Screen screen;
    private final Clock clock;

    PhoneTable(List<PhoneStatus> phones, Screen screen, Clock clock) {
        this.phones = phones;
        this.screen = screen;
        this.clock = clock;
    }

    void print(PrintStream out) {
        boolean tenants = phones.stream().anyMatch(phone -> !phone.site().isEmpty());
        List<String> headings = tenants ? withSite(HEADINGS, "Site") : HEADINGS;
        List<List<String>> rows = phones.stream()
                .map(phone -> tenants ? withSite(wideRow(phone), site(phone)) : wideRow(phone))
                .toList();
        if (screen.fits(width(headings, rows))) {
            print(out, headings, rows);
            return;
        }
        List<List<String>> tight = phones.stream().map(PhoneTable::narrowRow).toList();
        int room = screen.width() - width(NARROW_HEADINGS, tight);
        print(out, NARROW_HEADINGS, room >= 0 ? tight : folded(tight, room));
        phones.forEach(phone ->
                wrong(phone).ifPresent(what -> screen.printField(out, SafeText.of(phone.id()) + ":", what)));
    }

    /** Behind the id; where there are no tenants, nobody reads of them. */
    private static List<String> withSite(List<String> row, String site) {
        List<String> cells = new ArrayList<>(row);
        cells.add(1, site);
        return cells;
    }

    private static String site(PhoneStatus phone) {
        return phone.site().isEmpty() ? UNKNOWN : SafeText.of(phone.site());
    }

    private List<String> wideRow(PhoneStatus phone) {
        return List.of(
                SafeText.of(phone.id()),
                vendor(phone),
                state(phone, Property.CALL),
                state(phone, Property.REGISTRATION),
                availability(phone),
                SafeText.of(phone.host().orElse(UNKNOWN)),
                lastEvent(phone),
                SafeText.of(phone.fault().orElse("")));
    }

    private static List<String> narrowRow(PhoneStatus phone) {
        return List.of(
                SafeText.of(phone.id()),
                vendor(phone),
                state(phone, Property.CALL),
                availability(phone),
                SafeText.of(phone.host().orElse(UNKNOWN)),
                phone.lastEvent().map(Object::toString).orElse(UNKNOWN));
    }

    /** Breaks ids and events into pieces, so that a row has {@code room} (negative) more characters. */
    private static List<List<String>> folded(List<List<String>> rows, int room) {
        int event = Math.max(10, longest(rows, 5) + room);
        int id = Math.max(8, longest(rows, 0) + Math.min(0, room + longest(rows, 5) - event));
        List<List<String>> out = new ArrayList<>();
        for (List<String> row : rows) {
            List<String> cells = new ArrayList<>(row);
            cells.set(0, WordWrap.at(id, row.get(0)));
            cells.set(5, WordWrap.at(event, row.get(5)));
            out.add(cells);
        }
        return out;
    }

    private static int longest(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private static int width(List<String> headings, List<List<String>> rows) {
        int width = -SEPARATOR;
        for (int column = 0; column < headings.size(); column++) {
            width += SEPARATOR + Math.max(headings.get(column).length(), longest(rows, column));
        }
        return width;
    }

    private void print(PrintStream out, List<String> headings, List<List<String>> rows) {
        ShellTable table = new ShellTable();
        headings.forEach(table::column);
        rows.forEach(row -> table.addRow().addContent(row.toArray()));
        screen.print(table, out);
    }

    /** What a narrow row does not tell. */
    private static Optional<String> wrong(PhoneStatus phone) {
        return phone.fault()
                .map(SafeText::of)
                .or(() -> Optional.ofNullable(phone.states().get(Property.REGISTRATION))
                        .filter(state -> !state.equals("registered"))
                        .map(state -> "registration " + SafeText.of(state)));
    }

    private static String state(PhoneStatus phone, Property property) {
        return SafeText.of(phone.states().getOrDefault(property, UNKNOWN));
    }

    /** A file that names no vendor is a fault, and listed. */
    private static String vendor(PhoneStatus phone) {
        return phone.vendor().isEmpty() ? UNKNOWN : SafeText.of(phone.vendor());
    }

    /** Also where the phone is to be asked for, if another gateway serves it. */
    private static String availability(PhoneStatus phone) {
        String online = phone.online() ? "online" : "offline";
        String known = isHeardOf(phone) ? online + " " : "";
        return phone.elsewhere()
                .map(gateway -> gateway.equals(PhoneStatus.NOBODY) ? "unserved" : known + "at " + gateway)
                .orElse(online);
    }

    /** Its gateway, if that is another one, has published something of it. */
    static boolean isHeardOf(PhoneStatus phone) {
        return phone.online() || !phone.states().isEmpty();
    }

    private String lastEvent(PhoneStatus phone) {
        return phone.lastEvent().map(Object::toString).orElse(UNKNOWN)
                + phone.lastEventTime()
                        .map(time -> " " + new ShortTime(clock).of(time))
                        .orElse("");
    }
}
