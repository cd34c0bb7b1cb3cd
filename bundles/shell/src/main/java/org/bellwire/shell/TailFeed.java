package org.bellwire.shell;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Property;
import org.bellwire.api.Result;
import org.bellwire.api.port.PhoneEvent;
import org.bellwire.api.port.PhoneListener;
import org.bellwire.shell.TailLine.Kind;
import org.jspecify.annotations.Nullable;

/** From the threads that bring news to the one that shows it. Who shows too slowly loses lines, and is told how many. */
final class TailFeed implements PhoneListener {

    static final int MAX = 1000;

    private final BlockingQueue<TailLine> lines = new ArrayBlockingQueue<>(MAX);
    private final AtomicLong lost = new AtomicLong();
    private final TailFilter filter;
    private final Clock clock;

    TailFeed(TailFilter filter, Clock clock) {
        this.filter = filter;
        this.clock = clock;
    }

    /** The next line; empty: none came within a second. */
    Optional<TailLine> next() throws InterruptedException {
        @Nullable TailLine line = lines.poll(1, TimeUnit.SECONDS);
        return Optional.ofNullable(line);
    }

    /** How many had no room since this was asked last. */
    long lost() {
        return lost.getAndSet(0);
    }

    private void add(TailLine line) {
        if (!lines.offer(line)) {
            lost.incrementAndGet();
        }
    }

    @Override
    public void event(PhoneEvent event) {
        if (filter.shows(Kind.EVENT, event.message().phone().value())) {
            add(TailLine.event(event));
        }
    }

    @Override
    public void states(PhoneId phone, Map<Property, String> changes) {
        if (filter.shows(Kind.STATE, phone.value())) {
            add(TailLine.states(clock.instant(), phone.value(), changes));
        }
    }

    @Override
    public void result(Result result) {
        if (filter.shows(Kind.COMMAND, result.phone())) {
            add(TailLine.result(clock.instant(), result));
        }
    }

    @Override
    public void availability(PhoneId phone, boolean online) {
        if (filter.shows(Kind.AVAILABILITY, phone.value())) {
            add(TailLine.availability(clock.instant(), phone.value(), online));
        }
    }
}
