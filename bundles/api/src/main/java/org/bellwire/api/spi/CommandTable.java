package org.bellwire.api.spi;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bellwire.api.CommandName;

/** All commands of a vendor, and how its phones are reached. */
public final class CommandTable {

    private final Access access;
    private final Map<CommandName, CommandRow> rows = new EnumMap<>(CommandName.class);
    private final Optional<KeyPad> keyPad;
    private final List<ReadBack> readBacks;

    private CommandTable(Access access, Optional<KeyPad> keyPad, Stream<CommandRow> rows, List<ReadBack> readBacks) {
        this.access = access;
        this.keyPad = keyPad;
        this.readBacks = List.copyOf(readBacks);
        rows.forEach(row -> {
            if (this.rows.put(row.name(), row) != null) {
                throw new IllegalArgumentException("two rows for the command " + row.name());
            }
        });
    }

    public static CommandTable of(Access access, CommandRow... rows) {
        return new CommandTable(access, Optional.empty(), Stream.of(rows), List.of());
    }

    /** With {@code key} and {@code dtmf} by the key pad, unless there is a row of its own for it. */
    public static CommandTable of(Access access, KeyPad keyPad, CommandRow... rows) {
        return new CommandTable(access, Optional.of(keyPad), withKeys(List.of(rows), keyPad), List.of());
    }

    private static Stream<CommandRow> withKeys(List<CommandRow> rows, KeyPad keyPad) {
        return Stream.concat(
                rows.stream(),
                keyPad.rows().stream().filter(key -> rows.stream().noneMatch(row -> row.name() == key.name())));
    }

    /** The same, and {@code refresh}, which asks these questions in this order. */
    public CommandTable reading(ReadBack... questions) {
        List<ReadBack> all = List.of(questions);
        CommandRow refresh = CommandRow.on(
                CommandName.REFRESH,
                (command, phone) ->
                        Plan.send(all.stream().map(ReadBack::request).toList()));
        return new CommandTable(access, keyPad, Stream.concat(rows.values().stream(), Stream.of(refresh)), all);
    }

    /** What the vendor's phones can be asked; empty where they cannot. */
    public List<ReadBack> readBacks() {
        return readBacks;
    }

    public Access access() {
        return access;
    }

    /** The keys that {@code key} takes; empty where the vendor has none. */
    public Optional<KeyPad> keyPad() {
        return keyPad;
    }

    /** The row of a command; empty: unsupported. */
    public Optional<CommandRow> find(CommandName name) {
        return Optional.ofNullable(rows.get(name));
    }

    /** The commands in the order of {@link CommandName}. */
    public Set<CommandName> names() {
        return Collections.unmodifiableSet(rows.keySet());
    }

    public List<CommandRow> rows() {
        return List.copyOf(rows.values());
    }
}
