package org.bellwire.core.publish;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.bellwire.api.Message;
import org.bellwire.api.Property;
import org.bellwire.api.SiteId;
import org.bellwire.api.Topic;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.Gateways;
import org.bellwire.api.port.Site;
import org.bellwire.api.runtime.Timing;
import org.bellwire.core.phone.Phone;
import org.bellwire.core.registry.Ownership;
import org.bellwire.core.registry.PhoneRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Republishes retained topics in the background, for at most an eleventh of the time and with at most 320 messages in flight,
 * so that events come first however many phones there are.
 */
final class RepublishQueue {

    private static final Logger LOG = LoggerFactory.getLogger(RepublishQueue.class);
    private static final int UNDER_WAY = 320;
    private static final int PER_PHONE = 2 + Property.values().length;
    /** What failed is tried again so often, and no rest is longer. */
    private static final Duration RETRY = Duration.ofSeconds(1);

    private static final Duration ROUND = Duration.ofMillis(20);
    /** After a round, so many times as long as it took. */
    private static final int REST = 10;

    private final PhoneRegistry registry;
    private final Ownership ownership;
    private final Bus bus;
    private final BridgeInfo bridgeInfo;
    private final LongSupplier nanos;
    private final ScheduledExecutorService thread;
    private final Semaphore window = new Semaphore(UNDER_WAY);
    /** The ids of those of which all is to be told. */
    private final Set<String> phones = ConcurrentHashMap.newKeySet();
    /** The ids of those that said something new of themselves. */
    private final Set<String> infos = ConcurrentHashMap.newKeySet();

    private final Set<Topic> toClear = ConcurrentHashMap.newKeySet();
    /** The sites of which is to be told what there is. */
    private final Set<SiteId> bridge = ConcurrentHashMap.newKeySet();
    /** The sites of which is to be told who is unknown. */
    private final Set<SiteId> inbox = ConcurrentHashMap.newKeySet();

    private final AtomicBoolean awake = new AtomicBoolean();
    private volatile long notBefore;
    private volatile Function<Site, Message> inboxMessage =
            site -> Message.retained(Topics.BRIDGE_INBOX.below(site.root()), "[]");

    RepublishQueue(PhoneRegistry registry, Ownership ownership, Bus bus, Timing timing) {
        this.registry = registry;
        this.ownership = ownership;
        this.bus = bus;
        bridgeInfo = new BridgeInfo(registry, timing.clock().instant());
        nanos = timing.nanos();
        thread = timing.timer();
        notBefore = nanos.getAsLong();
    }

    void start() {
        thread.scheduleWithFixedDelay(this::wake, RETRY.toNanos(), RETRY.toNanos(), TimeUnit.NANOSECONDS);
    }

    void stop() {
        thread.shutdownNow();
    }

    /** There is a connection, and nobody knows what the broker remembers. */
    void republishAll() {
        bridgeOfAll();
        inbox.addAll(registry.sites().ids());
        registry.index().all().forEach(phone -> phones.add(phone.id()));
        wake();
    }

    void phone(Phone phone) {
        phones.add(phone.id());
    }

    /** At once when there is little to tell. */
    void info(Phone phone) {
        infos.add(phone.id());
        wake();
    }

    void bridge(SiteId site) {
        bridge.add(site);
    }

    void bridgeOfAll() {
        bridge.addAll(registry.sites().ids());
    }

    void gateways(Optional<Gateways> several) {
        bridgeInfo.gateways(several);
        bridgeOfAll();
    }

    void inbox(SiteId site) {
        inbox.add(site);
    }

    void inbox(Function<Site, Message> message) {
        inboxMessage = message;
        inbox.addAll(registry.sites().ids());
    }

    /** What is retained there is to be removed. At once when there is little to tell. */
    void clear(Topic topic) {
        toClear.add(topic);
        wake();
    }

    /** On the way of events: nothing else than to look if somebody has woken the thread already. */
    private void wake() {
        if (awake.get() || !awake.compareAndSet(false, true)) {
            return;
        }
        try {
            thread.schedule(this::go, Math.max(0, notBefore - nanos.getAsLong()), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("stopping: what is republish stays so");
        }
    }

    private void go() {
        awake.set(false);
        long begin = nanos.getAsLong();
        if (notBefore - begin > 0) { // woken during the last round, when its rest was not known
            wake();
            return;
        }
        boolean cutShort = round();
        long end = nanos.getAsLong();
        notBefore = end + Math.min(REST * (end - begin), RETRY.toNanos());
        if (cutShort) {
            wake();
        }
    }

    /** Tells what there is to tell; true if there is more than one round may take. */
    private boolean round() {
        try {
            if (!bus.isConnected()) {
                return false;
            }
            boolean first = ownership.ownsFirst();
            long end = nanos.getAsLong() + ROUND.toNanos();
            return each(bridge, end, site -> tellOfSite(site, first, bridge, bridgeInfo::message))
                    || each(inbox, end, site -> tellOfSite(site, first, inbox, inboxMessage))
                    || each(toClear, end, this::clearRetained)
                    || each(phones, end, id -> tellIfThere(id, this::tellAll))
                    || each(infos, end, id -> tellIfThere(id, this::tellInfo));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("announcing failed and is tried again", e);
        }
        return false;
    }

    private interface Telling<T> {
        void tell(T what) throws InterruptedException;
    }

    /** Takes one after the other out and tells it; true if time ran out before all were told. */
    private <T> boolean each(Set<T> those, long end, Telling<T> telling) throws InterruptedException {
        for (T one : List.copyOf(those)) {
            if (nanos.getAsLong() - end > 0) {
                return true;
            }
            those.remove(one);
            telling.tell(one);
        }
        return false;
    }

    private void tellOfSite(SiteId id, boolean first, Set<SiteId> again, Function<Site, Message> message)
            throws InterruptedException {
        Optional<Site> site = registry.sites().find(id).filter(there -> first);
        if (site.isPresent()) {
            publishInWindow(message.apply(site.get()), () -> again.add(id));
        }
    }

    private void tellIfThere(String id, Telling<Phone> telling) throws InterruptedException {
        Optional<Phone> phone = registry.index().byId(id).filter(ownership::owns);
        if (phone.isPresent()) {
            telling.tell(phone.get());
        }
    }

    private void tellAll(Phone phone) throws InterruptedException {
        if (!window.tryAcquire(PER_PHONE, 10, TimeUnit.SECONDS)) {
            phones.add(phone.id());
            return;
        }
        infos.remove(phone.id());
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        phone.session().inOrder(() -> {
            sent.add(publish(PhoneInfo.message(phone)));
            sent.add(publish(AvailabilityMessage.of(phone)));
            phone.session()
                    .states()
                    .forEach((property, value) ->
                            sent.add(publish(Message.retained(Topics.state(phone, property), value))));
        });
        CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).whenComplete((done, failure) -> {
            window.release(PER_PHONE);
            if (failure != null) {
                phones.add(phone.id());
            }
        });
    }

    private void tellInfo(Phone phone) throws InterruptedException {
        publishInWindow(PhoneInfo.message(phone), () -> infos.add(phone.id()));
    }

    private CompletableFuture<Void> publish(Message message) {
        return bus.publish(message).toCompletableFuture();
    }

    /** Removes what the broker keeps, unless a phone of this name came and has something to say there. */
    private void clearRetained(Topic topic) throws InterruptedException {
        if (!window.tryAcquire(10, TimeUnit.SECONDS)) {
            toClear.add(topic);
            return;
        }
        registry.index()
                .byId(topic.levels().get(0))
                .ifPresentOrElse(
                        phone -> phone.session().inOrder(() -> publishEmpty(topic, isStillUsed(phone, topic))),
                        () -> publishEmpty(topic, false));
    }

    private void publishEmpty(Topic topic, boolean isStillUsed) {
        if (isStillUsed) {
            window.release();
        } else {
            send(Message.retained(topic, ""), () -> toClear.add(topic));
        }
    }

    private static boolean isStillUsed(Phone phone, Topic topic) {
        return topic.equals(Topics.info(phone))
                || topic.equals(Topics.availability(phone))
                || phone.session().states().keySet().stream()
                        .anyMatch(property -> topic.equals(Topics.state(phone, property)));
    }

    private void publishInWindow(Message message, Runnable otherwise) throws InterruptedException {
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
}
