package org.bellwire.core.event;

import java.time.Clock;
import java.time.Instant;
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
import org.bellwire.api.port.Bus.Undelivered;
import org.bellwire.api.port.Reply;
import org.bellwire.api.port.Report;
import org.bellwire.api.port.UnknownPhones.UnknownPhone;
import org.bellwire.api.runtime.LogText;
import org.bellwire.api.spi.EventLog;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.core.phone.Phone;
import org.bellwire.core.publish.EventIds;
import org.bellwire.core.registry.Ownership;
import org.bellwire.core.registry.PhoneIndex;
import org.bellwire.core.registry.PhoneLookup;
import org.bellwire.core.registry.PhoneRegistry;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first half of the event flow: from an action URL to a report of the phone it came from. Runs on Jetty threads. */
@Component(
        service = {ActionUrls.class, EventDesk.class},
        immediate = true)
public final class EventDesk implements ActionUrls {

    private static final Logger LOG = LoggerFactory.getLogger(EventDesk.class);
    /** Within the time that a phone waits for its answer. */
    private static final int UNTIL_COMPLETE_S = 4;

    private final PhoneRegistry registry;
    private final Inbox inbox;
    private final AutoAdoption adoption;
    private final DirectIngest direct;
    private final Ownership ownership;
    private final TokenFinder tokens;
    private final EventIds ids = new EventIds();
    private final Clock clock;
    private final LongSupplier nanos;

    @Activate
    public EventDesk(
            @Reference PhoneRegistry registry,
            @Reference Inbox inbox,
            @Reference AutoAdoption adoption,
            @Reference DirectIngest direct,
            @Reference Ownership ownership,
            @Reference TokenFinder tokens) {
        this(registry, inbox, adoption, direct, ownership, tokens, Clock.systemUTC(), System::nanoTime);
    }

    public EventDesk(
            PhoneRegistry registry,
            Inbox inbox,
            AutoAdoption adoption,
            DirectIngest direct,
            Ownership ownership,
            TokenFinder tokens,
            Clock clock,
            LongSupplier nanos) {
        this.registry = registry;
        this.inbox = inbox;
        this.adoption = adoption;
        this.direct = direct;
        this.ownership = ownership;
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
            return mayReport(phone, rate) ? passed(phone, told.event().get(), told.variables()) : reply(Reply.TOO_MANY);
        } catch (RuntimeException e) {
            LOG.error("phone {}: an event of its log met a fault of Bellwire", phone.id(), e);
            return reply(Reply.NO_EVENT);
        }
    }

    /** Within the bounds that its action URLs would have. */
    private boolean mayReport(Phone phone, Rate rate) {
        long now = nanos.getAsLong();
        return registry.sites().mayAsk(phone.site().id(), now)
                && phone.session().rates().mayReport(rate, now);
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
        return registry.index()
                .byToken(token)
                .filter(phone -> phone.site().id().isOwn()) // triggers are no tenant's
                .map(phone -> phone.settings().id());
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
        return url.siteToken()
                ? Optional.empty()
                : registry.index()
                        .byToken(url.token())
                        .filter(phone -> phone.site().allows(url.peer(), url.usual()));
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
        if (!registry.sites().mayAsk(own.map(phone -> phone.site().id()).orElse(url.site()), nanos.getAsLong())) {
            return reply(Reply.TOO_MANY);
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
        return passed(phone, reported.event().orElseThrow(), reported.variables());
    }

    /** Which phone is it? By its MAC, by {@code phone=}, or by its address when only one phone has it. */
    private Optional<Phone> identify(ActionUrl url, Variables variables) {
        PhoneIndex index = registry.index();
        Optional<Mac> mac = variables.get("mac").flatMap(Mac::parse);
        Optional<String> id = variables.get("phone");
        return mac.flatMap(text -> index.byMac(url.site(), text))
                .or(() -> id.flatMap(text -> index.byId(url.site(), text)))
                .or(() -> id.isPresent()
                        ? Optional.empty()
                        : index.byHost(url.site(), url.peer())
                                .filter(there ->
                                        mac.isEmpty() || there.settings().mac().isEmpty()));
    }

    /** After the start, phones report before their files have been read. */
    private CompletionStage<Reply> onceComplete(ActionUrl url) {
        return complete().thenCompose(complete -> receive(known(url))).exceptionally(late -> Reply.UNAVAILABLE);
    }

    /** The token may be that of a site whose file has been read meanwhile. */
    private ActionUrl known(ActionUrl url) {
        return url.siteToken()
                ? url
                : registry.sites()
                        .ofToken(url.token())
                        .filter(site -> site.allows(url.peer(), url.usual()))
                        .map(site -> url.of(site.id()))
                        .orElse(url);
    }

    private CompletableFuture<Void> complete() {
        return registry.complete().toCompletableFuture().copy().orTimeout(UNTIL_COMPLETE_S, TimeUnit.SECONDS);
    }

    private CompletionStage<Reply> passed(Phone phone, String event, Variables variables) {
        Instant now = clock.instant();
        String vendor = phone.binding().info().id();
        Report report = new Report(phone.settings().id(), vendor, event, variables, now, ids.next(now));
        try {
            return ownership
                    .ingest(direct)
                    .take(report)
                    .handle((done, failure) -> failure == null ? Reply.ACCEPTED : Reply.UNAVAILABLE);
        } catch (Undelivered e) {
            LOG.debug("phone {}: its report is refused", phone.id(), e);
            return reply(Reply.UNAVAILABLE);
        }
    }

    private static CompletionStage<Reply> reply(Reply reply) {
        return CompletableFuture.completedFuture(reply);
    }
}
