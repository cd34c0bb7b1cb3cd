package org.bellwire.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.bellwire.api.Message;
import org.bellwire.api.Property;
import org.bellwire.api.Topic;
import org.bellwire.api.port.Bus;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the retained topics true: says what changes at once, says everything again after each connect, and repeats what the
 * broker did not take. What needs time runs on a thread of its own.
 */
@Component(
        service = Announcer.class,
        immediate = true,
        reference = @Reference(name = "recollection", service = Recollection.class)) // first the phones know again
public final class Announcer implements PhoneDirectory.Watcher {

    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);
    private static final int UNDER_WAY = 320;
    private static final int PER_PHONE = 2 + Property.values().length;

    private final PhoneDirectory directory;
    private final Bus bus;
    private final Instant started;
    private final ScheduledExecutorService thread;
    private final Semaphore window = new Semaphore(UNDER_WAY);
    private final Set<String> untold = ConcurrentHashMap.newKeySet();
    private final Map<Topic, Boolean> toClear = new ConcurrentHashMap<>();
    private final AtomicBoolean bridgeUntold = new AtomicBoolean();
    private final AtomicBoolean inboxUntold = new AtomicBoolean();
    private final Bus.Subscription connection;
    private volatile Supplier<Message> inbox = () -> Message.retained(Topics.BRIDGE_INBOX, "[]");

    @Activate
    public Announcer(@Reference PhoneDirectory directory, @Reference Bus bus) {
        this(directory, bus, Timing.real("bellwire-announcer"));
    }

    Announcer(PhoneDirectory directory, Bus bus, Timing timing) {
        this.directory = directory;
        this.bus = bus;
        thread = timing.timer();
        started = timing.clock().instant();
        directory.watch(this);
        connection = bus.onConnection(this::connected, () -> {});
        thread.scheduleWithFixedDelay(this::tellUntold, 1, 1, TimeUnit.SECONDS);
    }

    @Deactivate
    void stop() {
        connection.close();
        directory.unwatch(this);
        thread.shutdownNow();
    }

    /** What changed while there was no connection, and what the broker may have forgotten. */
    private void connected() {
        bridgeUntold.set(true);
        inboxUntold.set(true);
        directory.index().all().forEach(phone -> untold.add(phone.id()));
        thread.execute(this::tellUntold);
    }

    @Override
    public void appeared(Phone phone) {
        untold.add(phone.id());
        bridgeUntold.set(true);
    }

    @Override
    public void vanished(Phone phone) {
        toClear.put(Topics.info(phone), true);
        toClear.put(Topics.availability(phone), true);
        for (Property property : phone.binding().events().properties()) {
            toClear.put(Topics.state(phone, property), true);
        }
        bridgeUntold.set(true);
    }

    void inbox(Supplier<Message> message) {
        inbox = message;
        inboxUntold.set(true);
    }

    void inboxChanged() {
        inboxUntold.set(true);
    }

    /** The phone gave a sign of life. */
    void alive(Phone phone) {
        synchronized (phone.memory()) {
            if (phone.memory().availability().alive()) {
                tell(phone, availability(phone));
            }
        }
    }

    /** A probe of the phone went unanswered. */
    void silent(Phone phone) {
        synchronized (phone.memory()) {
            if (phone.memory().availability().silent()) {
                LOG.warn("phone {}: does not answer any more; is it switched on, is host right?", phone.id());
                tell(phone, availability(phone));
            }
        }
    }

    void info(Phone phone) {
        tell(phone, Message.retained(Topics.info(phone), PhoneInfo.json(phone)));
    }

    void states(Phone phone, Map<Property, String> changes) {
        changes.forEach((property, value) -> tell(phone, Message.retained(Topics.state(phone, property), value)));
    }

    /** Says it, unless the phone has vanished meanwhile: what is retained then would stay for good. */
    private void tell(Phone phone, Message message) {
        boolean vanished = directory
                .index()
                .byId(phone.id())
                .filter(now -> now.memory() == phone.memory())
                .isEmpty();
        if (vanished) {
            return;
        }
        bus.publish(message).whenComplete((done, failure) -> {
            if (failure != null) {
                untold.add(phone.id());
            }
        });
    }

    /** Repeats what the broker has not got yet, within a window so that events come first. */
    private void tellUntold() {
        try {
            if (!bus.isConnected()) {
                return;
            }
            for (Topic topic : List.copyOf(toClear.keySet())) {
                clear(topic);
            }
            if (bridgeUntold.getAndSet(false)) {
                slowly(Message.retained(Topics.BRIDGE_INFO, bridgeJson()), () -> bridgeUntold.set(true));
            }
            if (inboxUntold.getAndSet(false)) {
                slowly(inbox.get(), () -> inboxUntold.set(true));
            }
            for (String id : List.copyOf(untold)) {
                untold.remove(id);
                Optional<Phone> phone = directory.index().byId(id);
                if (phone.isPresent()) {
                    tellAll(phone.get());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("announcing failed and is tried again", e);
        }
    }

    private void tellAll(Phone phone) throws InterruptedException {
        if (!window.tryAcquire(PER_PHONE, 10, TimeUnit.SECONDS)) {
            untold.add(phone.id());
            return;
        }
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        synchronized (phone.memory()) {
            sent.add(publish(Message.retained(Topics.info(phone), PhoneInfo.json(phone))));
            sent.add(publish(availability(phone)));
            phone.memory()
                    .states()
                    .forEach((property, value) ->
                            sent.add(publish(Message.retained(Topics.state(phone, property), value))));
        }
        CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).whenComplete((done, failure) -> {
            window.release(PER_PHONE);
            if (failure != null) {
                untold.add(phone.id());
            }
        });
    }

    private CompletableFuture<Void> publish(Message message) {
        return bus.publish(message).toCompletableFuture();
    }

    /** Removes what the broker keeps, unless a phone of this name came and has something to say there. */
    private void clear(Topic topic) throws InterruptedException {
        if (!window.tryAcquire(10, TimeUnit.SECONDS)) {
            return;
        }
        toClear.remove(topic);
        Optional<Phone> phone = directory.index().byId(topic.levels().get(0));
        synchronized (phone.map(Phone::memory).orElseGet(PhoneMemory::new)) {
            if (phone.filter(p -> says(p, topic)).isPresent()) {
                window.release();
            } else {
                send(Message.retained(topic, ""), () -> toClear.put(topic, true));
            }
        }
    }

    private static boolean says(Phone phone, Topic topic) {
        return topic.equals(Topics.info(phone))
                || topic.equals(Topics.availability(phone))
                || phone.memory().states().keySet().stream()
                        .anyMatch(property -> topic.equals(Topics.state(phone, property)));
    }

    private void slowly(Message message, Runnable otherwise) throws InterruptedException {
        if (!window.tryAcquire(10, TimeUnit.SECONDS)) {
            otherwise.run();
            return;
        }
        send(message, otherwise);
    }

    /** Publishes with a permit of the window, and gives that back. */
    private void send(Message message, Runnable otherwise) {
        bus.publish(message).whenComplete((done, failure) -> {
            window.release();
            if (failure != null) {
                otherwise.run();
            }
        });
    }

    private static Message availability(Phone phone) {
        String word = phone.memory().availability().isOnline() ? "online" : "offline";
        return Message.retained(Topics.availability(phone), word);
    }

    private String bridgeJson() {
        return Json.object(json -> {
            json.name("version").value(Version.current());
            json.name("instance").value(System.getProperty("karaf.name", "root"));
            Json.strings(
                    json,
                    "vendors",
                    directory.bindings().stream().map(b -> b.info().id()).toList());
            json.name("phones").value(directory.index().all().size());
            json.name("started").value(Json.time(started));
        });
    }
}
