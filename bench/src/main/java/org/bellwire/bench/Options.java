package org.bellwire.bench;

import java.util.Map;
import java.util.TreeMap;

/** The words of a command line, {@code --name=value}, over their defaults. */
record Options(Map<String, String> values) {

    /** Reads the words; one that the defaults do not know is an error that names those that are known. */
    static Options read(String[] words, Map<String, String> defaults) {
        Map<String, String> values = new TreeMap<>(defaults);
        for (String word : words) {
            int equals = word.indexOf('=');
            String name = word.startsWith("--") && equals > 2 ? word.substring(2, equals) : word;
            if (values.replace(name, word.substring(equals + 1)) == null) {
                System.err.println("not known: " + word + "; known, with their defaults:");
                new TreeMap<>(defaults).forEach((key, value) -> System.err.println("  --" + key + "=" + value));
                System.exit(2);
            }
        }
        return new Options(values);
    }

    String text(String name) {
        return values.getOrDefault(name, "");
    }

    int number(String name) {
        return Integer.parseInt(text(name));
    }
}
