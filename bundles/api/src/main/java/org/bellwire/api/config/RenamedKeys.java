package org.bellwire.api.config;

import java.util.Map;
import java.util.Optional;

/**
 * Keys that earlier versions knew: what each is called now. Whoever still has one is told its successor, by the log and by {@code
 * bin/bellwire upgrade}.
 */
public final class RenamedKeys {

    /** Of the versions so far: none was renamed. A row: {@code "org.bellwire.mqtt.cfg keepalive", "keep.alive.s"}. */
    public static final RenamedKeys SHIPPED = new RenamedKeys(Map.of());

    private final Map<String, String> successors;

    /**
     * @param successors by file and key with a blank between; of files of which there are many, such as {@code
     *     org.bellwire.phone-lobby.cfg}, the name up to the hyphen. An empty successor: there is none
     */
    public RenamedKeys(Map<String, String> successors) {
        this.successors = Map.copyOf(successors);
    }

    /** What to do about a key, if it is one of these. */
    public Optional<String> advice(String file, String key) {
        if (successors.isEmpty()) {
            return Optional.empty();
        }
        return Optional.ofNullable(successors.get(kind(file) + " " + key))
                .map(successor -> successor.isEmpty()
                        ? "there is no such key any more, take it out"
                        : "it is called " + successor + " now, write that instead");
    }

    private static String kind(String file) {
        int hyphen = file.indexOf('-');
        return hyphen < 0 ? file : file.substring(0, hyphen);
    }
}
