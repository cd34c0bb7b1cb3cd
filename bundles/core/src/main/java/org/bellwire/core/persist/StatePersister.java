package org.bellwire.core.persist;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bellwire.api.PhoneId;
import org.bellwire.api.port.PhoneStates;
import org.bellwire.api.runtime.Timing;
import org.bellwire.core.common.Moment;
import org.bellwire.core.phone.Phone;
import org.bellwire.core.phone.PhoneSnapshot;
import org.bellwire.core.registry.PhoneRegistry;
import org.bellwire.core.registry.PhoneWatcher;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restores a phone's state when its file is read and writes changed phones back: soon when little happens, and never for more
 * than a twentieth of its thread's time.
 */
@Component(service = StatePersister.class, immediate = true)
public final class StatePersister implements PhoneWatcher {

    private static final Logger LOG = LoggerFactory.getLogger(StatePersister.class);

    /** Calls that may have ended while nobody listened for so long are not believed in. */
    public static final Duration ABSENCE = Duration.ofMinutes(5);

    private static final Duration LINGER = Duration.ofMillis(20);
    private static final int TIMES_AS_LONG = 20;
    private static final int AT_ONCE = 500;
    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final Duration SIGN_OF_LIFE = Duration.ofMinutes(1);
    private static final Duration SWEEP = Duration.ofMinutes(10);
    private static final int STOP_S = 3;

    private final PhoneRegistry registry;
    private final PhoneStates store;
    private final Timing timing;
    private final Optional<Instant> lastKept;
    /** What to write of a phone; empty: it is to be forgotten. */
    private final Map<PhoneId, Optional<Phone>> noted = new ConcurrentHashMap<>();
    /** What was kept of phones that are expected. */
    private final Map<PhoneId, String> kept = new ConcurrentHashMap<>();
    /** Reading before writing, or after it. Held while the disk is waited for, and so never taken in the registry's monitor. */
    private final Object disk = new Object();

    private final AtomicBoolean awake = new AtomicBoolean();
    private Iterator<Map.Entry<PhoneId, Optional<Phone>>> round =
            noted.entrySet().iterator();
    private volatile long notBefore;

    @Activate
    public StatePersister(@Reference PhoneRegistry registry, @Reference PhoneStates store) {
        this(registry, store, Timing.real("bellwire-states"));
    }

    public StatePersister(PhoneRegistry registry, PhoneStates store, Timing timing) {
        this.registry = registry;
        this.store = store;
        this.timing = timing;
        lastKept = store.lastKept();
        notBefore = timing.nanos().getAsLong();
    }

    /** Has the phones that there are know again, and notes what they know from now on. */
    @Activate
    public void open() {
        registry.watch(this);
        long minute = SIGN_OF_LIFE.toSeconds();
        timing.timer().scheduleWithFixedDelay(() -> store.keep(Map.of()), minute, minute, TimeUnit.SECONDS);
        timing.timer().schedule(this::sweep, SWEEP.toSeconds(), TimeUnit.SECONDS);
    }

    @Deactivate
    public void stop() {
        registry.unwatch(this);
        try {
            timing.timer().submit(this::writeAll).get(STOP_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("what is known of the phones could not be kept at the end: {}", e.toString());
        } finally {
            timing.timer().shutdownNow();
        }
    }

    /** Reads what was kept of it, unless a phone that has had events has it already. */
    @Override
    public void expected(PhoneId id) {
        boolean known = registry.index()
                .byId(id.value())
                .flatMap(phone -> phone.session().lastEvent())
                .isPresent();
        if (!known) {
            synchronized (disk) {
                store.recall(id).ifPresent(text -> kept.put(id, text));
            }
        }
    }

    @Override
    public void appears(Phone phone) {
        PhoneId id = phone.settings().id();
        Optional<Phone> itself = Optional.of(phone);
        Optional<String> text = Optional.ofNullable(kept.remove(id));
        phone.session().onChange(() -> note(id, itself));
        if (phone.session().lastEvent().isPresent()) {
            note(id, itself);
        } else if (noted.containsKey(id) || replacesAnother(phone)) {
            note(id, Optional.empty()); // what there is was another phone's
        } else {
            text.ifPresent(known -> recall(phone, known));
        }
    }

    private boolean replacesAnother(Phone phone) {
        return registry.index()
                .byId(phone.id())
                .filter(there -> there.session() != phone.session())
                .isPresent();
    }

    private void recall(Phone phone, String text) {
        PhoneId id = phone.settings().id();
        Optional<PhoneSnapshot> known =
                PhoneSnapshotJson.read(text, phone.settings().keptFor(), Moment.of(timing));
        if (known.isEmpty()) {
            LOG.debug("phone {}: begins anew, what was kept of it is of another vendor or damaged", id);
            note(id, Optional.empty());
            return;
        }
        boolean recent = isRecent();
        phone.session().recall(known.get(), phone.binding().events(), recent);
        if (!recent) {
            note(id, Optional.of(phone));
        }
    }

    private boolean isRecent() {
        Instant now = timing.clock().instant();
        return lastKept.filter(then -> Duration.between(then, now).abs().compareTo(ABSENCE) < 0)
                .isPresent();
    }

    @Override
    public void appeared(Phone phone) {
        // It knew already when it could not be found yet.
    }

    @Override
    public void vanished(Phone phone) {
        phone.session().onChange(() -> {});
    }

    @Override
    public void deleted(PhoneId id) {
        kept.remove(id);
        note(id, Optional.empty());
    }

    /** Forgets the phones whose files were deleted while Bellwire did not run. */
    private void sweep() {
        store.phones().stream()
                .filter(id -> registry.find(id.value()).isEmpty())
                .forEach(id -> note(id, Optional.empty()));
    }

    /** On the way of every event: notes the phone, and nothing else if somebody has called the thread already. */
    private void note(PhoneId id, Optional<Phone> what) {
        noted.put(id, what);
        wake();
    }

    private void wake() {
        if (!awake.get() && awake.compareAndSet(false, true)) {
            long pause = Math.max(LINGER.toNanos(), notBefore - timing.nanos().getAsLong());
            timing.timer().schedule(this::write, pause, TimeUnit.NANOSECONDS);
        }
    }

    private void write() {
        awake.set(false);
        try {
            writeSome();
        } catch (RuntimeException e) {
            LOG.error("keeping what is known of the phones failed and goes on", e);
        }
        if (!noted.isEmpty()) {
            wake();
        }
    }

    private boolean writeSome() {
        synchronized (disk) {
            long begin = timing.nanos().getAsLong();
            boolean written = writeNext();
            long now = timing.nanos().getAsLong();
            notBefore = now + (written ? TIMES_AS_LONG * (now - begin) : RETRY.toNanos());
            return written;
        }
    }

    /** Goes on where it ended the last time, so that each phone has its turn. */
    private boolean writeNext() {
        round = round.hasNext() ? round : noted.entrySet().iterator();
        Map<PhoneId, Optional<Phone>> taken = new LinkedHashMap<>();
        while (taken.size() < AT_ONCE && round.hasNext()) {
            Map.Entry<PhoneId, Optional<Phone>> next = round.next();
            if (noted.remove(next.getKey(), next.getValue())) {
                taken.put(next.getKey(), next.getValue());
            }
        }
        Map<PhoneId, Optional<String>> texts = new LinkedHashMap<>();
        taken.forEach((id, phone) -> texts.put(id, phone.map(StatePersister::text)));
        boolean written = store.keep(texts);
        if (!written) {
            taken.forEach(noted::putIfAbsent);
        }
        texts.forEach((id, text) -> kept.computeIfPresent(id, (same, older) -> text.isPresent() ? text.get() : null));
        return written;
    }

    private static String text(Phone phone) {
        return PhoneSnapshotJson.write(
                phone.settings().keptFor(), phone.session().snapshot());
    }

    private void writeAll() {
        boolean goesOn = true;
        while (goesOn && !noted.isEmpty()) {
            goesOn = writeSome();
        }
        store.keep(Map.of());
    }
}
