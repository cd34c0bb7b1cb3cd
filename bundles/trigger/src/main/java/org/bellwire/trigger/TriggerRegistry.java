package org.bellwire.trigger;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.bellwire.api.port.BuildingTopics;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.Commands;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.Groups;
import org.bellwire.api.port.LimitLog;
import org.bellwire.api.port.PhoneEvent;
import org.bellwire.api.port.PhoneListener;
import org.bellwire.api.port.Phones;
import org.bellwire.api.port.Reply;
import org.bellwire.api.port.Sites;
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
        service = {ManagedServiceFactory.class, Triggers.class, PhoneListener.class},
        immediate = true,
        property = "service.pid=" + TriggerRegistry.PID)
public final class TriggerRegistry implements ManagedServiceFactory, Triggers, PhoneListener {

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

    private final BuildingTopics topics;
    private final TriggerRunner runner;
    /** By the PIDs of their files. */
    private final Map<String, TriggerEntry> entries = new HashMap<>();

    private final Map<String, List<Bus.Subscription>> subscriptions = new HashMap<>();
    private final Map<String, TriggerSettings> byId = new ConcurrentHashMap<>();
    private final Map<String, TokenBucket> requests = new ConcurrentHashMap<>();

    @Activate
    public TriggerRegistry(
            @Reference Commands commands,
            @Reference Phones phones,
            @Reference Groups groups,
            @Reference Bus bus,
            @Reference BuildingTopics topics) {
        this(commands, phones, groups, bus, topics, Timing.real("bellwire-triggers"));
    }

    TriggerRegistry(Commands commands, Phones phones, Groups groups, Bus bus, BuildingTopics topics, Timing time) {
        this.topics = topics;
        LimitLog limits = new LimitLog(LOG::warn, () -> counters.orElse(Counters.NONE), 600, time.nanos());
        runner = new TriggerRunner(commands, phones, groups, bus, time, limits);
        runner.use(() -> sites.orElse(Sites.NONE));
    }

    /** Ends without hanging up: the calls that stand are the users'. */
    @Deactivate
    public synchronized void stop() {
        subscriptions.values().forEach(all -> all.forEach(Bus.Subscription::close));
        subscriptions.clear();
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
        TriggerEntry read = unclashed(pid, TriggerEntry.read(pid, values, topics.root()));
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
        subscriptions.getOrDefault(pid, List.of()).forEach(Bus.Subscription::close);
        subscriptions.remove(pid);
        if (now.isEmpty()) {
            old.ifPresent(settings -> {
                byId.remove(settings.id().value());
                requests.remove(settings.id().value());
                runner.hand(() -> runner.forget(settings));
            });
            return;
        }
        TriggerSettings settings = now.get();
        byId.put(settings.id().value(), settings);
        Set<String> filters = new LinkedHashSet<>();
        settings.fire().ifPresent(match -> filters.add(match.topic()));
        settings.cancel().ifPresent(match -> filters.add(match.topic()));
        List<Bus.Subscription> open = new ArrayList<>();
        filters.forEach(filter -> open.add(topics.listen(new TriggerSubscription(filter, settings, runner))));
        subscriptions.put(pid, open);
    }

    /** Only for tests: as the service registry does. */
    void serve(Sites now) {
        sites = Optional.of(now);
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
        boolean taken = act(settings.get(), request.cancel(), by, new CompletableFuture<>());
        return taken ? Reply.ACCEPTED : Reply.UNAVAILABLE;
    }

    private boolean act(TriggerSettings settings, boolean cancels, FiredBy by, CompletableFuture<TriggerResult> done) {
        long since = runner.now();
        return runner.hand(() -> {
            if (cancels) {
                runner.cancel(settings, by, since, done);
            } else {
                runner.fire(settings, by, since, done);
            }
        });
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
        CompletableFuture<TriggerResult> done = new CompletableFuture<>();
        Optional<TriggerSettings> settings = Optional.ofNullable(byId.get(id));
        boolean taken = settings.isPresent() && act(settings.get(), cancels, FiredBy.Shell.SHELL, done);
        return taken
                ? done.thenApply(TriggerResult::outcomeForShell)
                : CompletableFuture.completedFuture(new Outcome(
                        "ignored",
                        Optional.of(settings.isEmpty() ? "there is no trigger '" + id + "'" : "too much waits already"),
                        List.of()));
    }

    @Override
    public void event(PhoneEvent event) {
        runner.event(event);
    }
}
