package org.bellwire.core.event;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.bellwire.api.config.Rate;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.PhoneClient;
import org.bellwire.api.port.PhoneClient.Address;
import org.bellwire.api.port.PhoneClient.Answer;
import org.bellwire.api.port.PhoneClient.Kind;
import org.bellwire.api.port.Refusal;
import org.bellwire.api.port.Reply;
import org.bellwire.api.runtime.LogThrottle;
import org.bellwire.api.runtime.Timing;
import org.bellwire.api.spi.EventLog;
import org.bellwire.api.spi.PhoneRequest;
import org.bellwire.core.phone.Phone;
import org.bellwire.core.publish.RetainedPublisher;
import org.bellwire.core.registry.Ownership;
import org.bellwire.core.registry.PhoneRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one phone's log: opens a channel, asks it for events again and again, and hands them over one after the other. All of it on
 * the timer's thread, which waits for nothing.
 */
final class EventPoll {

    private static final Logger LOG = LoggerFactory.getLogger(EventPoll.class);
    /** What a channel kept for so long is too old to be acted upon. */
    private static final long LATE = TimeUnit.SECONDS.toNanos(30);
    /** So long an event waits for somebody to take it. */
    private static final long TAKEN = TimeUnit.SECONDS.toNanos(10);

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int LONGEST_PAUSE_S = 60;
    /** After a refused password: often enough to notice that it is right now, too seldom to be locked out for it. */
    private static final int REFUSED_PAUSE_S = 3600;

    private static final int WORTH_A_WARNING = 3;

    /** Between two looks whether this gateway owns the phone by now. */
    private static final long OWNED = TimeUnit.SECONDS.toNanos(2);

    /** Between two lines on events that are lost. */
    private static final int LOSS_PAUSE_S = 3600;

    /**
     * What it needs of others.
     *
     * @param rate how often a phone may report now
     * @param counters who counts now
     */
    record Surroundings(
            PhoneRegistry registry,
            PhoneClient line,
            EventDesk events,
            RetainedPublisher retained,
            Ownership ownership,
            Timing timing,
            Supplier<Rate> rate,
            Supplier<Counters> counters) {}

    private final Surroundings by;
    private final Phone phone;
    private final Address to;
    private final EventLog log;
    private final Deque<EventLog.Entry> waiting = new ArrayDeque<>();
    private Optional<PhoneRequest> channel = Optional.empty();
    private int failures;
    private long askedAt;
    private long answeredAt;
    private final LogThrottle losses;
    private volatile CompletableFuture<Void> enough = new CompletableFuture<>();
    private volatile boolean over;

    EventPoll(Surroundings by, Phone phone, Address to, EventLog log) {
        this.by = by;
        this.phone = phone;
        this.to = to;
        this.log = log;
        losses = new LogThrottle(LOSS_PAUSE_S, by.timing().nanos());
        answeredAt = now();
    }

    /** The file says nothing else that matters here. */
    boolean isOf(Phone other) {
        return phone.session() == other.session()
                && phone.binding() == other.binding()
                && other.address().equals(Optional.of(to));
    }

    /** Opens a channel, or asks the one that is open. */
    void ask() {
        if (over) {
            return;
        }
        if (!by.ownership().owns(phone)) {
            leaveToItsOwner();
            return;
        }
        askedAt = now();
        CompletableFuture<Void> until =
                new CompletableFuture<>(); // one for each request: each would be kept by a longer one
        enough = until;
        PhoneRequest request = channel.orElse(log.opening()).asking();
        by.line()
                .poll(to, request, channel.isPresent() ? log.waitS() : 0, until)
                .thenAccept(answer -> soon(() -> answered(answer)));
    }

    /** The other one has a channel of its own, so that what this one held would come twice. */
    private void leaveToItsOwner() {
        channel = Optional.empty();
        failures = 0;
        after(OWNED, this::ask);
    }

    /** Nobody wants its events any more: its connection is closed. */
    void stop() {
        over = true;
        enough.complete(null);
    }

    private void answered(Answer answer) {
        if (over) {
            return;
        }
        if (!by.ownership().owns(phone)) {
            leaveToItsOwner();
            return;
        }
        if (answer.kind() != Kind.UNREACHABLE) {
            by.retained().alive(phone);
        }
        if (answer.kind() == Kind.OK) {
            heard(answer.body());
        } else {
            failed(answer.kind(), answer.detail().orElse("no reason"));
        }
    }

    private void heard(String body) {
        if (channel.isEmpty()) {
            channel = log.channel().of(body);
            if (channel.isPresent()) {
                ask();
            } else {
                failed(Kind.FAILED, "its answer opens no log");
            }
            return;
        }
        Optional<List<EventLog.Entry>> told = log.reader().read(body);
        if (told.isEmpty()) {
            failed(Kind.FAILED, "its answer is no log");
            return;
        }
        if (failures >= WORTH_A_WARNING) {
            LOG.info("phone {}: its log is read again", phone.id());
        }
        failures = 0;
        answeredAt = now();
        waiting.addAll(told.get());
        if (waiting.isEmpty() && now() - askedAt < SECOND) {
            after(SECOND, this::ask); // it does not wait as it should
        } else {
            deliver();
        }
    }

    /** A dead phone is asked less and less; what its channel kept meanwhile is given up before it is too old. */
    private void failed(Kind kind, String why) {
        failures++;
        if (kind != Kind.UNREACHABLE || now() - answeredAt > LATE) {
            channel = Optional.empty();
        }
        boolean refused = kind == Kind.UNAUTHORIZED;
        if (failures == (refused ? 1 : WORTH_A_WARNING)) {
            LOG.warn("phone {}: its log cannot be read, so that its events are missing: {}", phone.id(), why);
        }
        failures = refused ? Math.max(failures, WORTH_A_WARNING) : failures;
        int pause = refused ? REFUSED_PAUSE_S : Math.min(LONGEST_PAUSE_S, 1 << Math.min(failures - 1, 6));
        after(TimeUnit.SECONDS.toNanos(pause), this::ask);
    }

    /** Hands over the next event, and asks for more when there is none left. */
    private void deliver() {
        Optional<Phone> now =
                by.registry().index().byId(phone.id()).filter(there -> there.session() == phone.session());
        if (over || now.isEmpty()) {
            return; // who keeps the list of phones hears of it, too
        }
        EventLog.Entry next = waiting.peek();
        if (next == null) {
            ask();
            return;
        }
        by.events().logged(now.get(), next, by.rate().get()).thenAccept(reply -> soon(() -> delivered(reply)));
    }

    private void delivered(Reply reply) {
        boolean refused = reply == Reply.TOO_MANY || reply == Reply.UNAVAILABLE;
        if (refused && now() - answeredAt < TAKEN) {
            after(SECOND, this::deliver);
            return;
        }
        if (refused) {
            lose(reply);
        }
        waiting.poll();
        deliver();
    }

    /** Counted as a report that is answered 429, since the same bound refuses it. */
    private void lose(Reply reply) {
        boolean often = reply == Reply.TOO_MANY;
        if (often) {
            by.counters().get().refused(Refusal.PHONE_RATE);
        }
        losses.next()
                .ifPresent(left -> LOG.warn(
                        "phone {}: events of its log are lost, for {} ({} more since the last such line)",
                        phone.id(),
                        often
                                ? "it tells more of them than rate.phone of org.bellwire.ingress.cfg, or the rate of its site, allows"
                                : "nothing can be promised now",
                        left));
    }

    private long now() {
        return by.timing().nanos().getAsLong();
    }

    private void after(long nanos, Runnable task) {
        try {
            by.timing().timer().schedule(() -> safely(task), nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("phone {}: its log is not read any more, for Bellwire stops", phone.id());
        }
    }

    private void soon(Runnable task) {
        try {
            by.timing().timer().execute(() -> safely(task));
        } catch (RejectedExecutionException e) {
            LOG.debug("phone {}: what its log tells is not taken any more, for Bellwire stops", phone.id());
        }
    }

    private void safely(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("phone {}: reading its log met a fault of Bellwire, and goes on", phone.id(), e);
            waiting.clear();
            failed(Kind.FAILED, "a fault of Bellwire");
        }
    }
}
