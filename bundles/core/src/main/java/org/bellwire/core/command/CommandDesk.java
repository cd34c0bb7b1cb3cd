package org.bellwire.core.command;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Result;
import org.bellwire.api.Status;
import org.bellwire.api.config.LastGoodSettings;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.CommandOrder;
import org.bellwire.api.port.Commands;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.Groups;
import org.bellwire.api.port.PhoneClient;
import org.bellwire.api.port.Phones.PhoneStatus;
import org.bellwire.api.port.RemotePhones;
import org.bellwire.api.runtime.Timing;
import org.bellwire.core.phone.DialedCalls.DialedCall;
import org.bellwire.core.phone.Phone;
import org.bellwire.core.phone.SerialQueue;
import org.bellwire.core.publish.EventPublisher;
import org.bellwire.core.publish.RetainedPublisher;
import org.bellwire.core.registry.Ownership;
import org.bellwire.core.registry.PhoneRegistry;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The command flow: from a topic or the shell, through the checks and the vendor's table, to the phone's line, to results. At
 * most once and never late. Holds no thread: steps run on whichever thread brought the news.
 */
@Component(service = Commands.class, immediate = true, configurationPid = "org.bellwire.line")
public final class CommandDesk implements Commands {

    private static final Logger LOG = LoggerFactory.getLogger(CommandDesk.class);
    private static final String ELSEWHERE =
            "another gateway of the cluster serves this phone (%s), and this one has not found Kafka yet: try again in 10 s";
    private static final String MOVED =
            "the phone was given to another gateway of the cluster (%s) meanwhile: send it again";
    private static final String NOWHERE =
            "no gateway of the cluster serves this phone until it has been given to another one: try again in 10 s";

    /** Who counts now, if somebody does. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Optional<Counters> counters = Optional.empty();

    private final PhoneRegistry registry;
    private final CommandChecks checks;
    private final CommandExpiry expiry;
    private final Bus bus;
    private final ResultPublisher results;
    private final CommandExecution execution;
    private final StateReading reading;
    private final RetainedPublisher retained;
    private final Ownership ownership;
    private final Timing timing;
    private volatile Optional<Groups> groups = Optional.empty();
    private Bus.Subscription subscription = () -> {};
    private final LastGoodSettings<CommandRules> rules =
            new LastGoodSettings<>(CommandRules.USUAL, CommandRules::parse, LOG::warn);

    @Activate
    public CommandDesk(
            @Reference PhoneRegistry registry,
            @Reference PhoneClient line,
            @Reference Bus bus,
            @Reference RetainedPublisher retained,
            @Reference Ownership ownership,
            Map<String, ?> properties) {
        this(registry, line, bus, retained, ownership, properties, Timing.real("bellwire-commands"));
    }

    public CommandDesk(
            PhoneRegistry registry,
            PhoneClient line,
            Bus bus,
            RetainedPublisher retained,
            Ownership ownership,
            Map<String, ?> properties,
            Timing timing) {
        this.registry = registry;
        checks = new CommandChecks(registry, rules::now, timing.nanos());
        RequestSequence sequence = new RequestSequence(line, timing);
        this.bus = bus;
        results = new ResultPublisher(bus, timing, this::counters, retained.listeners(), this::rootOf);
        expiry = new CommandExpiry(timing.clock(), results::ageMs, bus::isConnected);
        this.retained = retained;
        this.ownership = ownership;
        this.timing = timing;
        reading = new StateReading(
                ownership, registry, sequence, retained, new EventPublisher(retained, bus::deliver), timing);
        FollowUpSender afterDial = new FollowUpSender(timing.timer(), this::goOn);
        execution = new CommandExecution(checks, expiry, sequence, results, afterDial, reading, retained, timing);
        configure(properties);
    }

    /** Takes orders from the broker from now on, unless it is to be in a cluster, which hears them once for all. */
    @Activate
    public void open() {
        if (ownership.isAlone()) {
            subscription = SiteSubscriptions.open(
                    bus,
                    registry.sites(),
                    root -> new CommandSubscriber(root, this::heard, this::counters, timing.nanos()));
        }
        timing.timer().scheduleWithFixedDelay(reading::tick, 1, 1, TimeUnit.SECONDS);
    }

    private void heard(CommandOrder order) {
        if (ownership.isAlone()) {
            carryOut(order);
        }
    }

    @Modified
    public void configure(Map<String, ?> properties) {
        rules.read(properties, "dial policy, rates and key gap stay as they were");
    }

    @Deactivate
    public void stop() {
        subscription.close();
        timing.timer().shutdownNow();
    }

    private Counters counters() {
        return counters.orElse(Counters.NONE);
    }

    private Optional<Groups.Group> group(CommandOrder order) {
        Optional<Groups.Group> found = registry.index().byId(order.phone()).isPresent()
                ? Optional.empty()
                : groups.flatMap(there -> there.find(order.phone()));
        return found.filter(group -> order.origin()
                .root()
                .filter(root -> !root.equals(rootOf(group)))
                .isEmpty());
    }

    private String rootOf(Groups.Group group) {
        return registry.sites().root(group.site());
    }

    private String rootOf(String id) {
        return registry.index()
                .byId(id)
                .map(phone -> phone.site().root())
                .orElseGet(() -> groups.flatMap(there -> there.find(id))
                        .map(this::rootOf)
                        .orElse(""));
    }

    /** Groups have come: what is sent to one goes to its members. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void setGroups(Groups now) {
        groups = Optional.of(now);
    }

    public void unsetGroups(Groups gone) {
        groups = groups.filter(there -> there != gone);
    }

    /** Where another gateway serves the phone, it gets the command. */
    @Override
    public CompletionStage<Result> carryOut(CommandOrder order) {
        PendingCommand pending = PendingCommand.of(order, timing.nanos().getAsLong());
        Optional<String> elsewhere = elsewhere(order);
        if (elsewhere.isEmpty()) {
            return carryOutHere(pending);
        }
        boolean nobody = elsewhere.get().equals(PhoneStatus.NOBODY);
        Optional<RemotePhones> remote = ownership.remote().filter(there -> !nobody);
        return remote.isPresent()
                ? sendTo(remote.get(), pending)
                : results.refuse(pending, nobody ? NOWHERE : ELSEWHERE.formatted(elsewhere.get()));
    }

    /** It was sent to the gateway that served the phone then: if that is another one by now, it is not carried out. */
    @Override
    public CompletionStage<Result> carryOut(CommandOrder order, Duration age) {
        PendingCommand pending = PendingCommand.of(order, timing.nanos().getAsLong() - age.toNanos());
        Optional<String> elsewhere = elsewhere(order);
        if (elsewhere.isEmpty()) {
            return carryOutHere(pending);
        }
        boolean nobody = elsewhere.get().equals(PhoneStatus.NOBODY);
        return results.refuse(pending, nobody ? NOWHERE : MOVED.formatted(elsewhere.get()));
    }

    private Optional<String> elsewhere(CommandOrder order) {
        return PhoneId.parse(order.phone()).flatMap(ownership::elsewhere);
    }

    private CompletionStage<Result> sendTo(RemotePhones remote, PendingCommand pending) {
        return remote.send(pending.order())
                .handle((result, failure) -> failure == null
                        ? CompletableFuture.completedStage(result)
                        : results.finish(
                                pending,
                                Status.FAILED,
                                OptionalInt.empty(),
                                Optional.ofNullable(cause(failure).getMessage())))
                .thenCompose(done -> done);
    }

    private static Throwable cause(Throwable failure) {
        Optional<Throwable> wrapped =
                Optional.ofNullable(failure.getCause()).filter(any -> failure instanceof CompletionException);
        return wrapped.orElse(failure);
    }

    private CompletionStage<Result> carryOutHere(PendingCommand pending) {
        try {
            CommandOrder order = pending.order();
            Optional<Groups.Group> group = group(order);
            if (group.isPresent()) {
                return new GroupCommand(group.get(), pending).carryOut(this, results);
            }
            return accept(pending);
        } catch (RuntimeException e) {
            return results.fault(pending, Status.REFUSED, e);
        }
    }

    private CompletionStage<Result> accept(PendingCommand pending) {
        CommandChecks.Finding finding = checks.check(pending);
        if (finding instanceof CommandChecks.Rejected rejected) {
            return results.finish(pending, rejected.status(), OptionalInt.empty(), Optional.of(rejected.why()));
        }
        if (finding instanceof CommandChecks.Own own) {
            return carryOut(own);
        }
        return enqueue((CommandChecks.Accepted) finding);
    }

    /** Needs no host and no turn: nothing is sent. */
    private CompletionStage<Result> carryOut(CommandChecks.Own own) {
        Optional<String> why = expiry.over(own.payload());
        if (why.isPresent()) {
            return results.refuse(own.pending(), why.get());
        }
        Phone phone = own.phone();
        phone.session().inOrder(() -> retained.states(phone, phone.session().resetMissed()));
        return results.finish(own.pending(), Status.ACCEPTED, OptionalInt.empty(), Optional.empty());
    }

    /** What a {@code dial} asked for, during its call: checked and queued as any command. */
    private CompletionStage<Result> goOn(CommandOrder order, DialedCall call) {
        PendingCommand pending = PendingCommand.of(order, timing.nanos().getAsLong());
        CommandChecks.Finding finding = checks.check(pending);
        if (finding instanceof CommandChecks.Accepted accepted) {
            return enqueue(accepted.during(call));
        }
        String why = finding instanceof CommandChecks.Rejected rejected ? rejected.why() : "nothing to send";
        return results.refuse(pending, why);
    }

    private CompletionStage<Result> enqueue(CommandChecks.Accepted job) {
        CompletableFuture<Result> result = new CompletableFuture<>();
        boolean taken = job.phone().session().commandQueue().offer(() -> {
            CompletionStage<Result> done = execution.carryOut(job);
            done.thenAccept(result::complete);
            return done;
        });
        return taken
                ? result
                : results.refuse(job.pending(), "busy: " + SerialQueue.MAX + " commands wait for this phone already");
    }
}
