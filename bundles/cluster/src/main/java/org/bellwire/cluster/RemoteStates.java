package org.bellwire.cluster;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bellwire.api.CallInfo;
import org.bellwire.api.EventMessage;
import org.bellwire.api.EventType;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Property;
import org.bellwire.api.port.BuildingTopics;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.PhoneEvent;
import org.bellwire.api.port.PhoneListener;
import org.bellwire.api.port.RemotePhones;
import org.bellwire.api.port.Sites;

/**
 * What other gateways publish of their phones, as the MQTT broker keeps and sends it, while somebody watches. Every gateway reading
 * everything all the time would cost the broker and each of them more than their own phones do.
 */
final class RemoteStates {

    /** An event with long names has some 2,000. */
    private static final int MAX_CHARS = 8_000;

    private static final String ON_TIME = "\"late\":false";
    private static final long QUIET = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int STEP_MS = 50;
    private static final int PATIENCE_MS = 2_000;
    private static final List<String> FILTERS = List.of("+/availability", "+/state/+", "+/event/+");
    private static final Map<String, Property> PROPERTIES =
            Stream.of(Property.values()).collect(Collectors.toUnmodifiableMap(Property::wire, each -> each));
    private static final Map<String, EventType> EVENTS =
            Stream.of(EventType.values()).collect(Collectors.toUnmodifiableMap(EventType::wire, each -> each));

    private final BuildingTopics topics;
    private final Supplier<Sites> sites;
    private final Function<PhoneId, Optional<String>> rootOf;
    private final OwnedPartitions partitions;
    private final Clock clock;
    private final LongSupplier nanos;
    private final List<PhoneListener> watchers = new CopyOnWriteArrayList<>();
    private final Map<PhoneId, RemotePhones.State> states = new ConcurrentHashMap<>();
    private final AtomicInteger ungranted = new AtomicInteger();
    private volatile long arrivedAt;
    private List<Bus.Subscription> open = List.of();

    /**
     * Listens to nothing yet.
     *
     * @param rootOf the whole root topic of a phone that has a file; below another one nobody speaks of it
     */
    RemoteStates(
            BuildingTopics topics,
            Supplier<Sites> sites,
            Function<PhoneId, Optional<String>> rootOf,
            OwnedPartitions partitions,
            Clock clock,
            LongSupplier nanos) {
        this.topics = topics;
        this.sites = sites;
        this.rootOf = rootOf;
        this.partitions = partitions;
        this.clock = clock;
        this.nanos = nanos;
    }

    synchronized Bus.Subscription watch(PhoneListener listener) {
        watchers.add(listener);
        if (open.isEmpty()) {
            listen();
        }
        return () -> leave(listener);
    }

    private synchronized void leave(PhoneListener listener) {
        watchers.remove(listener);
        if (watchers.isEmpty()) {
            open.forEach(Bus.Subscription::close);
            open = List.of();
            states.clear();
        }
    }

    private void listen() {
        Set<String> roots = new TreeSet<>(Set.of(topics.root()));
        sites.get().all().stream()
                .map(Sites.Status::root)
                .filter(root -> !root.isEmpty())
                .forEach(roots::add);
        states.clear(); // a message may have come after the last one left
        ungranted.set(roots.size() * FILTERS.size());
        arrivedAt = nanos.getAsLong();
        List<Bus.Subscription> all = new ArrayList<>();
        for (String root : roots) {
            FILTERS.forEach(filter -> all.add(topics.listen(new Listener(root, filter))));
        }
        open = List.copyOf(all);
    }

    /** Completes when nothing has come for a while after the broker granted all, since it sends what it keeps first. */
    CompletionStage<Void> heard() {
        CompletableFuture<Void> done =
                new CompletableFuture<Void>().completeOnTimeout(null, PATIENCE_MS, TimeUnit.MILLISECONDS);
        look(done);
        return done;
    }

    private void look(CompletableFuture<Void> done) {
        if (ungranted.get() <= 0 && nanos.getAsLong() - arrivedAt >= QUIET) {
            done.complete(null);
        } else if (!done.isDone()) {
            CompletableFuture.delayedExecutor(STEP_MS, TimeUnit.MILLISECONDS, Runnable::run)
                    .execute(() -> look(done));
        }
    }

    Optional<RemotePhones.State> find(PhoneId phone) {
        return Optional.ofNullable(states.get(phone));
    }

    /** On the MQTT client's thread. */
    private void arrived(String root, String path, BuildingTopics.Arrival arrival) {
        String[] levels = path.split("/", -1);
        String last = levels[levels.length - 1];
        Optional<PhoneId> phone = PhoneId.parse(levels[0]).filter(id -> isRemote(id, root));
        if (phone.isEmpty() || arrival.payload().length() > MAX_CHARS) {
            return;
        }
        if (levels.length == 2) {
            availability(phone.get(), arrival);
        } else if (levels[1].equals("state")) {
            Optional.ofNullable(PROPERTIES.get(last)).ifPresent(property -> state(phone.get(), property, arrival));
        } else if (!arrival.retained()) {
            event(phone.get(), last, arrival.payload());
        }
        if (arrival.retained()) {
            arrivedAt = nanos.getAsLong();
        }
    }

    /** There is such a phone below this root, and it is not this gateway's. */
    private boolean isRemote(PhoneId phone, String root) {
        return partitions.of(phone).isEmpty() && rootOf.apply(phone).equals(Optional.of(root));
    }

    private void availability(PhoneId phone, BuildingTopics.Arrival arrival) {
        boolean online = arrival.payload().equals("online");
        states.merge(
                phone,
                new RemotePhones.State(online, Map.of()),
                (before, now) -> new RemotePhones.State(online, before.states()));
        tell(arrival, each -> each.availability(phone, online));
    }

    private void state(PhoneId phone, Property property, BuildingTopics.Arrival arrival) {
        String value = arrival.payload();
        states.merge(phone, new RemotePhones.State(false, Map.of(property, value)), (before, now) -> {
            Map<Property, String> all = new EnumMap<>(Property.class);
            all.putAll(before.states());
            all.put(property, value);
            return new RemotePhones.State(before.online(), all);
        });
        tell(arrival, each -> each.states(phone, Map.of(property, value)));
    }

    private void event(PhoneId phone, String type, String json) {
        if (isEvent(json)) {
            Optional.ofNullable(EVENTS.get(type))
                    .map(known -> new PhoneEvent(new EventMessage(phone, known, json, clock.instant()), CallInfo.NONE))
                    .ifPresent(event -> watchers.forEach(each -> each.event(event)));
        }
    }

    /** Anybody may have published it. */
    private static boolean isEvent(String json) {
        try {
            return json.contains(ON_TIME) && JsonParser.parseString(json).isJsonObject();
        } catch (JsonParseException e) {
            return false;
        }
    }

    private void tell(BuildingTopics.Arrival arrival, Consumer<PhoneListener> news) {
        if (!arrival.retained()) {
            watchers.forEach(news);
        }
    }

    /** What one filter brings. */
    private final class Listener implements BuildingTopics.Listener {

        private final String root;
        private final String filter;

        Listener(String root, String filter) {
            this.root = root;
            this.filter = filter;
        }

        @Override
        public String filter() {
            return root + "/" + filter;
        }

        @Override
        public int qos() {
            return 0;
        }

        @Override
        public void connected() {
            arrivedAt = nanos.getAsLong();
            ungranted.decrementAndGet();
        }

        @Override
        public void arrived(BuildingTopics.Arrival arrival) {
            RemoteStates.this.arrived(root, arrival.topic().substring(root.length() + 1), arrival);
        }
    }
}
