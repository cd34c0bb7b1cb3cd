package org.bellwire.core.publish;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.bellwire.api.Message;
import org.bellwire.api.Property;
import org.bellwire.api.SiteId;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.Gateways;
import org.bellwire.api.port.PhoneListener;
import org.bellwire.api.port.Site;
import org.bellwire.api.runtime.Timing;
import org.bellwire.core.persist.StatePersister;
import org.bellwire.core.phone.Phone;
import org.bellwire.core.registry.Ownership;
import org.bellwire.core.registry.PhoneRegistry;
import org.bellwire.core.registry.PhoneWatcher;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the retained topics true: publishes at once what an event changes, and leaves to {@link RepublishQueue} what may come
 * after events: what phones are, all of it after each connect, and what the broker did not take.
 */
@Component(service = RetainedPublisher.class, immediate = true)
public final class RetainedPublisher implements PhoneWatcher {

    private static final Logger LOG = LoggerFactory.getLogger(RetainedPublisher.class);

    private final PhoneRegistry registry;
    private final Bus bus;
    private final RepublishQueue republish;
    private final Ownership ownership;
    private final PhoneListeners listeners;
    private Bus.Subscription connection = () -> {};
    private Bus.Subscription sites = () -> {};

    /**
     * @param persister is there for the order: what is handed over has been activated, so the phones know again what they knew
     *     before anything of them is published
     */
    @Activate
    public RetainedPublisher(
            @Reference PhoneRegistry registry,
            @Reference Bus bus,
            @Reference StatePersister persister,
            @Reference PhoneListeners listeners,
            @Reference Ownership ownership) {
        this(registry, bus, Timing.real("bellwire-republish"), listeners, ownership);
    }

    /** For tests. Not a constructor: SCR takes any public one with as many parameters for its own. */
    public static RetainedPublisher with(PhoneRegistry registry, Bus bus, Timing timing, PhoneListener... listeners) {
        return with(registry, bus, timing, Ownership.ofAll(), listeners);
    }

    /** The same for one that does not own all phones. */
    public static RetainedPublisher with(
            PhoneRegistry registry, Bus bus, Timing timing, Ownership ownership, PhoneListener... listeners) {
        return new RetainedPublisher(registry, bus, timing, PhoneListeners.of(listeners), ownership);
    }

    private RetainedPublisher(
            PhoneRegistry registry, Bus bus, Timing timing, PhoneListeners listeners, Ownership ownership) {
        this.listeners = listeners;
        this.registry = registry;
        this.bus = bus;
        this.ownership = ownership;
        republish = new RepublishQueue(registry, ownership, bus, timing);
    }

    /** Those outside core that want to know what happens to the phones. */
    public PhoneListeners listeners() {
        return listeners;
    }

    /** Listens to the phones and to the connection from now on. */
    @Activate
    public void open() {
        republish.start();
        registry.watch(this);
        sites = registry.sites().watch(this::siteChanged);
        connection = bus.onConnection(republish::republishAll, () -> {});
    }

    @Deactivate
    public void stop() {
        connection.close();
        sites.close();
        registry.unwatch(this);
        republish.stop();
    }

    private void siteChanged(Optional<Site> before) {
        Set<String> roots = registry.sites().roots();
        before.map(Site::root).filter(root -> !roots.contains(root)).ifPresent(root -> {
            republish.clear(Topics.BRIDGE_INFO.below(root));
            republish.clear(Topics.BRIDGE_INBOX.below(root));
        });
        republish.bridgeOfAll();
    }

    @Override
    public void appeared(Phone phone) {
        republish.phone(phone);
        republish.bridge(phone.site().id());
        listeners.tell(each -> each.changed(phone.settings().id()));
    }

    /** What is known of it is known to the broker, too: only what the file changed is news. */
    @Override
    public void changed(Phone phone, Phone before) {
        if (phone.binding() != before.binding()) {
            republish.phone(phone);
        } else if (!PhoneInfo.message(phone).equals(PhoneInfo.message(before))) {
            republish.info(phone);
        }
        listeners.tell(each -> each.changed(phone.settings().id()));
    }

    @Override
    public void vanished(Phone phone) {
        republish.clear(Topics.info(phone));
        republish.clear(Topics.availability(phone));
        for (Property property : phone.binding().events().properties()) {
            republish.clear(Topics.state(phone, property));
        }
        republish.bridge(phone.site().id());
        listeners.tell(each -> each.gone(phone.settings().id()));
    }

    @Override
    public void vendorsChanged() {
        republish.bridgeOfAll();
        listeners.tell(PhoneListener::vendorsChanged);
    }

    /** Says all of it again, as after a connect: this gateway owns other phones than before. */
    public void republish() {
        republish.republishAll();
        ownership.sayAgain();
    }

    /** Who is unknown at a site is told by this message. */
    public void inbox(Function<Site, Message> message) {
        republish.inbox(message);
    }

    /** Who serves the building with this gateway; empty: it is alone. Told anew by each call. */
    void gateways(Optional<Gateways> several) {
        republish.gateways(several);
    }

    public void inboxChanged(SiteId site) {
        republish.inbox(site);
    }

    /** The phone gave a sign of life. */
    public void alive(Phone phone) {
        phone.session().inOrder(() -> {
            if (phone.session().availability().alive()) {
                tell(phone, AvailabilityMessage.of(phone));
                listeners.tell(each -> each.availability(phone.settings().id(), true));
            }
        });
    }

    /** A probe of the phone went unanswered. */
    public void silent(Phone phone) {
        phone.session().inOrder(() -> {
            if (phone.session().availability().silent()) {
                LOG.warn("phone {}: does not answer any more; is it switched on, is host right?", phone.id());
                tell(phone, AvailabilityMessage.of(phone));
                listeners.tell(each -> each.availability(phone.settings().id(), false));
            }
        });
    }

    /** The phone said something new of itself. After a start all do, so this waits until there is time. */
    public void info(Phone phone) {
        republish.info(phone);
        listeners.tell(each -> each.changed(phone.settings().id()));
    }

    /** In the order of {@link Property}. When the broker takes one no more, all of them come later in that order. */
    public void states(Phone phone, Map<Property, String> changes) {
        for (Map.Entry<Property, String> change : changes.entrySet()) {
            if (!tell(phone, Message.retained(Topics.state(phone, change.getKey()), change.getValue()))) {
                break;
            }
        }
        if (!changes.isEmpty()) {
            listeners.tell(each -> each.states(phone.settings().id(), changes));
        }
    }

    /**
     * Says it, unless the phone has vanished meanwhile: what is retained then would stay for good. False if it is known already
     * that nobody heard it.
     */
    private boolean tell(Phone phone, Message message) {
        boolean vanished = registry.index()
                .byId(phone.id())
                .filter(now -> now.session() == phone.session())
                .isEmpty();
        if (vanished) {
            return false;
        }
        CompletableFuture<Void> sent = bus.publish(message).toCompletableFuture();
        sent.whenComplete((done, failure) -> {
            if (failure != null) {
                republish.phone(phone);
            }
        });
        return !sent.isCompletedExceptionally();
    }
}
