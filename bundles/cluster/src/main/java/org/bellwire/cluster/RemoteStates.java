package org.bellwire.cluster;

import java.time.Clock;
import java.util.EnumMap;
import java.util.LinkedHashMap;
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
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Property;
import org.bellwire.api.port.BuildingTopics;
import org.bellwire.api.port.Bus;
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

    private static final long QUIET = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int STEP_MS = 50;
    private static final int PATIENCE_MS = 2_000;
    private static final String ANY = "+";
    private static final List<String> OF_A_PHONE = List.of("/availability", "/state/+", "/event/+");
    private static final Map<String, Property> PROPERTIES =
            Stream.of(Property.values()).collect(Collectors.toUnmodifiableMap(Property::wire, each -> each));

    /** Who hears of these phones; empty: of all. */
    private record Watcher(Optional<Set<PhoneId>> phones, PhoneListener listener) {

        boolean wants(PhoneId phone) {
            return phones.isEmpty() || phones.get().contains(phone);
        }
    }

    private final BuildingTopics topics;
    private final Supplier<Sites> sites;
    private final Function<PhoneId, Optional<String>> rootOf;
    private final OwnedPartitions partitions;
    private final Clock clock;
    private final LongSupplier nanos;
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private final Map<PhoneId, RemotePhones.State> states = new ConcurrentHashMap<>();
    /** By their whole filters. */
    private final Map<String, Listener> open = new ConcurrentHashMap<>();

    private volatile long arrivedAt;

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

    Bus.Subscription watch(PhoneListener listener) {
        return join(new Watcher(Optional.empty(), listener));
    }

    Bus.Subscription watch(Set<PhoneId> phones, PhoneListener listener) {
        return join(new Watcher(Optional.of(Set.copyOf(phones)), listener));
    }

    private synchronized Bus.Subscription join(Watcher watcher) {
        forget();
        watchers.add(watcher);
        listen();
        return () -> leave(watcher);
    }

    private synchronized void leave(Watcher watcher) {
        watchers.remove(watcher);
        listen();
        forget();
    }

    /** Also what came after the last one who wanted to hear it had left. */
    private void forget() {
        states.keySet().removeIf(phone -> watchers.stream().noneMatch(each -> each.wants(phone)));
    }

    /** To all phones, if somebody wants to hear of all, else to those that somebody wants to hear of: never to one twice. */
    private void listen() {
        Map<String, String> wanted =
                watchers.stream().anyMatch(each -> each.phones().isEmpty()) ? ofAll() : ofSome();
        wanted.forEach((filter, root) -> {
            if (!open.containsKey(filter)) {
                arrivedAt = nanos.getAsLong();
                Listener listener = new Listener(root, filter);
                open.put(filter, listener);
                listener.open();
            }
        });
        open.values().stream()
                .filter(each -> !wanted.containsKey(each.filter()))
                .forEach(Listener::close);
        open.keySet().retainAll(wanted.keySet());
    }

    /** Filters, each with the root topic before it. */
    private Map<String, String> ofAll() {
        Set<String> roots = new TreeSet<>(Set.of(topics.root()));
        sites.get().all().stream()
                .map(Sites.Status::root)
                .filter(root -> !root.isEmpty())
                .forEach(roots::add);
        Map<String, String> filters = new LinkedHashMap<>();
        roots.forEach(root -> put(filters, root, ANY));
        return filters;
    }

    private Map<String, String> ofSome() {
        Map<String, String> filters = new LinkedHashMap<>();
        for (Watcher watcher : watchers) {
            for (PhoneId phone : watcher.phones().orElseThrow()) {
                rootOf.apply(phone).ifPresent(root -> put(filters, root, phone.value()));
            }
        }
        return filters;
    }

    private static void put(Map<String, String> filters, String root, String phone) {
        OF_A_PHONE.forEach(rest -> filters.put(root + "/" + phone + rest, root));
    }

    /** Completes when nothing has come for a while after the broker granted all, since it sends what it keeps first. */
    CompletionStage<Void> heard() {
        CompletableFuture<Void> done =
                new CompletableFuture<Void>().completeOnTimeout(null, PATIENCE_MS, TimeUnit.MILLISECONDS);
        look(done);
        return done;
    }

    private void look(CompletableFuture<Void> done) {
        if (open.values().stream().allMatch(Listener::isGranted) && nanos.getAsLong() - arrivedAt >= QUIET) {
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
        Optional<PhoneId> named = PhoneId.parse(levels[0]);
        named.filter(this::isOwn).ifPresent(states::remove); // it may have been another gateway's
        Optional<PhoneId> phone = named.filter(id -> isRemote(id, root));
        if (phone.isEmpty() || arrival.payload().length() > MAX_CHARS) {
            return;
        }
        if (levels.length == 2) {
            availability(phone.get(), arrival);
        } else if (levels[1].equals("state")) {
            Optional.ofNullable(PROPERTIES.get(last)).ifPresent(property -> state(phone.get(), property, arrival));
        } else if (!arrival.retained()) {
            PublishedEvent.read(phone.get(), last, arrival.payload(), clock.instant())
                    .ifPresent(event -> tell(phone.get(), each -> each.event(event)));
        }
        if (arrival.retained()) {
            arrivedAt = nanos.getAsLong();
        }
    }

    private boolean isOwn(PhoneId phone) {
        return partitions.of(phone).isPresent();
    }

    /** There is such a phone below this root, and it is not this gateway's. */
    private boolean isRemote(PhoneId phone, String root) {
        return !isOwn(phone) && rootOf.apply(phone).equals(Optional.of(root));
    }

    private void availability(PhoneId phone, BuildingTopics.Arrival arrival) {
        boolean online = arrival.payload().equals("online");
        states.merge(
                phone,
                new RemotePhones.State(online, Map.of()),
                (before, now) -> new RemotePhones.State(online, before.states()));
        tellNews(arrival, phone, each -> each.availability(phone, online));
    }

    private void state(PhoneId phone, Property property, BuildingTopics.Arrival arrival) {
        String value = arrival.payload();
        states.merge(phone, new RemotePhones.State(false, Map.of(property, value)), (before, now) -> {
            Map<Property, String> all = new EnumMap<>(Property.class);
            all.putAll(before.states());
            all.put(property, value);
            return new RemotePhones.State(before.online(), all);
        });
        tellNews(arrival, phone, each -> each.states(phone, Map.of(property, value)));
    }

    private void tellNews(BuildingTopics.Arrival arrival, PhoneId phone, Consumer<PhoneListener> news) {
        if (!arrival.retained()) {
            tell(phone, news);
        }
    }

    private void tell(PhoneId phone, Consumer<PhoneListener> news) {
        watchers.stream().filter(each -> each.wants(phone)).forEach(each -> news.accept(each.listener()));
    }

    /** What one filter brings. */
    private final class Listener implements BuildingTopics.Listener {

        private final String root;
        private final String filter;
        private volatile boolean granted;
        private Bus.Subscription subscription = () -> {};

        Listener(String root, String filter) {
            this.root = root;
            this.filter = filter;
        }

        void open() {
            subscription = topics.listen(this);
        }

        void close() {
            subscription.close();
        }

        boolean isGranted() {
            return granted;
        }

        @Override
        public String filter() {
            return filter;
        }

        @Override
        public int qos() {
            return 0;
        }

        @Override
        public void connected() {
            arrivedAt = nanos.getAsLong();
            granted = true;
        }

        /** The broker says all that it keeps once more; what is gone by then does not stay. */
        @Override
        public void disconnected() {
            granted = false;
            states.clear();
        }

        @Override
        public void arrived(BuildingTopics.Arrival arrival) {
            RemoteStates.this.arrived(root, arrival.topic().substring(root.length() + 1), arrival);
        }
    }
}
