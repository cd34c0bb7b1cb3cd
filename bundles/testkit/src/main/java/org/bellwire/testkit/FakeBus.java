package org.bellwire.testkit;

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
public final class FakeBus implements Bus {

    private final List<Message> taken = new CopyOnWriteArrayList<>();
    private final Map<String, String> retained = new TreeMap<>();
    private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
    private final List<CompletableFuture<Void>> patient = new ArrayList<>();
    private Predicate<Message> refused = message -> false;
    private boolean connected = true;
    private boolean slow;
    private Optional<BusStatistics> statistics = Optional.empty();

    @Override
    public CompletionStage<Void> deliver(EventMessage event) {
        return publish(event.onTime());
    }

    @Override
    public CompletionStage<Void> publish(Message message) {
        return publish(message, waiting);
    }

    @Override
    public CompletionStage<Void> publishPatiently(Message message) {
        return publish(message, patient);
    }

    private synchronized CompletionStage<Void> publish(Message message, List<CompletableFuture<Void>> pending) {
        if (!connected || refused.test(message)) {
            return CompletableFuture.failedFuture(new Undelivered("the fake broker does not take it"));
        }
        taken.add(message);
        if (message.retained() && message.payload().isEmpty()) {
            retained.remove(message.topic().whole());
        } else if (message.retained()) {
            retained.put(message.topic().whole(), message.payload());
        }
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        pending.add(acknowledged);
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

    public void disconnect() {
        setConnected(false);
        fail(patient);
        watchers.forEach(watcher -> watcher.disconnected().run());
        subscribers.forEach(Subscriber::disconnected);
    }

    public void connect() {
        setConnected(true);
        watchers.forEach(watcher -> watcher.connected().run());
        subscribers.forEach(Subscriber::connected);
    }

    /** From now on this is how it is, and whether it is there. */
    public void is(BusStatistics now) {
        boolean before = isConnected();
        setStatistics(now);
        if (now.connected() && !before) {
            connect();
        } else if (!now.connected() && before) {
            disconnect();
        }
    }

    private synchronized void setStatistics(BusStatistics now) {
        statistics = Optional.of(now);
    }

    @Override
    public synchronized BusStatistics statistics() {
        return statistics.orElseThrow(() -> new UnsupportedOperationException("nobody said how the bus is"));
    }

    private synchronized void setConnected(boolean now) {
        connected = now;
    }

    /** From now on these messages are not taken. */
    public synchronized void refuse(Predicate<Message> which) {
        refused = which;
    }

    /** From now on acknowledgements wait for {@link #acknowledge}. */
    public synchronized void beSlow() {
        slow = true;
    }

    /** Acknowledges all that waits. */
    public synchronized void acknowledge() {
        for (List<CompletableFuture<Void>> pending : List.of(waiting, patient)) {
            taken(pending).forEach(stage -> stage.complete(null));
        }
    }

    /** Lets the 2 s pass after which nobody waits for an acknowledgement any more, but for who is patient. */
    public void passPatience() {
        fail(waiting);
    }

    private void fail(List<CompletableFuture<Void>> pending) {
        taken(pending)
                .forEach(stage ->
                        stage.completeExceptionally(new Undelivered("the fake broker did not acknowledge it")));
    }

    private synchronized List<CompletableFuture<Void>> taken(List<CompletableFuture<Void>> pending) {
        List<CompletableFuture<Void>> all = List.copyOf(pending);
        pending.clear();
        return all;
    }

    public synchronized int unacknowledged() {
        return waiting.size() + patient.size();
    }

    /** A rule sends a command. */
    public void arrives(String topic, String payload) {
        arrives("", topic, payload);
    }

    /** The same below the root of a site. */
    public void arrives(String root, String topic, String payload) {
        subscribers.stream()
                .filter(subscriber -> subscriber.root().equals(root))
                .filter(subscriber -> topic.matches(subscriber.filter().replace("+", "[^/]+")))
                .forEach(subscriber -> subscriber.arrived(new Topic(root, topic), payload));
    }

    /** How many want to know whether it is there. */
    public int watchers() {
        return watchers.size();
    }

    public int subscriptions() {
        return subscribers.size();
    }

    /** All topics that were published to, in order. */
    public List<String> topics() {
        return taken.stream().map(message -> message.topic().whole()).toList();
    }

    /** The payloads of one topic, in order. */
    public List<String> payloads(String topic) {
        return taken.stream()
                .filter(message -> message.topic().whole().equals(topic))
                .map(Message::payload)
                .toList();
    }

    /** What the broker keeps for a topic. */
    public synchronized Optional<String> retained(String topic) {
        return Optional.ofNullable(retained.get(topic));
    }

    public synchronized Map<String, String> retained() {
        return new TreeMap<>(retained);
    }

    public List<Message> messages() {
        return taken;
    }

    public void forget() {
        taken.clear();
    }

    /** The broker comes back without what it kept. */
    public synchronized void forgetRetained() {
        retained.clear();
        taken.clear();
    }
}
