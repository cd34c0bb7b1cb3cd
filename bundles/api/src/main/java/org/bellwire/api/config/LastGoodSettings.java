package org.bellwire.api.config;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What a file said when it was last right. A wrong file is told in one line and changes nothing, so that a slip of the pen stops
 * nobody's phones. May be asked by any thread; is read by one at a time.
 */
public final class LastGoodSettings<T> {

    private final Function<Map<String, ?>, T> reader;
    private final Consumer<String> warn;
    private volatile T settings;

    /**
     * Reads nothing yet.
     *
     * @param otherwise what holds until the file is right for the first time
     * @param reader throws a {@link CfgException} if the file is wrong
     * @param warn takes the line that tells it
     */
    public LastGoodSettings(T otherwise, Function<Map<String, ?>, T> reader, Consumer<String> warn) {
        settings = otherwise;
        this.reader = reader;
        this.warn = warn;
    }

    /**
     * Takes on what the file says, and returns it; empty if it is wrong.
     *
     * @param consequence what the line says behind the faults, such as {@code all stays as it was}
     */
    public Optional<T> read(Map<String, ?> properties, String consequence) {
        try {
            T next = reader.apply(properties);
            settings = next;
            return Optional.of(next);
        } catch (CfgException e) {
            warn.accept(e.getMessage() + "; " + consequence);
            return Optional.empty();
        }
    }

    /** What holds now. */
    public T now() {
        return settings;
    }
}
