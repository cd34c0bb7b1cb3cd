package org.bellwire.mqtt.spool;

import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * Where the spool's time comes from.
 *
 * @param nanos as of {@link System#nanoTime()}
 */
public record SpoolClock(Clock clock, LongSupplier nanos) {

    public static final SpoolClock SYSTEM = new SpoolClock(Clock.systemUTC(), System::nanoTime);
}
