package org.bellwire.api.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A log of what happens that a vendor's phones let be read over HTTP: for sites where nobody may set the phones' action URLs. A channel
 * is opened, and then asked again and again; the phone answers as soon as something has happened (a long poll).
 *
 * @param opening opens a channel
 * @param waitS how long the phone waits before it answers that nothing has happened, in seconds: 1 to {@value #MAX_WAIT_S}
 * @param channel makes of the answer to {@code opening} the request that asks for events
 * @param reader what an answer to that request tells
 * @param form how the phones write what {@code channel} and {@code reader} read: for simulated ones
 */
public record EventLog(PhoneRequest opening, int waitS, Channel channel, Reader reader, Optional<Form> form) {

    public static final int MAX_WAIT_S = 60;

    public EventLog {
        opening = opening.asking();
        if (waitS < 1 || waitS > MAX_WAIT_S) {
            throw new IllegalArgumentException("a phone waits 1 to " + MAX_WAIT_S + " s, not " + waitS);
        }
    }

    /** One that no simulated phone keeps. */
    public EventLog(PhoneRequest opening, int waitS, Channel channel, Reader reader) {
        this(opening, waitS, channel, reader, Optional.empty());
    }

    /** The same log, which simulated phones keep as well. */
    public EventLog written(Form by) {
        return new EventLog(opening, waitS, channel, reader, Optional.of(by));
    }

    /**
     * The requests and answers as a phone has them.
     *
     * @param closing the path of the request that closes a channel
     * @param channel the parameter that names the channel, in that request and in those that ask for events
     * @param seconds the parameter that says how long the phone may wait, in seconds
     * @param opened the answer that opens this channel
     * @param told the answer that tells these events
     * @param closed the answer that a channel is closed
     * @param gone the answer that there is no such channel
     */
    public record Form(
            String closing,
            String channel,
            String seconds,
            IntFunction<String> opened,
            Function<List<Entry>, String> told,
            String closed,
            String gone) {}

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
