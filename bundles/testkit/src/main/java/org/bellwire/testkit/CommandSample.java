package org.bellwire.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bellwire.api.CommandName;
import org.bellwire.api.DialNumber;
import org.bellwire.api.TransferKind;
import org.bellwire.api.spi.Command;
import org.bellwire.api.spi.CommandTable;
import org.bellwire.api.spi.Plan;

/**
 * A command and what goes over the wire for it.
 *
 * @param given the payload's further fields ({@code call}, {@code other}, {@code account}, {@code kind}, {@code after_s}),
 *     {@code state.…} of the phone, {@code id.ringing} of its call in that state, and {@code file.…} of its file
 * @param outcome the requests separated by blanks, as {@link org.bellwire.api.spi.PhoneRequest#toString} writes them, or
 *     {@code refused: …} with words of the reason
 */
record CommandSample(CommandName name, String payload, Map<String, String> given, String outcome) {

    private static final String REFUSED = "refused: ";

    static CommandSample parse(String line) {
        List<String> cells =
                Stream.of(line.split("\\s*\\|\\s*", -1)).map(String::strip).toList();
        if (cells.size() != 4 || cells.get(3).isEmpty()) {
            throw new AssertionError("commands.txt: a line is 'command | payload | given | requests', not: " + line);
        }
        Map<String, String> given = new LinkedHashMap<>();
        for (String word : cells.get(2).split("\\s+")) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                given.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        CommandName name = CommandName.ofWire(cells.get(0))
                .orElseThrow(() -> new AssertionError("commands.txt: no such command: " + cells.get(0)));
        return new CommandSample(name, cells.get(1), given, cells.get(3));
    }

    boolean isRefusal() {
        return outcome.startsWith(REFUSED);
    }

    /** Words that the reason must contain. */
    String reason() {
        return outcome.substring(REFUSED.length());
    }

    List<String> requests() {
        return List.of(outcome.split("\\s+"));
    }

    Command command() {
        boolean dials = name == CommandName.DIAL
                || name == CommandName.TRANSFER
                || (name.forwards() && !payload.matches("ON|OFF"));
        return new Command(
                name,
                payload,
                dials ? DialNumber.parse(payload) : Optional.empty(),
                field("account"),
                field("call"),
                field("other"),
                field("kind").flatMap(TransferKind::ofWire),
                field("after_s").map(Integer::valueOf),
                name == CommandName.KEY ? List.of(payload.split("[;\\s]+")) : List.of());
    }

    /** What the vendor's table makes of it. */
    Plan plan(CommandTable commands) {
        return commands.find(name)
                .orElseThrow(() -> new AssertionError("commands.txt: the table has no row for " + name.wire()))
                .plan(command(), new SamplePhone(given));
    }

    private Optional<String> field(String key) {
        return Optional.ofNullable(given.get(key));
    }

    @Override
    public String toString() {
        return name.wire() + " " + payload + (given.isEmpty() ? "" : " " + given);
    }
}
