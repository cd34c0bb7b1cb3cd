package org.bellwire.trigger;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.bellwire.api.port.BuildingTopics;

/**
 * One topic that one trigger listens to. What is retained, repeated or late does not fire it: a bell that nobody rings now must
 * not make a phone dial.
 */
final class TriggerSubscription implements BuildingTopics.Listener {

    /** A broker may deliver one message once for each of two filters that take in its topic. */
    private static final long SAME_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final long LATE_S = 10;

    private final String filter;
    private final TriggerSettings settings;
    private final TriggerRunner runner;
    private volatile int connections;
    private Optional<String> last = Optional.empty();
    private long lastAt;

    TriggerSubscription(String filter, TriggerSettings settings, TriggerRunner runner) {
        this.filter = filter;
        this.settings = settings;
        this.runner = runner;
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
            int connection = connections;
            long since = runner.now();
            runner.hand(() -> act(arrival, cancels, connection, since));
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

    private void act(BuildingTopics.Arrival arrival, boolean cancels, int connection, long since) {
        FiredBy by = new FiredBy.Topic(arrival.topic());
        CompletableFuture<TriggerResult> nobody = new CompletableFuture<>();
        Optional<String> objection = objection(arrival, connection, since);
        if (objection.isPresent()) {
            runner.ignore(settings, by, objection.get(), since, nobody);
        } else if (cancels) {
            runner.cancel(settings, by, since, nobody);
        } else {
            runner.fire(settings, by, since, nobody);
        }
    }

    private Optional<String> objection(BuildingTopics.Arrival arrival, int connection, long since) {
        if (arrival.retained()) {
            return Optional.of("retained: the broker kept it, and nobody says when it was sent");
        }
        if (arrival.repeated()) {
            return Optional.of("repeated: the broker may have delivered it before");
        }
        boolean late = runner.now() - since > TimeUnit.SECONDS.toNanos(LATE_S);
        return late || connection != connections
                ? Optional.of("late: the connection to the broker was lost, or it waited, meanwhile")
                : Optional.empty();
    }
}
