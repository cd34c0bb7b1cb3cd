package org.bellwire.core.event;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.Limit;
import org.bellwire.api.port.LimitLog;
import org.bellwire.api.port.PhoneFileEditor.NotWritten;
import org.bellwire.api.port.UnknownPhones;
import org.bellwire.api.port.UnknownPhones.Adopted;
import org.bellwire.api.port.UnknownPhones.Adoption;
import org.bellwire.api.port.UnknownPhones.UnknownPhone;
import org.bellwire.api.runtime.LogText;
import org.bellwire.api.runtime.LogThrottle;
import org.bellwire.api.runtime.Timing;
import org.bellwire.api.runtime.TokenBucket;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adopts unknown phones by itself, where the file of the ingress says so. One device that knows the token can make up any number of
 * MACs, so files are written slowly, few for one address and not without end; who is not adopted stays in the inbox.
 */
@Component(service = AutoAdoption.class)
public final class AutoAdoption {

    /** In so many files between two starts. */
    private static final int MAX = 2_000;
    /** Of one address, which may be a router with phones behind it. */
    private static final int MAX_OF_ADDRESS = 20;

    private static final Logger LOG = LoggerFactory.getLogger(AutoAdoption.class);
    private static final int MAX_WAITING = 100;
    private static final int PER_SECOND = 5;
    private static final int BURST = 50;
    private static final int PAUSE_S = 3600;
    /** Until a new file has been read. */
    private static final Duration READING = Duration.ofSeconds(10);

    /** Who counts now, if somebody does. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Optional<Counters> counters;

    private final UnknownPhones inbox;
    private final Timing timing;
    private final LimitLog limits;
    private final LogThrottle failures;
    private final TokenBucket rate = new TokenBucket();
    private final Set<String> waiting = new HashSet<>();
    private final Map<String, Integer> ofAddress = new HashMap<>();
    /** By MAC: when its file was written. */
    private final Map<String, Long> written = new HashMap<>();

    private int total;

    @Activate
    public AutoAdoption(@Reference UnknownPhones inbox) {
        this(inbox, Timing.real("bellwire-adoption"), Optional.empty());
    }

    public AutoAdoption(UnknownPhones inbox, Timing timing, Optional<Counters> counters) {
        this.counters = counters;
        this.inbox = inbox;
        this.timing = timing;
        limits = new LimitLog(LOG::warn, () -> this.counters.orElse(Counters.NONE), PAUSE_S, timing.nanos());
        failures = new LogThrottle(PAUSE_S, timing.nanos());
    }

    @Deactivate
    public void stop() {
        timing.timer().shutdownNow();
    }

    /** A phone has reported, and may be adopted. Does not wait: what cannot be done now is tried at its next report. */
    public void offer(UnknownPhone phone) {
        if (phone.mac().isPresent() && admit(phone, phone.mac().get())) {
            timing.timer().execute(() -> adopt(phone, phone.mac().get()));
        }
    }

    private synchronized boolean admit(UnknownPhone phone, String mac) {
        Optional<Long> before = Optional.ofNullable(written.get(mac));
        long now = timing.nanos().getAsLong();
        if (before.filter(time -> now - time < READING.toNanos()).isPresent()
                || waiting.contains(mac)
                || waiting.size() >= MAX_WAITING) {
            return false;
        }
        if (total >= MAX || ofAddress.getOrDefault(phone.address(), 0) >= MAX_OF_ADDRESS) {
            limits.reached(
                    Limit.ADOPTED_PHONES,
                    () -> phone.address() + ": an unknown phone is not adopted by itself,"
                            + " for "
                            + (total >= MAX ? MAX + " were since the start" : MAX_OF_ADDRESS + " of this address were")
                            + ": adopt yours by hand (phone:inbox, phone:adopt), or find out who makes up phones there");
            return false;
        }
        return rate.take(PER_SECOND, BURST, now) && waiting.add(mac);
    }

    private void adopt(UnknownPhone phone, String mac) {
        try {
            Adopted adopted = inbox.adopt(Adoption.byItself(mac, phone.vendor()));
            note(phone, mac);
            LOG.info(
                    "{}: written for the unknown phone {} of {} at {}, which is adopted by itself (adopt = auto)",
                    adopted.file(),
                    mac,
                    LogText.clean(phone.vendor()),
                    phone.address());
        } catch (NotWritten e) {
            failures.next()
                    .ifPresent(left -> LOG.warn(
                            "the unknown phone {} at {} cannot be adopted by itself and stays in the inbox: {} ({} more since"
                                    + " the last such line)",
                            mac,
                            phone.address(),
                            e.reason(),
                            left));
        } catch (RuntimeException e) {
            LOG.error("adopting a phone met a fault of Bellwire", e);
        } finally {
            synchronized (this) {
                waiting.remove(mac);
            }
        }
    }

    private synchronized void note(UnknownPhone phone, String mac) {
        total++;
        ofAddress.merge(phone.address(), 1, Integer::sum);
        written.put(mac, timing.nanos().getAsLong());
    }
}
