package org.bellwire.homeassistant;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.bellwire.api.port.BuildingTopics;
import org.bellwire.api.port.Bus;
import org.bellwire.homeassistant.Transition.Outgoing;

/** The topics of a building, in memory: keeps what is retained, and may be slow to acknowledge or refuse. */
final class HomeBroker implements BuildingTopics {

    private final Map<String, String> retained = new TreeMap<>();
    private final List<Outgoing> published = new ArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();
    private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
    private Predicate<String> refused = topic -> false;
    private boolean slow;
    private boolean connected = true;

    @Override
    public String root() {
        return "bellwire";
    }

    @Override
    public CompletionStage<Void> publish(String topic, String payload, boolean keep) {
        if (!connected || refused.test(topic)) {
            return CompletableFuture.failedFuture(new Bus.Undelivered("the test's broker does not take it"));
        }
        published.add(new Outgoing(topic, payload, keep));
        if (keep) {
            keep(topic, payload);
        }
        List.copyOf(listeners).stream()
                .filter(listener -> matches(listener, topic))
                .forEach(listener -> listener.arrived(new Arrival(topic, payload, false, false)));
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        waiting.add(acknowledged);
        if (!slow) {
            acknowledge();
        }
        return acknowledged;
    }

    @Override
    public Bus.Subscription listen(Listener listener) {
        listeners.add(listener);
        if (connected) {
            subscribed(listener);
        }
        return () -> listeners.remove(listener);
    }

    private void subscribed(Listener listener) {
        listener.connected();
        Map.copyOf(retained).forEach((topic, payload) -> {
            if (matches(listener, topic)) {
                listener.arrived(new Arrival(topic, payload, true, false));
            }
        });
    }

    private static boolean matches(Listener listener, String topic) {
        return topic.matches(listener.filter().replace("+", "[^/]+"));
    }

    /** Somebody says something that the broker keeps; empty: it keeps it no longer. */
    void keep(String topic, String payload) {
        if (payload.isEmpty()) {
            retained.remove(topic);
        } else {
            retained.put(topic, payload);
        }
    }

    /** Home Assistant has started. */
    void birth(boolean kept) {
        List.copyOf(listeners).stream()
                .filter(listener -> listener.filter().endsWith("/status"))
                .forEach(listener -> listener.arrived(new Arrival(listener.filter(), "online", kept, false)));
    }

    void connect(boolean now) {
        connected = now;
        for (Listener listener : List.copyOf(listeners)) {
            if (now) {
                subscribed(listener);
            } else {
                listener.disconnected();
            }
        }
    }

    void beSlow() {
        slow = true;
    }

    void acknowledge() {
        List<CompletableFuture<Void>> done = new ArrayList<>(waiting);
        waiting.clear();
        done.forEach(stage -> stage.complete(null));
    }

    int unacknowledged() {
        return waiting.size();
    }

    void refuse(Predicate<String> topics) {
        refused = topics;
    }

    void forget() {
        published.clear();
    }

    List<Outgoing> published() {
        return List.copyOf(published);
    }

    List<String> topics() {
        return published.stream().map(Outgoing::topic).toList();
    }

    Map<String, String> retained() {
        return new TreeMap<>(retained);
    }

    int listeners() {
        return listeners.size();
    }
}
