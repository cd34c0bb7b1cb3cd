package org.bellwire.core.event;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Variables;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.CommandOrder;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.EventOutlet;
import org.bellwire.api.port.PartitionOwner;
import org.bellwire.api.port.Report;
import org.bellwire.api.spi.EventTable;
import org.bellwire.core.command.CommandSubscriber;
import org.bellwire.core.command.SiteSubscriptions;
import org.bellwire.core.common.Moment;
import org.bellwire.core.persist.PhoneSnapshotJson;
import org.bellwire.core.phone.EventFact;
import org.bellwire.core.phone.Phone;
import org.bellwire.core.phone.PhoneSession;
import org.bellwire.core.phone.PhoneSnapshot;
import org.bellwire.core.publish.EventPublisher;
import org.bellwire.core.publish.RetainedPublisher;
import org.bellwire.core.registry.PhoneRegistry;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The second half of the event flow: from a report, through what is known of its phone, to topics. */
@Component(service = {PartitionOwner.class, ReportProcessor.class})
public final class ReportProcessor implements PartitionOwner {

    /** Who counts now, if somebody does. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Optional<Counters> counters = Optional.empty();

    private final PhoneRegistry registry;
    private final RetainedPublisher retained;
    private final Bus bus;
    private final EventPublisher publisher;
    private final Clock clock;
    private final LongSupplier nanos;

    @Activate
    public ReportProcessor(
            @Reference PhoneRegistry registry, @Reference RetainedPublisher retained, @Reference Bus bus) {
        this(registry, retained, bus, Clock.systemUTC(), System::nanoTime);
    }

    public ReportProcessor(
            PhoneRegistry registry, RetainedPublisher retained, Bus bus, Clock clock, LongSupplier nanos) {
        this.registry = registry;
        this.retained = retained;
        this.bus = bus;
        publisher = new EventPublisher(retained, bus::deliver);
        this.clock = clock;
        this.nanos = nanos;
    }

    @Override
    public boolean isComplete() {
        return !registry.isIncomplete();
    }

    @Override
    public boolean knows(Report report) {
        return find(report).isPresent();
    }

    private Optional<Phone> find(Report report) {
        return registry.index()
                .byId(report.phone().value())
                .filter(phone -> phone.binding().info().id().equals(report.vendor()));
    }

    @Override
    public CompletionStage<Void> take(Report report, Position position, EventOutlet outlet) {
        Optional<Phone> phone = find(report);
        if (phone.isEmpty()) {
            return CompletableFuture.failedFuture(new Bus.Undelivered("the phone is gone"));
        }
        PhoneSession session = phone.get().session();
        Sending sending = session.inOrder(() -> takeIn(phone.get(), report, position, outlet));
        for (EventFact fact : sending.facts()) {
            session.dialedCalls().happened(fact.type(), fact.call());
            if (!fact.presumed()) {
                session.confirmations().happened(fact.type());
            }
        }
        return sending.sent();
    }

    /** What a report became, on its way to the broker. */
    private record Sending(List<EventFact> facts, CompletionStage<Void> sent) {

        static final Sending NOTHING = new Sending(List.of(), CompletableFuture.completedFuture(null));
    }

    private Sending takeIn(Phone phone, Report report, Position position, EventOutlet outlet) {
        PhoneSession session = phone.session();
        if (position.offset() >= 0) {
            if (position.offset() <= session.offset()) {
                return Sending.NOTHING;
            }
            session.at(position.offset());
            boolean first = session.isFirst(report.id());
            if (position.delayed() && !first) {
                return Sending.NOTHING; // written twice, since nobody told in time that it was
            }
        }
        if (position.delayed() && isOvertaken(report, session)) {
            return new Sending(List.of(), publisher.publishLate(phone, report, outlet));
        }
        EventTable table = phone.binding().events();
        PhoneSession.Occurrence occurrence =
                session.takeIn(table, report.event(), variables(table, report, position), moment(report, position));
        retained.alive(phone);
        if (occurrence.infoChanged()) {
            retained.info(phone);
        }
        return new Sending(occurrence.facts(), publisher.publish(phone, occurrence, report, outlet));
    }

    /** The log holds them as they were sent, without the names that the table gives them. */
    private static Variables variables(EventTable table, Report report, Position position) {
        return position.offset() < 0 ? report.variables() : table.named(report.variables());
    }

    /** As of when it was reported, so that taking it in once more makes the same of it. */
    private Moment moment(Report report, Position position) {
        return position.offset() < 0
                ? new Moment(report.time(), nanos.getAsLong())
                : Moment.before(report.time(), now());
    }

    private Moment now() {
        return new Moment(clock.instant(), nanos.getAsLong());
    }

    private static boolean isOvertaken(Report report, PhoneSession session) {
        Instant last = session.lastEventTime().orElse(Instant.MIN);
        return !report.time().isAfter(last);
    }

    @Override
    public Optional<Instant> lastReport(PhoneId id) {
        return registry.index()
                .byId(id.value())
                .flatMap(phone -> phone.session().lastEventTime());
    }

    @Override
    public Optional<Knowledge> knowledge(PhoneId id) {
        return registry.index().byId(id.value()).map(phone -> {
            var snapshot = phone.session().snapshot();
            return new Knowledge(PhoneSnapshotJson.write(phone.settings().keptFor(), snapshot), snapshot.offset());
        });
    }

    @Override
    public void begin(Predicate<PhoneId> owned, Map<PhoneId, String> known) {
        Moment now = now();
        for (Phone phone : registry.index().all()) {
            PhoneId id = phone.settings().id();
            if (owned.test(id)) {
                PhoneSession session = phone.session();
                // What this gateway took in when it owned the phone before may never have arrived anywhere.
                boolean tookIn = session.offset() != PhoneSnapshot.NO_OFFSET;
                session.at(PhoneSnapshot.NO_OFFSET);
                Optional.ofNullable(known.get(id))
                        .flatMap(text ->
                                PhoneSnapshotJson.read(text, phone.settings().keptFor(), now))
                        .or(() -> tookIn ? Optional.of(PhoneSnapshot.NOTHING) : Optional.empty())
                        .ifPresent(snapshot ->
                                session.takeOver(snapshot, phone.binding().events()));
            }
        }
    }

    @Override
    public void republish() {
        retained.republish();
    }

    @Override
    public Bus.Subscription listen(Consumer<CommandOrder> log) {
        return SiteSubscriptions.open(
                bus,
                registry.sites(),
                root -> new CommandSubscriber(root, log, () -> counters.orElse(Counters.NONE), nanos));
    }
}
