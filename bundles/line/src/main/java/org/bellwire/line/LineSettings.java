package org.bellwire.line;

import java.util.Map;
import org.bellwire.api.config.Cfg;

/**
 * How long a phone may take.
 *
 * @param connectMs for the TCP connection
 * @param wholeMs for the whole exchange: name, connection, TLS, request, answer, repetitions
 */
record LineSettings(int connectMs, int wholeMs) {

    static final LineSettings DEFAULT = new LineSettings(3000, 5000);

    /** The same, for a phone that waits so many seconds before it answers. */
    LineSettings longerBy(int seconds) {
        return new LineSettings(connectMs, wholeMs + 1000 * seconds);
    }

    /** Reads the keys of {@code org.bellwire.line.cfg} that concern the way to the phone; the others are core's. */
    static LineSettings read(Map<String, ?> properties) {
        Cfg cfg = Cfg.of("org.bellwire.line.cfg", properties);
        int connectMs = cfg.integer("connect.timeout.ms", DEFAULT.connectMs, 100, 60_000);
        int wholeMs = cfg.integer("timeout.ms", DEFAULT.wholeMs, 100, 120_000);
        cfg.check();
        return new LineSettings(connectMs, wholeMs);
    }
}
