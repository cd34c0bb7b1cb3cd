package org.bellwire.trigger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.bellwire.api.port.BuildingTopics;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.ClusterMembership;
import org.bellwire.api.port.TriggerOrder;

/**
 * Listens to the topics that fire and cancel triggers: always where this gateway is alone, else while it is the one that hears
 * them for all.
 */
final class TriggerTopics {

    private final BuildingTopics topics;
    private final TriggerRunner runner;
    private final ClusterMembership membership;
    /** By the PIDs of their files. */
    private final Map<String, TriggerSettings> known = new HashMap<>();

    private final Map<String, List<Bus.Subscription>> open = new HashMap<>();
    /** Who gets what fires; empty: the runner. */
    private Optional<Consumer<TriggerOrder>> log = Optional.empty();

    TriggerTopics(BuildingTopics topics, TriggerRunner runner, ClusterMembership membership) {
        this.topics = topics;
        this.runner = runner;
        this.membership = membership;
    }

    synchronized void put(String pid, TriggerSettings settings) {
        known.put(pid, settings);
        listen(pid);
    }

    synchronized void remove(String pid) {
        known.remove(pid);
        listen(pid);
    }

    /** From now on until closed all that fires goes to this log. */
    synchronized Bus.Subscription listen(Consumer<TriggerOrder> to) {
        Optional<Consumer<TriggerOrder>> hearer = Optional.of(to);
        log = hearer;
        known.keySet().forEach(this::listen);
        return () -> endsListening(hearer);
    }

    private synchronized void endsListening(Optional<Consumer<TriggerOrder>> hearer) {
        if (log.equals(hearer)) {
            log = Optional.empty();
            known.keySet().forEach(this::listen);
        }
    }

    synchronized void close() {
        open.values().forEach(all -> all.forEach(Bus.Subscription::close));
        open.clear();
        known.clear();
    }

    private void listen(String pid) {
        open.getOrDefault(pid, List.of()).forEach(Bus.Subscription::close);
        open.remove(pid);
        Optional<TriggerSettings> settings =
                Optional.ofNullable(known.get(pid)).filter(any -> membership.isAlone() || log.isPresent());
        settings.ifPresent(now -> {
            Set<String> filters = new LinkedHashSet<>();
            now.fire().ifPresent(match -> filters.add(match.topic()));
            now.cancel().ifPresent(match -> filters.add(match.topic()));
            List<Bus.Subscription> all = new ArrayList<>();
            filters.forEach(
                    filter -> all.add(topics.listen(new TriggerSubscription(filter, now, runner, log, membership))));
            open.put(pid, all);
        });
    }
}
