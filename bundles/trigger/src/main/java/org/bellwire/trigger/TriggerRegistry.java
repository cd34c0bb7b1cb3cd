package org.bellwire.trigger;

import java.time.Duration;
import java.util.Comparator;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.bellwire.api.port.BuildingTopics;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.ClusterMembership;
import org.bellwire.api.port.Commands;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.Groups;
import org.bellwire.api.port.LimitLog;
import org.bellwire.api.port.PhoneEvent;
import org.bellwire.api.port.PhoneListener;
import org.bellwire.api.port.Phones;
import org.bellwire.api.port.RemotePhones;
import org.bellwire.api.port.RemoteTriggers;
import org.bellwire.api.port.Reply;
import org.bellwire.api.port.Sites;
import org.bellwire.api.port.TriggerOrder;
import org.bellwire.api.port.TriggerOwner;
import org.bellwire.api.port.TriggerRequest;
import org.bellwire.api.port.Triggers;
import org.bellwire.api.runtime.Timing;
import org.bellwire.api.runtime.TokenBucket;
import org.osgi.service.cm.ManagedServiceFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All triggers: one for each file {@code org.bellwire.trigger-<id>.cfg} that is right. */
@Component(
        service = {ManagedServiceFactory.class, Triggers.class, TriggerOwner.class, PhoneListener.class},
        immediate = true,
        property = "service.pid=" + TriggerRegistry.PID)
public final class TriggerRegistry implements ManagedServiceFactory, Triggers, TriggerOwner, PhoneListener {

    static final String PID = "org.bellwire.trigger";
    private static final int MAX_TRIGGERS = 1000;
    private static final Logger LOG = LoggerFactory.getLogger(TriggerRegistry.class);

    /** Who counts now, if somebody does. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Optional<Counters> counters = Optional.empty();

    /** The sites beside the gateway's own. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Optional<Sites> sites = Optional.empty();

    /** The phones of other gateways, where this one is in a cluster. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Optional<RemotePhones> remotePhones = Optional.empty();

    /** The way to the gateway that runs a trigger, where this one is in a cluster. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Optional<RemoteTriggers> remote = Optional.empty();

    private final ClusterMembership membership;
    private final BuildingTopics building;
    private final TriggerTopics topics;
    private final TriggerRunner runner;
    /** By the PIDs of their files. */
    private final Map<String, TriggerEntry> entries = new HashMap<>();

    private final Map<String, TriggerSettings> byId = new ConcurrentHashMap<>();
    private final Map<String, TokenBucket> requests = new ConcurrentHashMap<>();

    @Activate
    public TriggerRegistry(
            @Reference Commands commands,
            @Reference Phones phones,
            @Reference Groups groups,
            @Reference Bus bus,
            @Reference BuildingTopics topics,
            @Reference ClusterMembership membership) {
        this(commands, phones, groups, bus, topics, membership, Timing.real("bellwire-triggers"));
    }

    TriggerRegistry(
            Commands commands,
            Phones phones,
            Groups groups,
            Bus bus,
            BuildingTopics building,
            ClusterMembership membership,
            Timing time) {
        this.membership = membership;
        LimitLog limits = new LimitLog(LOG::warn, () -> counters.orElse(Counters.NONE), 600, time.nanos());
        runner = new TriggerRunner(commands, phones, groups, bus, () -> remotePhones, time, limits);
        runner.use(() -> sites.orElse(Sites.NONE));
        this.building = building;
        topics = new TriggerTopics(building, runner, membership);
    }

    /** Ends without hanging up: the calls that stand are the users'. */
    @Deactivate
    public synchronized void stop() {
        topics.close();
        runner.stop();
    }

    @Override
    public String getName() {
        return "Bellwire triggers";
    }

    @Override
    public synchronized void updated(String pid, Dictionary<String, ?> properties) {
        Map<String, Object> values = new TreeMap<>();
        properties.keys().asIterator().forEachRemaining(key -> values.put(key, properties.get(key)));
        Optional<TriggerEntry> old = Optional.ofNullable(entries.get(pid));
        TriggerEntry read = unclashed(pid, TriggerEntry.read(pid, values, building.root()));
        entries.put(pid, read);
        if (old.isEmpty() || !old.get().settings().equals(read.settings())) {
            take(pid, old.flatMap(TriggerEntry::settings), read.settings());
        }
        Optional<String> told = old.flatMap(TriggerEntry::fault);
        read.fault()
                .filter(fault -> !told.equals(Optional.of(fault)))
                .ifPresent(fault -> LOG.warn("{}: {}", read.file().file(), fault));
        if (told.isPresent() && read.fault().isEmpty()) {
            LOG.info(
                    "{}: trigger '{}' is ready now",
                    read.file().file(),
                    read.file().id());
        }
    }

    private TriggerEntry unclashed(String pid, TriggerEntry read) {
        boolean again = entries.entrySet().stream()
                .anyMatch(each -> !each.getKey().equals(pid)
                        && each.getValue().settings().isPresent()
                        && each.getValue().file().id().equals(read.file().id()));
        if (again) {
            return read.wrong("file name: there is another file for this trigger");
        }
        return byId.size() >= MAX_TRIGGERS && !byId.containsKey(read.file().id())
                ? read.wrong("file: there are " + MAX_TRIGGERS + " triggers already, and more are not read")
                : read;
    }

    @Override
    public synchronized void deleted(String pid) {
        Optional.ofNullable(entries.remove(pid))
                .flatMap(TriggerEntry::settings)
                .ifPresent(settings -> take(pid, Optional.of(settings), Optional.empty()));
    }

    /** What runs goes on by the settings that it began with, unless the trigger is gone. */
    private void take(String pid, Optional<TriggerSettings> old, Optional<TriggerSettings> now) {
        if (now.isPresent()) {
            byId.put(now.get().id().value(), now.get());
            topics.put(pid, now.get());
            return;
        }
        topics.remove(pid);
        old.ifPresent(settings -> {
            byId.remove(settings.id().value());
            requests.remove(settings.id().value());
            runner.hand(() -> runner.forget(settings));
        });
    }

    /** Only for tests: as the service registry does. */
    void serve(Sites now) {
        sites = Optional.of(now);
    }

    /** Only for tests: the same. */
    void join(RemoteTriggers way, RemotePhones phones) {
        remote = Optional.of(way);
        remotePhones = Optional.of(phones);
    }

    @Override
    public boolean knows(String id) {
        return byId.containsKey(id);
    }

    @Override
    public Reply receive(TriggerRequest request) {
        Optional<TriggerSettings> settings = Optional.ofNullable(byId.get(request.trigger()))
                .filter(known -> known.site().equals(request.site()));
        if (settings.isEmpty()) {
            return Reply.NOT_FOUND;
        }
        TokenBucket bucket = requests.computeIfAbsent(request.trigger(), id -> new TokenBucket());
        if (!bucket.take(request.rate().perSecond(), request.rate().burst(), runner.now())) {
            return Reply.TOO_MANY;
        }
        FiredBy by = new FiredBy.Http(request.peer(), request.owner(), request.query());
        boolean taken = membership.isAlone()
                ? act(settings.get(), request.cancel(), by, runner.now(), new CompletableFuture<>())
                : remote.filter(way -> way.send(new TriggerOrder(request.trigger(), request.cancel(), by.json())))
                        .isPresent();
        return taken ? Reply.ACCEPTED : Reply.UNAVAILABLE;
    }

    private boolean act(
            TriggerSettings settings, boolean cancels, FiredBy by, long since, CompletableFuture<TriggerResult> done) {
        return runner.hand(() -> runner.act(settings, cancels, by, since, done));
    }

    @Override
    public Bus.Subscription listen(Consumer<TriggerOrder> log) {
        return topics.listen(log);
    }

    @Override
    public CompletionStage<Outcome> carryOut(TriggerOrder order, Duration age) {
        return here(order.trigger(), order.cancel(), new FiredBy.Told(order.firedBy()), runner.now() - age.toNanos());
    }

    @Override
    public synchronized List<Status> all() {
        return entries.values().stream()
                .map(TriggerEntry::status)
                .sorted(Comparator.comparing(Status::id))
                .toList();
    }

    @Override
    public CompletionStage<Outcome> fire(String id) {
        return byShell(id, false);
    }

    @Override
    public CompletionStage<Outcome> cancel(String id) {
        return byShell(id, true);
    }

    private CompletionStage<Outcome> byShell(String id, boolean cancels) {
        FiredBy by = FiredBy.Shell.SHELL;
        if (membership.isAlone() || !byId.containsKey(id)) {
            return here(id, cancels, by, runner.now());
        }
        return remote.map(way -> way.ask(new TriggerOrder(id, cancels, by.json()))
                        .exceptionally(failure -> failed(why(failure))))
                .orElseGet(
                        () -> CompletableFuture.completedStage(failed("the cluster is not there: try again in 10 s")));
    }

    private CompletionStage<Outcome> here(String id, boolean cancels, FiredBy by, long since) {
        CompletableFuture<TriggerResult> done = new CompletableFuture<>();
        Optional<TriggerSettings> settings = Optional.ofNullable(byId.get(id));
        boolean taken = settings.isPresent() && act(settings.get(), cancels, by, since, done);
        return taken
                ? done.thenApply(TriggerResult::outcomeForShell)
                : CompletableFuture.completedFuture(new Outcome(
                        TriggerResult.Kind.IGNORED.wire(),
                        Optional.of(settings.isEmpty() ? "there is no trigger '" + id + "'" : "too much waits already"),
                        List.of()));
    }

    private static String why(Throwable failure) {
        return String.valueOf(Optional.ofNullable(failure.getCause())
                .filter(any -> failure instanceof CompletionException)
                .orElse(failure)
                .getMessage());
    }

    private static Outcome failed(String why) {
        return new Outcome(TriggerResult.Kind.FAILED.wire(), Optional.of(why), List.of());
    }

    @Override
    public void event(PhoneEvent event) {
        runner.event(event);
    }
}
