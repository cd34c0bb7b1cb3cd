package org.bellwire.mqtt;

import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * Where the time comes from.
 *
 * @param nanos as of {@link System#nanoTime()}
 */
record Times(Clock clock, LongSupplier nanos) {

    static final Times SYSTEM = new Times(Clock.systemUTC(), System::nanoTime);
}
