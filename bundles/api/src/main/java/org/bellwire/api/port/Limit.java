package org.bellwire.api.port;

import java.util.Locale;

/**
 * A bound that Bellwire keeps so that nobody outside can exhaust it. Whoever keeps one counts by {@link Counters#reached} what it
 * turns away, and says once in the log what to change.
 */
public enum Limit {
    /** The phones' port has as many connections as it may have. */
    INGRESS_CONNECTIONS,
    /** One address has as many connections to the phones' port as it may have. */
    INGRESS_CONNECTIONS_PER_ADDRESS,
    /** A phone's file has more bytes or keys than it may have. */
    PHONE_FILE_SIZE,
    /** There are more phones' files than are read. */
    PHONE_FILES,
    /** More unknown phones than the inbox keeps. */
    INBOX_PHONES,
    /** The topic of the inbox does not hold all of it. */
    INBOX_SIZE;

    /** The name in metrics and in {@code bridge/health}, such as {@code ingress_connections}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
