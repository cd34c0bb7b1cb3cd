package org.bellwire.api.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A log of what happens that a vendor's phones let be read over HTTP: for sites where nobody may set the phones' action URLs. A channel
 * is opened, and then asked again and again; the phone answers as soon as something has happened (a long poll).
 *
 * @param opening opens a channel
 * @param waitS how long the phone waits before it answers that nothing has happened, in seconds: 1 to {@value #MAX_WAIT_S}
 * @param channel makes of the answer to {@code opening} the request that asks for events
 * @param reader what an answer to that request tells
 */
public record EventLog(PhoneRequest opening, int waitS, Channel channel, Reader reader) {

    public static final int MAX_WAIT_S = 60;

    public EventLog {
        opening = opening.asking();
        if (waitS < 1 || waitS > MAX_WAIT_S) {
            throw new IllegalArgumentException("a phone waits 1 to " + MAX_WAIT_S + " s, not " + waitS);
        }
    }

    /** A pure function that stands any text; empty where the answer is not understood. */
    @FunctionalInterface
    @ConsumerType
    public interface Channel {
        Optional<PhoneRequest> of(String body);
    }

    /** A pure function that stands any text; empty where the answer is not understood, as of a channel that is gone. */
    @FunctionalInterface
    @ConsumerType
    public interface Reader {
        Optional<List<Entry>> read(String body);
    }

    /**
     * Something that happened.
     *
     * @param event under a name that the vendor's event table knows
     * @param variables as an action URL would have them
     */
    public record Entry(String event, Map<String, String> variables) {
        public Entry {
            variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables)); // in this order they are published
        }
    }
}
