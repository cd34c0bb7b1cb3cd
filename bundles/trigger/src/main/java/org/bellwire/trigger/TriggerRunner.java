package org.bellwire.trigger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.bellwire.api.EventType;
import org.bellwire.api.Message;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Topic;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.Commands;
import org.bellwire.api.port.Groups;
import org.bellwire.api.port.Limit;
import org.bellwire.api.port.LimitLog;
import org.bellwire.api.port.Origin;
import org.bellwire.api.port.PhoneEvent;
import org.bellwire.api.port.PhoneListener;
import org.bellwire.api.port.Phones;
import org.bellwire.api.port.RemotePhones;
import org.bellwire.api.port.Site;
import org.bellwire.api.port.Sites;
import org.bellwire.api.runtime.Timing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the triggers, all on one thread that never waits: whoever brings news hands it over. Nothing is kept on disk, so that
 * after a restart nothing goes on.
 */
final class TriggerRunner {

    static final int MAX_RUNNING = 100;
    static final int MAX_PHONES = 100;
    /** News that waits for the thread: far more than there is unless the thread stands still. */
    private static final int MAX_WAITING = 5000;
    /** What was asked for so long ago is not carried out any more. */
    static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final String NO_SITE = "site: there is no such file of a site, or it is wrong";

    private static final Logger LOG = LoggerFactory.getLogger(TriggerRunner.class);

    private final Commands commands;
    private final Phones phones;
    private final Groups groups;
    private final Bus bus;
    private final Timing time;
    private final LimitLog limits;
    private volatile Supplier<Sites> sites = () -> Sites.NONE;
    private final AtomicInteger waiting = new AtomicInteger();
    /** By id; used on the thread only. */
    private final Map<PhoneId, ActiveTrigger> active = new HashMap<>();

    private final WatchedPhones watched;

    /** The sites, as far as they are known. */
    void use(Supplier<Sites> now) {
        sites = now;
    }

    /** @param remote the phones of other gateways, where there are some */
    TriggerRunner(
            Commands commands,
            Phones phones,
            Groups groups,
            Bus bus,
            Supplier<Optional<RemotePhones>> remote,
            Timing time,
            LimitLog limits) {
        this.commands = commands;
        this.phones = phones;
        this.groups = groups;
        this.bus = bus;
        this.time = time;
        this.limits = limits;
        watched = new WatchedPhones(remote, new PhoneListener() {
            @Override
            public void event(PhoneEvent event) {
                TriggerRunner.this.event(event);
            }
        });
    }

    void stop() {
        time.timer().shutdownNow();
        watched.close();
    }

    long now() {
        return time.nanos().getAsLong();
    }

    /** Hands something over to the thread; false if too much waits there already. */
    boolean hand(Runnable work) {
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            limits.reached(
                    Limit.TRIGGERS_RUNNING,
                    () -> "more than " + MAX_WAITING
                            + " messages and events wait for the triggers: some are left out; let fewer topics fire them");
            return false;
        }
        try {
            time.timer().execute(() -> {
                waiting.decrementAndGet();
                TriggerTask.safely(work);
            });
            return true;
        } catch (RejectedExecutionException e) {
            waiting.decrementAndGet();
            return false;
        }
    }

    /** News of a phone, on any thread: almost none concern a trigger. */
    void event(PhoneEvent event) {
        PhoneId phone = event.message().phone();
        EventType type = event.message().type();
        boolean ofCalls = type == EventType.CALL_OUTGOING
                || type == EventType.CALL_CONNECTED
                || type == EventType.CALL_ENDED
                || type == EventType.CALL_REJECTED;
        if (ofCalls && watched.contains(phone)) {
            hand(() -> {
                List.copyOf(active.values()).forEach(trigger -> trigger.happened(phone, type, event.call()));
                watch();
            });
        }
    }

    /** Does what was asked for at that time, unless that is too long ago. On the thread. */
    void act(TriggerSettings settings, boolean cancels, FiredBy by, long since, CompletableFuture<TriggerResult> done) {
        if (now() - since > LATE_NANOS) {
            ignore(settings, by, "late: it was asked for more than 10 s ago", since, done);
        } else if (cancels) {
            cancel(settings, by, since, done);
        } else {
            fire(settings, by, since, done);
        }
    }

    /** Fires a trigger. On the thread. */
    void fire(TriggerSettings settings, FiredBy by, long since, CompletableFuture<TriggerResult> done) {
        ActiveTrigger trigger = active.computeIfAbsent(settings.id(), id -> new ActiveTrigger());
        Optional<Site> site = site(settings);
        Optional<String> objection = trigger.objection(settings, now())
                .or(this::tooMany)
                .or(() -> site.isEmpty() ? Optional.of(NO_SITE) : Optional.empty());
        List<PhoneId> all = members(settings);
        if (objection.isEmpty() && (all.isEmpty() || all.size() > MAX_PHONES)) {
            objection = Optional.of(
                    all.isEmpty()
                            ? "phones: none of them is there"
                            : "phones: they are " + all.size() + " with all groups, and at most " + MAX_PHONES
                                    + " are told at once");
        }
        if (objection.isPresent()) {
            ignore(settings, by, objection.get(), since, done);
            return;
        }
        Consumer<TriggerRun.Ending> end = ending -> {
            tell(settings, by, ending, since, done);
            watch();
        };
        PhoneOrders orders = new TriggerOrders(
                new Origin.Trigger(settings.id().value(), site.map(Site::root).orElseThrow()), commands, phones, time);
        TriggerRun run = settings.command().isPresent()
                ? new CommandRun(settings, all, orders, end)
                : new DialRun(settings, all, orders, end);
        trigger.begins(run, now());
        watch();
        run.start();
    }

    /** Ends what a trigger started. On the thread. */
    void cancel(TriggerSettings settings, FiredBy by, long since, CompletableFuture<TriggerResult> done) {
        ActiveTrigger trigger = active.computeIfAbsent(settings.id(), id -> new ActiveTrigger());
        TriggerRun.Ending ending = trigger.cancel();
        if (ending.outcome() == TriggerResult.Kind.IGNORED) {
            ignore(settings, by, ending.detail().orElse(""), since, done);
        } else {
            tell(settings, by, ending, since, done);
        }
        watch();
    }

    /** The trigger's file is gone: what it started is ended. On the thread. */
    void forget(TriggerSettings settings) {
        Optional<ActiveTrigger> trigger = Optional.ofNullable(active.get(settings.id()));
        if (trigger.filter(ActiveTrigger::isRunning).isPresent()) {
            cancel(settings, FiredBy.Itself.FILE, now(), new CompletableFuture<>());
        }
        active.remove(settings.id());
        watch();
    }

    /** It is not carried out. Who is bombarded does not bombard the bus for it. */
    void ignore(TriggerSettings settings, FiredBy by, String why, long since, CompletableFuture<TriggerResult> done) {
        ActiveTrigger trigger = active.computeIfAbsent(settings.id(), id -> new ActiveTrigger());
        TriggerResult result = result(settings, by, TriggerRun.Ending.ignored(why), since);
        if (trigger.mayTellIgnored(now())) {
            publish(settings, result);
        }
        done.complete(result);
    }

    private Optional<Site> site(TriggerSettings settings) {
        return sites.get().find(settings.site());
    }

    private Optional<String> tooMany() {
        if (active.values().stream().filter(ActiveTrigger::isRunning).count() < MAX_RUNNING) {
            return Optional.empty();
        }
        limits.reached(Limit.TRIGGERS_RUNNING, () -> MAX_RUNNING + " triggers run already, and no more are begun");
        return Optional.of("busy: " + MAX_RUNNING + " triggers run already");
    }

    /** Groups count as the phones that they have at this moment; each phone once. */
    private List<PhoneId> members(TriggerSettings settings) {
        Set<PhoneId> all = new LinkedHashSet<>();
        for (PhoneId id : settings.phones()) {
            groups.find(id.value())
                    .filter(group -> group.fault().isEmpty())
                    .ifPresentOrElse(group -> all.addAll(group.members()), () -> all.add(id));
        }
        return new ArrayList<>(all);
    }

    private void watch() {
        Set<PhoneId> wanted = new LinkedHashSet<>();
        active.values().stream()
                .filter(ActiveTrigger::isConcerned)
                .forEach(trigger -> trigger.forEachPhone(wanted::add));
        watched.are(wanted);
    }

    private void tell(
            TriggerSettings settings,
            FiredBy by,
            TriggerRun.Ending ending,
            long since,
            CompletableFuture<TriggerResult> done) {
        TriggerResult result = result(settings, by, ending, since);
        publish(settings, result);
        done.complete(result);
    }

    private TriggerResult result(TriggerSettings settings, FiredBy by, TriggerRun.Ending ending, long since) {
        return new TriggerResult(
                settings.id(),
                ending.outcome(),
                by,
                ending.detail(),
                ending.phone(),
                ending.number(),
                ending.steps(),
                time.clock().instant(),
                TimeUnit.NANOSECONDS.toMillis(now() - since));
    }

    /** Below the root of its site; of a site that is not there, nobody is to know. */
    private void publish(TriggerSettings settings, TriggerResult result) {
        LOG.info(
                "trigger {}: {}{}",
                result.trigger(),
                result.outcome().wire(),
                result.detail().map(why -> ", " + why).orElse(""));
        Topic topic = Topic.of("bridge", "trigger", result.trigger().value());
        site(settings)
                .ifPresent(site -> bus.publish(Message.of(topic.below(site.root()), result.json()))
                        .whenComplete((done, failure) -> {
                            if (failure != null) {
                                LOG.debug("trigger {}: its result was not published", result.trigger());
                            }
                        }));
    }
}
