package org.bellwire.core.event;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.bellwire.api.Mac;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Variables;
import org.bellwire.api.config.Rate;
import org.bellwire.api.port.ActionUrl;
import org.bellwire.api.port.ActionUrls;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.Reply;
import org.bellwire.api.port.UnknownPhones.UnknownPhone;
import org.bellwire.api.runtime.LogText;
import org.bellwire.api.spi.EventLog;
import org.bellwire.api.spi.EventTable;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.core.common.Moment;
import org.bellwire.core.phone.Phone;
import org.bellwire.core.phone.PhoneSession;
import org.bellwire.core.publish.EventPublisher;
import org.bellwire.core.publish.RetainedPublisher;
import org.bellwire.core.registry.PhoneIndex;
import org.bellwire.core.registry.PhoneLookup;
import org.bellwire.core.registry.PhoneRegistry;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The event flow: from an action URL to the phone it came from, through the vendor's table, to topics. Runs on Jetty threads. */
@Component(
        service = {ActionUrls.class, EventDesk.class},
        immediate = true)
public final class EventDesk implements ActionUrls {

    private static final Logger LOG = LoggerFactory.getLogger(EventDesk.class);
    /** Within the time that a phone waits for its answer. */
    private static final int UNTIL_COMPLETE_S = 4;

    private final PhoneRegistry registry;
    private final RetainedPublisher retained;
    private final Inbox inbox;
    private final AutoAdoption adoption;
    private final EventPublisher publisher;
    private final TokenFinder tokens;
    private final Clock clock;
    private final LongSupplier nanos;

    @Activate
    public EventDesk(
            @Reference PhoneRegistry registry,
            @Reference RetainedPublisher retained,
            @Reference Inbox inbox,
            @Reference AutoAdoption adoption,
            @Reference Bus bus,
            @Reference TokenFinder tokens) {
        this(registry, retained, inbox, adoption, bus, tokens, Clock.systemUTC(), System::nanoTime);
    }

    public EventDesk(
            PhoneRegistry registry,
            RetainedPublisher retained,
            Inbox inbox,
            AutoAdoption adoption,
            Bus bus,
            TokenFinder tokens,
            Clock clock,
            LongSupplier nanos) {
        this.registry = registry;
        this.retained = retained;
        this.inbox = inbox;
        this.adoption = adoption;
        publisher = new EventPublisher(retained, bus);
        this.tokens = tokens;
        this.clock = clock;
        this.nanos = nanos;
    }

    @Override
    public CompletionStage<Reply> receive(ActionUrl url) {
        try {
            return handle(url);
        } catch (RuntimeException e) {
            LOG.error(
                    "an event of vendor {} from {} met a fault of Bellwire",
                    LogText.clean(url.vendor()),
                    url.peer(),
                    e);
            return reply(Reply.UNAVAILABLE);
        }
    }

    /** Takes in what the phone's log tells, as if the phone had reported it. Does not block, and never completes exceptionally. */
    CompletionStage<Reply> logged(Phone phone, EventLog.Entry entry, Rate rate) {
        try {
            ReportedEvent told = ReportedEvent.logged(phone.binding().events(), entry, tokens);
            if (told.event().isEmpty()) {
                return reply(Reply.NO_EVENT);
            }
            return phone.session().rates().mayReport(rate, nanos.getAsLong())
                    ? publish(phone, told.event().get(), told.variables())
                    : reply(Reply.TOO_MANY);
        } catch (RuntimeException e) {
            LOG.error("phone {}: an event of its log met a fault of Bellwire", phone.id(), e);
            return reply(Reply.NO_EVENT);
        }
    }

    @Override
    public CompletionStage<Optional<PhoneId>> owner(String token) {
        Optional<PhoneId> owner = ownerNow(token);
        if (owner.isPresent() || !registry.isIncomplete()) {
            return CompletableFuture.completedFuture(owner);
        }
        return complete().thenApply(complete -> ownerNow(token));
    }

    private Optional<PhoneId> ownerNow(String token) {
        return registry.index().byToken(token).map(phone -> phone.settings().id());
    }

    @Override
    public Optional<PhoneId> sender(ActionUrl url) {
        return own(url).or(() -> registry.binding(url.vendor())
                        .filter(binding -> url.siteToken())
                        .flatMap(binding -> identify(
                                url,
                                ReportedEvent.read(binding.events(), url, tokens)
                                        .variables())))
                .map(phone -> phone.settings().id());
    }

    private Optional<Phone> own(ActionUrl url) {
        return url.siteToken() ? Optional.empty() : registry.index().byToken(url.token());
    }

    private CompletionStage<Reply> handle(ActionUrl url) {
        Optional<Phone> own = own(url);
        Optional<PhoneBinding> binding = registry.binding(url.vendor());
        boolean entitled = url.siteToken() || own.isPresent();
        if (!entitled && registry.isIncomplete()) {
            return onceComplete(url); // it may be a phone's own token, from a file that is not read yet
        }
        if (binding.isEmpty()) {
            return reply(entitled && registry.expects(url.vendor()) ? Reply.UNAVAILABLE : Reply.NOT_FOUND);
        }
        boolean ofVendor = own.filter(phone -> phone.binding() == binding.get()).isPresent();
        if (!url.siteToken() && !ofVendor) {
            return reply(Reply.NOT_FOUND);
        }
        ReportedEvent reported = ReportedEvent.read(binding.get().events(), url, tokens);
        if (reported.event().isEmpty()) {
            return reply(Reply.NO_EVENT);
        }
        return own.map(phone -> taken(phone, url, reported)).orElseGet(() -> identified(binding.get(), url, reported));
    }

    private CompletionStage<Reply> identified(PhoneBinding binding, ActionUrl url, ReportedEvent reported) {
        PhoneLookup lookup = registry.whileStable(binding, () -> identify(url, reported.variables()));
        if (lookup instanceof PhoneLookup.Found found) {
            return found.phone().binding() == binding ? taken(found.phone(), url, reported) : reply(Reply.NOT_FOUND);
        }
        if (registry.isIncomplete()) {
            return onceComplete(url);
        }
        if (lookup instanceof PhoneLookup.Unstable) {
            return reply(Reply.UNAVAILABLE);
        }
        UnknownPhone noted = inbox.note(url, reported.variables());
        if (url.newcomer().welcome()) {
            adoption.offer(noted);
        }
        return reply(Reply.UNKNOWN_PHONE);
    }

    private CompletionStage<Reply> taken(Phone phone, ActionUrl url, ReportedEvent reported) {
        if (!phone.session().rates().mayReport(url.phoneRate(), nanos.getAsLong())) {
            return reply(Reply.TOO_MANY);
        }
        return publish(phone, reported.event().orElseThrow(), reported.variables());
    }

    /** Which phone is it? By its MAC, by {@code phone=}, or by its address when only one phone has it. */
    private Optional<Phone> identify(ActionUrl url, Variables variables) {
        PhoneIndex index = registry.index();
        Optional<Mac> mac = variables.get("mac").flatMap(Mac::parse);
        Optional<String> id = variables.get("phone");
        return mac.flatMap(index::byMac)
                .or(() -> id.flatMap(index::byId))
                .or(() -> id.isPresent()
                        ? Optional.empty()
                        : index.byHost(url.peer())
                                .filter(there ->
                                        mac.isEmpty() || there.settings().mac().isEmpty()));
    }

    /** After the start, phones report before their files have been read. */
    private CompletionStage<Reply> onceComplete(ActionUrl url) {
        return complete().thenCompose(complete -> receive(url)).exceptionally(late -> Reply.UNAVAILABLE);
    }

    private CompletableFuture<Void> complete() {
        return registry.complete().toCompletableFuture().copy().orTimeout(UNTIL_COMPLETE_S, TimeUnit.SECONDS);
    }

    private CompletionStage<Reply> publish(Phone phone, String event, Variables variables) {
        PhoneSession session = phone.session();
        EventTable table = phone.binding().events();
        Sending sending = session.inOrder(() -> {
            Moment now = new Moment(clock.instant(), nanos.getAsLong());
            PhoneSession.Occurrence occurrence = session.takeIn(table, event, variables, now);
            retained.alive(phone);
            if (occurrence.infoChanged()) {
                retained.info(phone);
            }
            return new Sending(
                    occurrence.facts(), publisher.publish(phone, occurrence, now.time(), variables.asSent()));
        });
        for (PhoneSession.Fact fact : sending.facts()) {
            session.dialedCalls().happened(fact.type(), fact.call());
            if (!fact.presumed()) {
                session.confirmations().happened(fact.type());
            }
        }
        return sending.sent().handle((done, failure) -> failure == null ? Reply.ACCEPTED : Reply.UNAVAILABLE);
    }

    /** What an event became, on its way to the broker. */
    private record Sending(List<PhoneSession.Fact> facts, CompletableFuture<Void> sent) {}

    private static CompletionStage<Reply> reply(Reply reply) {
        return CompletableFuture.completedFuture(reply);
    }
}
