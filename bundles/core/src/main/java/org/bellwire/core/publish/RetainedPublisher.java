package org.bellwire.core.publish;

import java.util.Map;
import java.util.function.Supplier;
import org.bellwire.api.Message;
import org.bellwire.api.Property;
import org.bellwire.api.port.Bus;
import org.bellwire.core.common.Timing;
import org.bellwire.core.persist.StatePersister;
import org.bellwire.core.phone.Phone;
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

    private final PhoneRegistry directory;
    private final Bus bus;
    private final RepublishQueue untold;
    private Bus.Subscription connection = () -> {};

    /**
     * @param persister is there for the order: what is handed over has been activated, so the phones know again what they knew
     *     before anything of them is published
     */
    @Activate
    public RetainedPublisher(
            @Reference PhoneRegistry directory, @Reference Bus bus, @Reference StatePersister persister) {
        this(directory, bus, Timing.real("bellwire-announcer"));
    }

    /** For tests. Not a constructor: SCR takes any public one with as many parameters for its own. */
    public static RetainedPublisher with(PhoneRegistry directory, Bus bus, Timing timing) {
        return new RetainedPublisher(directory, bus, timing);
    }

    private RetainedPublisher(PhoneRegistry directory, Bus bus, Timing timing) {
        this.directory = directory;
        this.bus = bus;
        untold = new RepublishQueue(directory, bus, timing);
    }

    /** Listens to the phones and to the connection from now on. */
    @Activate
    public void open() {
        untold.start();
        directory.watch(this);
        connection = bus.onConnection(untold::everything, () -> {});
    }

    @Deactivate
    public void stop() {
        connection.close();
        directory.unwatch(this);
        untold.stop();
    }

    @Override
    public void appeared(Phone phone) {
        untold.phone(phone);
        untold.bridge();
    }

    /** What is known of it is known to the broker, too: only what the file changed is news. */
    @Override
    public void changed(Phone phone, Phone before) {
        if (phone.binding() != before.binding()) {
            untold.phone(phone);
        } else if (!PhoneInfo.message(phone).equals(PhoneInfo.message(before))) {
            untold.info(phone);
        }
    }

    @Override
    public void vanished(Phone phone) {
        untold.clear(Topics.info(phone));
        untold.clear(Topics.availability(phone));
        for (Property property : phone.binding().events().properties()) {
            untold.clear(Topics.state(phone, property));
        }
        untold.bridge();
    }

    @Override
    public void vendorsChanged() {
        untold.bridge();
    }

    public void inbox(Supplier<Message> message) {
        untold.inbox(message);
    }

    public void inboxChanged() {
        untold.inbox();
    }

    /** The phone gave a sign of life. */
    public void alive(Phone phone) {
        phone.session().inOrder(() -> {
            if (phone.session().availability().alive()) {
                tell(phone, AvailabilityMessage.of(phone));
            }
        });
    }

    /** A probe of the phone went unanswered. */
    public void silent(Phone phone) {
        phone.session().inOrder(() -> {
            if (phone.session().availability().silent()) {
                LOG.warn("phone {}: does not answer any more; is it switched on, is host right?", phone.id());
                tell(phone, AvailabilityMessage.of(phone));
            }
        });
    }

    /** The phone said something new of itself. After a start all do, so this waits until there is time. */
    public void info(Phone phone) {
        untold.info(phone);
    }

    void states(Phone phone, Map<Property, String> changes) {
        changes.forEach((property, value) -> tell(phone, Message.retained(Topics.state(phone, property), value)));
    }

    /** Says it, unless the phone has vanished meanwhile: what is retained then would stay for good. */
    private void tell(Phone phone, Message message) {
        boolean vanished = directory
                .index()
                .byId(phone.id())
                .filter(now -> now.session() == phone.session())
                .isEmpty();
        if (vanished) {
            return;
        }
        bus.publish(message).whenComplete((done, failure) -> {
            if (failure != null) {
                untold.phone(phone);
            }
        });
    }
}
