package org.bellwire.health;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bellwire.api.EventMessage;
import org.bellwire.api.Message;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.BusStatistics;

/** A broker in memory. */
final class FakeBus implements Bus {

    static final BusStatistics WELL = new BusStatistics(true, 3, 5, 100, 2, 80, 7, 12, 9, 0, Optional.empty());
    static final BusStatistics AWAY = new BusStatistics(false, 0, 6, 101, 2, 80, 7, 13, 9, 0, Optional.empty());
    static final BusStatistics ILL =
            new BusStatistics(false, 0, 6, 101, 2, 80, 7, 13, 9, 0, Optional.of("the disk is full"));

    private final List<Message> messages = new CopyOnWriteArrayList<>();
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private volatile BusStatistics statistics = WELL;

    void is(BusStatistics now) {
        boolean came = now.connected() && !statistics.connected();
        statistics = now;
        if (came) {
            watchers.forEach(Runnable::run);
        }
    }

    List<Message> messages() {
        return messages;
    }

    int watchers() {
        return watchers.size();
    }

    @Override
    public CompletionStage<Void> publish(Message message) {
        messages.add(message);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> deliver(EventMessage event) {
        throw new UnsupportedOperationException("health has no events");
    }

    @Override
    public boolean isConnected() {
        return statistics.connected();
    }

    @Override
    public BusStatistics statistics() {
        return statistics;
    }

    @Override
    public Subscription onConnection(Runnable connected, Runnable disconnected) {
        watchers.add(connected);
        if (isConnected()) {
            connected.run();
        }
        return () -> watchers.remove(connected);
    }

    @Override
    public Subscription subscribe(Subscriber subscriber) {
        throw new UnsupportedOperationException("health subscribes to nothing");
    }
}
