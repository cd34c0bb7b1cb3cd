package org.bellwire.trigger;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bellwire.api.port.BuildingTopics;
import org.bellwire.api.port.ClusterMembership;
import org.bellwire.api.port.TriggerOrder;

/**
 * One topic that one trigger listens to. What is retained, repeated or late does not fire it: a bell that nobody rings now must
 * not make a phone dial.
 */
final class TriggerSubscription implements BuildingTopics.Listener {

    /** A broker may deliver one message once for each of two filters that take in its topic. */
    private static final long SAME_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final String filter;
    private final TriggerSettings settings;
    private final TriggerRunner runner;
    private final Optional<Consumer<TriggerOrder>> log;
    private final ClusterMembership membership;
    private volatile int connections;
    private Optional<String> last = Optional.empty();
    private long lastAt;

    /** @param log gets what fires; empty: it is carried out here, unless this gateway is one of a cluster by then */
    TriggerSubscription(
            String filter,
            TriggerSettings settings,
            TriggerRunner runner,
            Optional<Consumer<TriggerOrder>> log,
            ClusterMembership membership) {
        this.filter = filter;
        this.settings = settings;
        this.runner = runner;
        this.log = log;
        this.membership = membership;
    }

    @Override
    public String filter() {
        return filter;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    public void disconnected() {
        connections++;
    }

    @Override
    public void arrived(BuildingTopics.Arrival arrival) {
        boolean cancels = fits(settings.cancel(), arrival);
        boolean fires = !cancels && fits(settings.fire(), arrival);
        if ((cancels || fires) && !isTwice(arrival)) {
            take(arrival, cancels);
        }
    }

    private void take(BuildingTopics.Arrival arrival, boolean cancels) {
        FiredBy by = new FiredBy.Topic(arrival.topic());
        long since = runner.now();
        Optional<String> kept = whenSent(arrival);
        if (kept.isEmpty() && log.isPresent()) {
            log.get().accept(new TriggerOrder(settings.id().value(), cancels, by.json()));
        } else if (log.isPresent() || membership.isAlone()) {
            int connection = connections;
            runner.hand(() -> act(by, kept.or(() -> late(connection, since)), cancels, since));
        }
    }

    private boolean fits(Optional<TriggerSettings.TopicMatch> match, BuildingTopics.Arrival arrival) {
        return match.filter(wanted -> wanted.topic().equals(filter) && wanted.fits(arrival.payload()))
                .isPresent();
    }

    /** On the MQTT client's thread only. */
    private boolean isTwice(BuildingTopics.Arrival arrival) {
        String what = arrival.topic() + ' ' + arrival.payload();
        long now = runner.now();
        boolean twice = last.filter(what::equals).isPresent() && now - lastAt < SAME_NANOS;
        last = Optional.of(what);
        lastAt = now;
        return twice;
    }

    private void act(FiredBy by, Optional<String> objection, boolean cancels, long since) {
        CompletableFuture<TriggerResult> nobody = new CompletableFuture<>();
        if (objection.isPresent()) {
            runner.ignore(settings, by, objection.get(), since, nobody);
        } else if (cancels) {
            runner.cancel(settings, by, since, nobody);
        } else {
            runner.fire(settings, by, since, nobody);
        }
    }

    /** Why nobody knows when it was sent. */
    private static Optional<String> whenSent(BuildingTopics.Arrival arrival) {
        if (arrival.retained()) {
            return Optional.of("retained: the broker kept it, and nobody says when it was sent");
        }
        return arrival.repeated() ? Optional.of("repeated: the broker may have delivered it before") : Optional.empty();
    }

    private Optional<String> late(int connection, long since) {
        boolean late = runner.now() - since > TriggerRunner.LATE_NANOS;
        return late || connection != connections
                ? Optional.of("late: the connection to the broker was lost, or it waited, meanwhile")
                : Optional.empty();
    }
}
