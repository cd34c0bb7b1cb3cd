package org.bellwire.maintenance;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A command's words.
 *
 * @param names what is no option, in order
 * @param options what is one, with its value; a flag's is empty
 */
record Arguments(List<String> names, Map<String, String> options) {

    static final String DRY_RUN = "--dry-run";

    Arguments {
        names = List.copyOf(names);
        options = Map.copyOf(options);
    }

    /** Reads words of which these are options with a value, and flags. */
    static Arguments parse(List<String> words, Set<String> valued, Set<String> flags) throws Refused {
        List<String> names = new ArrayList<>();
        Map<String, String> options = new LinkedHashMap<>();
        for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
            String word = rest.next();
            if (flags.contains(word)) {
                options.put(word, "");
            } else if (valued.contains(word)) {
                if (!rest.hasNext()) {
                    throw Refused.usage(word + " needs a value");
                }
                options.put(word, rest.next());
            } else if (word.startsWith("--")) {
                throw Refused.usage("no such option: " + word);
            } else {
                names.add(word);
            }
        }
        return new Arguments(names, options);
    }

    Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    boolean has(String flag) {
        return options.containsKey(flag);
    }

    /** The one name that a command takes. */
    String name(String what) throws Refused {
        if (names.size() != 1) {
            throw Refused.usage("name " + what + (names.isEmpty() ? "" : ", and nothing else"));
        }
        return names.get(0);
    }
}
