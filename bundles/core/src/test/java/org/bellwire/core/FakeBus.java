package org.bellwire.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.bellwire.api.EventMessage;
import org.bellwire.api.Message;
import org.bellwire.api.Topic;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.BusStatistics;

/** A broker in memory: remembers what it took, in order, and can be away, refuse, or take its time. */
final class FakeBus implements Bus {

    private final List<Message> taken = new CopyOnWriteArrayList<>();
    private final Map<String, String> retained = new TreeMap<>();
    private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
    private Predicate<Message> refused = message -> false;
    private boolean connected = true;
    private boolean slow;

    @Override
    public CompletionStage<Void> deliver(EventMessage event) {
        return publish(event.onTime());
    }

    @Override
    public BusStatistics statistics() {
        throw new UnsupportedOperationException("core does not ask");
    }

    @Override
    public synchronized CompletionStage<Void> publish(Message message) {
        if (!connected || refused.test(message)) {
            return CompletableFuture.failedFuture(new Undelivered("the fake broker does not take it"));
        }
        taken.add(message);
        if (message.retained() && message.payload().isEmpty()) {
            retained.remove(message.topic().path());
        } else if (message.retained()) {
            retained.put(message.topic().path(), message.payload());
        }
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        waiting.add(acknowledged);
        if (!slow) {
            acknowledge();
        }
        return acknowledged;
    }

    @Override
    public synchronized boolean isConnected() {
        return connected;
    }

    @Override
    public Subscription subscribe(Subscriber subscriber) {
        subscribers.add(subscriber);
        if (isConnected()) {
            subscriber.connected();
        }
        return () -> subscribers.remove(subscriber);
    }

    private record Watcher(Runnable connected, Runnable disconnected) {}

    @Override
    public Subscription onConnection(Runnable connected, Runnable disconnected) {
        Watcher watcher = new Watcher(connected, disconnected);
        watchers.add(watcher);
        if (isConnected()) {
            connected.run();
        }
        return () -> watchers.remove(watcher);
    }

    void disconnect() {
        setConnected(false);
        watchers.forEach(watcher -> watcher.disconnected().run());
        subscribers.forEach(Subscriber::disconnected);
    }

    void connect() {
        setConnected(true);
        watchers.forEach(watcher -> watcher.connected().run());
        subscribers.forEach(Subscriber::connected);
    }

    private synchronized void setConnected(boolean now) {
        connected = now;
    }

    /** From now on these messages are not taken. */
    synchronized void refuse(Predicate<Message> which) {
        refused = which;
    }

    /** From now on acknowledgements wait for {@link #acknowledge}. */
    synchronized void beSlow() {
        slow = true;
    }

    /** Acknowledges all that waits. */
    synchronized void acknowledge() {
        List<CompletableFuture<Void>> done = new ArrayList<>(waiting);
        waiting.clear();
        done.forEach(stage -> stage.complete(null));
    }

    synchronized int unacknowledged() {
        return waiting.size();
    }

    /** A rule sends a command. */
    void arrives(String topic, String payload) {
        subscribers.stream()
                .filter(subscriber -> topic.matches(subscriber.filter().replace("+", "[^/]+")))
                .forEach(subscriber -> subscriber.arrived(new Topic(topic), payload));
    }

    int subscriptions() {
        return subscribers.size();
    }

    /** All topics that were published to, in order. */
    List<String> topics() {
        return taken.stream().map(message -> message.topic().path()).toList();
    }

    /** The payloads of one topic, in order. */
    List<String> payloads(String topic) {
        return taken.stream()
                .filter(message -> message.topic().path().equals(topic))
                .map(Message::payload)
                .toList();
    }

    /** What the broker keeps for a topic. */
    synchronized Optional<String> retained(String topic) {
        return Optional.ofNullable(retained.get(topic));
    }

    synchronized Map<String, String> retained() {
        return new TreeMap<>(retained);
    }

    List<Message> messages() {
        return taken;
    }

    void forget() {
        taken.clear();
    }

    /** The broker comes back without what it kept. */
    synchronized void forgetRetained() {
        retained.clear();
        taken.clear();
    }
}
