package org.bellwire.mqtt.spool;

import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.bellwire.api.port.AckTimes;
import org.bellwire.api.port.BusStatistics;

/** Counts what became of events. */
final class EventCounters {

    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    final LongAdder published = new LongAdder();
    final LongAdder late = new LongAdder();
    final LongAdder stored = new LongAdder();
    final LongAdder drained = new LongAdder();
    final LongAdder dropped = new LongAdder();
    private final LongAdder direct = new LongAdder();
    private final LongAdder waited = new LongAdder();

    /** Tells who waits that the event is safe. */
    void promise(PendingEvent event) {
        if (event.complete(null)) {
            accepted.increment();
        }
    }

    /** Tells who waits that the event cannot be promised. */
    void refuse(PendingEvent event, String reason) {
        refused.increment();
        event.fail(reason);
    }

    /** The broker has acknowledged an event that did not come from the disk. */
    void acknowledged(long nanos) {
        published.increment();
        direct.increment();
        waited.add(nanos);
    }

    AckTimes ackTimes() {
        return new AckTimes(direct.sum(), waited.sum());
    }

    BusStatistics statistics(boolean connected, int load, long spooled, Optional<String> fault) {
        return new BusStatistics(
                connected,
                load,
                spooled,
                accepted.sum(),
                refused.sum(),
                published.sum(),
                late.sum(),
                stored.sum(),
                drained.sum(),
                dropped.sum(),
                fault);
    }
}
