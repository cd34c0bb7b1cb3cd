package org.bellwire.mqtt.connection;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.bellwire.api.Topic;
import org.bellwire.api.port.BuildingTopics;
import org.bellwire.api.port.Bus.Subscriber;
import org.bellwire.api.port.Bus.Subscription;
import org.eclipse.paho.client.mqttv3.MqttTopic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who wants to hear what, and what the broker has granted. The connection's thread alone asks, grants and announces;
 * subscribers come and go on any thread.
 */
public final class Subscriptions {

    private static final Logger log = LoggerFactory.getLogger(Subscriptions.class);

    private final List<Entry> entries = new CopyOnWriteArrayList<>();
    private final Map<Filter, Boolean> asked = new ConcurrentHashMap<>();
    /** Of these, nobody wanted them for a moment: who wants one now is to get what the broker keeps, and only a new request brings it. */
    private final Set<Filter> abandoned = ConcurrentHashMap.newKeySet();
    /** Those of sites that somebody listens below. */
    private volatile Set<String> roots = Set.of();

    private final Runnable changed;

    /**
     * What the broker is asked for.
     *
     * @param root that of a site, as a {@link Topic} has it
     * @param belowRoot the text stands below a root; else it is whole
     * @param qos 0 or 1
     */
    record Filter(String root, String text, boolean belowRoot, int qos) {

        boolean matches(String topic) {
            return MqttTopic.isMatched(text, topic);
        }

        boolean matches(Topic topic) {
            return belowRoot && root.equals(topic.root()) && matches(topic.path());
        }

        /** As the broker is to hear it. */
        String whole(String ownRoot) {
            return belowRoot ? (root.isEmpty() ? ownRoot : root) + "/" + text : text;
        }
    }

    /** @param changed hears, on any thread, that there is something to ask for or to give back */
    Subscriptions(Runnable changed) {
        this.changed = changed;
    }

    public Subscription add(Subscriber subscriber) {
        String filter = subscriber.filter();
        MqttTopic.validate(filter, true);
        return add(new Entry(
                Optional.of(new Filter(subscriber.root(), filter, true, 1)),
                subscriber::connected,
                subscriber::disconnected,
                subscriber::arrived,
                subscriber::dropped,
                arrival -> {}));
    }

    /** Somebody who wants to hear of topics that do not stand below the root. */
    public Subscription addAnywhere(BuildingTopics.Listener listener) {
        String filter = listener.filter();
        MqttTopic.validate(filter, true);
        return add(new Entry(
                Optional.of(new Filter("", filter, false, listener.qos())),
                listener::connected,
                listener::disconnected,
                (topic, payload) -> {},
                (topic, reason) -> {},
                listener::arrived));
    }

    /** Somebody who wants to hear of the connection only. */
    public Subscription watch(Runnable connected, Runnable disconnected) {
        return add(new Entry(
                Optional.empty(),
                connected,
                disconnected,
                (topic, payload) -> {},
                (topic, reason) -> {},
                arrival -> {}));
    }

    private Subscription add(Entry entry) {
        entries.add(entry);
        roots = rootsOfSites();
        changed.run();
        return () -> {
            entries.remove(entry);
            entry.filter
                    .filter(filter -> asked.containsKey(filter) && !isWanted(filter))
                    .ifPresent(abandoned::add);
            roots = rootsOfSites();
            changed.run();
        };
    }

    private Set<String> rootsOfSites() {
        return entries.stream()
                .flatMap(entry -> entry.filter.stream())
                .map(Filter::root)
                .filter(root -> !root.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The root of the site below which a whole topic stands; empty: below none that somebody listens to. */
    Optional<String> rootOf(String topic) {
        Set<String> known = roots;
        int slash = known.isEmpty() ? -1 : topic.indexOf('/');
        while (slash > 0) {
            String root = topic.substring(0, slash);
            if (known.contains(root)) {
                return Optional.of(root);
            }
            slash = topic.indexOf('/', slash + 1);
        }
        return Optional.empty();
    }

    /** Somebody waits for messages below the root. */
    boolean isAwaitedBelowRoot() {
        return entries.stream()
                .anyMatch(entry -> entry.filter.filter(Filter::belowRoot).isPresent());
    }

    /** Filters to subscribe to, each once. */
    List<Filter> missing() {
        return entries.stream()
                .flatMap(entry -> entry.filter.stream())
                .distinct()
                .filter(filter -> !asked.containsKey(filter) || abandoned.contains(filter))
                .toList();
    }

    /** Filters that nobody wants any longer. */
    List<Filter> surplus() {
        return asked.keySet().stream().filter(filter -> !isWanted(filter)).toList();
    }

    private boolean isWanted(Filter filter) {
        return entries.stream().anyMatch(entry -> entry.filter.equals(Optional.of(filter)));
    }

    /** There is something to ask for, to give back or to announce. */
    boolean hasChanged() {
        return !missing().isEmpty() || !surplus().isEmpty() || entries.stream().anyMatch(this::isUnaware);
    }

    void answered(Filter filter, boolean granted) {
        asked.put(filter, granted);
        abandoned.remove(filter);
        if (!granted) {
            log.warn(
                    "MQTT broker refuses the subscription to {}{}: allow it in the broker's access list; until then nothing of"
                            + " it arrives",
                    filter.root().isEmpty() ? filter.text() : filter.whole(""),
                    filter.belowRoot() && filter.root().isEmpty() ? " below the root topic" : "");
        }
    }

    void givenBack(Filter filter) {
        asked.remove(filter);
        abandoned.remove(filter);
    }

    /** Tells those whose filter, if they have one, is granted, and who do not know yet. */
    void announce() {
        for (Entry entry : entries) {
            if (isUnaware(entry)) {
                entry.connected = true;
                entry.call(entry.onConnected);
            }
        }
    }

    private boolean isUnaware(Entry entry) {
        return !entry.connected
                && entry.filter
                        .map(filter -> asked.getOrDefault(filter, false) && !abandoned.contains(filter))
                        .orElse(true);
    }

    /** The connection is gone, and what it had granted. */
    void lost() {
        asked.clear();
        abandoned.clear();
        for (Entry entry : entries) {
            if (entry.connected) {
                entry.connected = false;
                entry.call(entry.onDisconnected);
            }
        }
    }

    void arrived(Topic topic, String payload) {
        tell(topic, entry -> entry.onArrival.accept(topic, payload));
    }

    void dropped(Topic topic, String reason) {
        tell(topic, entry -> entry.onDrop.accept(topic, reason));
    }

    private void tell(Topic topic, Consumer<Entry> action) {
        for (Entry entry : entries) {
            if (entry.filter.filter(f -> f.matches(topic)).isPresent()) {
                entry.call(() -> action.accept(entry));
            }
        }
    }

    /** Somebody asked for this topic, wherever it stands. */
    boolean wantsAnywhere(String topic) {
        for (Entry entry : entries) {
            if (entry.wantsAnywhere(topic)) {
                return true;
            }
        }
        return false;
    }

    void arrivedAnywhere(BuildingTopics.Arrival arrival) {
        for (Entry entry : entries) {
            if (entry.wantsAnywhere(arrival.topic())) {
                entry.call(() -> entry.onArrivalAnywhere.accept(arrival));
            }
        }
    }

    private static final class Entry {
        private final Optional<Filter> filter;
        private final Runnable onConnected;
        private final Runnable onDisconnected;
        private final BiConsumer<Topic, String> onArrival;
        private final BiConsumer<Topic, String> onDrop;
        private final Consumer<BuildingTopics.Arrival> onArrivalAnywhere;
        private boolean connected;

        Entry(
                Optional<Filter> filter,
                Runnable onConnected,
                Runnable onDisconnected,
                BiConsumer<Topic, String> onArrival,
                BiConsumer<Topic, String> onDrop,
                Consumer<BuildingTopics.Arrival> onArrivalAnywhere) {
            this.filter = filter;
            this.onConnected = onConnected;
            this.onDisconnected = onDisconnected;
            this.onArrival = onArrival;
            this.onDrop = onDrop;
            this.onArrivalAnywhere = onArrivalAnywhere;
        }

        boolean wantsAnywhere(String topic) {
            return filter.isPresent()
                    && !filter.get().belowRoot()
                    && filter.get().matches(topic);
        }

        void call(Runnable action) {
            try {
                action.run();
            } catch (RuntimeException | Error e) {
                log.error(
                        "The subscriber of {} failed: this is a bug",
                        filter.map(Filter::text).orElse("connections"),
                        e);
            }
        }
    }
}
