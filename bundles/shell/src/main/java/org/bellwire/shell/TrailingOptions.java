package org.bellwire.shell;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.karaf.shell.support.CommandException;
import org.jspecify.annotations.Nullable;

/** Options that stand behind the arguments: Karaf takes them before the arguments only, people write them behind. */
final class TrailingOptions {

    private final String usage;
    private final Map<String, String> values = new HashMap<>();
    private final Set<String> flags = new HashSet<>();

    private TrailingOptions(String usage) {
        this.usage = usage;
    }

    /**
     * Reads the words behind the arguments.
     *
     * @param withValue such as {@code --format}; its value stands behind it or behind a {@code =}
     * @param plain such as {@code --dry-run}
     */
    static TrailingOptions of(@Nullable List<String> words, Set<String> withValue, Set<String> plain, String usage)
            throws CommandException {
        TrailingOptions options = new TrailingOptions(usage);
        List<String> all = words == null ? List.of() : words;
        for (int i = 0; i < all.size(); i++) {
            String word = all.get(i);
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            if (equals < 0 && plain.contains(name)) {
                options.flags.add(name);
            } else if (withValue.contains(name)) {
                i += equals < 0 ? 1 : 0;
                options.put(name, equals < 0 ? i < all.size() ? all.get(i) : "" : word.substring(equals + 1));
            } else {
                throw options.wrong("unknown: " + SafeText.of(word));
            }
        }
        return options;
    }

    private void put(String name, String value) throws CommandException {
        if (value.isEmpty()) {
            throw wrong(name + " needs a value");
        }
        values.put(name, value);
    }

    private CommandException wrong(String what) {
        return CommandFailure.usage(what + "; usage: " + usage);
    }

    /** The option's value, behind the arguments or before them. */
    Optional<String> value(String name, @Nullable String before) {
        return Optional.ofNullable(values.get(name)).or(() -> Optional.ofNullable(before));
    }

    boolean has(String name, boolean before) {
        return before || flags.contains(name);
    }
}
