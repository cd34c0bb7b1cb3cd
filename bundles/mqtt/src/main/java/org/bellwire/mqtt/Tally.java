package org.bellwire.mqtt;

import java.util.concurrent.atomic.LongAdder;

/** Counts what became of events. */
final class Tally {

    final LongAdder accepted = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder published = new LongAdder();
    final LongAdder late = new LongAdder();
    final LongAdder stored = new LongAdder();
    final LongAdder drained = new LongAdder();
    final LongAdder dropped = new LongAdder();
}
