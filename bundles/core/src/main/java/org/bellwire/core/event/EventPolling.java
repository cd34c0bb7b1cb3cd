package org.bellwire.core.event;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import org.bellwire.api.config.Rate;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.Gateway;
import org.bellwire.api.port.Limit;
import org.bellwire.api.port.LimitLog;
import org.bellwire.api.port.PhoneClient;
import org.bellwire.api.port.PhoneClient.Address;
import org.bellwire.api.runtime.Timing;
import org.bellwire.api.spi.EventLog;
import org.bellwire.core.phone.Phone;
import org.bellwire.core.publish.RetainedPublisher;
import org.bellwire.core.registry.Ownership;
import org.bellwire.core.registry.PhoneRegistry;
import org.bellwire.core.registry.PhoneWatcher;
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
 * Reads the logs of phones whose files say {@code long.poll = true}, for sites where nobody may set their action URLs. Each of them
 * costs a connection, so there are at most {@value #MAX}; without one there is no thread. Of several gateways the phone's owner
 * reads its log.
 */
@Component(service = {})
public final class EventPolling implements PhoneWatcher {

    /** Of the phones that can be talked to over TLS at a time, most are left for commands. */
    private static final int MAX = 100;

    private static final Logger LOG = LoggerFactory.getLogger(EventPolling.class);
    private static final int PAUSE_S = 3600;

    /** Who counts now, if somebody does. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Optional<Counters> counters = Optional.empty();

    /** Who knows how often a phone may report; without it, as often as it may where nothing else is set. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Optional<Gateway> gateway = Optional.empty();

    private final EventPoll.Surroundings by;
    private final LimitLog limits;
    private final Map<String, EventPoll> polls = new ConcurrentHashMap<>();
    private volatile boolean full;

    @Activate
    public EventPolling(
            @Reference PhoneRegistry registry,
            @Reference PhoneClient line,
            @Reference EventDesk events,
            @Reference RetainedPublisher retained,
            @Reference Ownership ownership) {
        this(
                registry,
                line,
                events,
                retained,
                ownership,
                Timing.real("bellwire-event-logs"),
                Optional.empty(),
                Optional.empty());
    }

    public EventPolling(
            PhoneRegistry registry,
            PhoneClient line,
            EventDesk events,
            RetainedPublisher retained,
            Ownership ownership,
            Timing timing,
            Optional<Gateway> gateway,
            Optional<Counters> counters) {
        this.gateway = gateway;
        this.counters = counters;
        by = new EventPoll.Surroundings(
                registry, line, events, retained, ownership, timing, this::rate, this::counters);
        limits = new LimitLog(LOG::warn, this::counters, PAUSE_S, timing.nanos());
    }

    private Rate rate() {
        return gateway.map(Gateway::phoneRate).orElse(Rate.OF_A_PHONE);
    }

    private Counters counters() {
        return counters.orElse(Counters.NONE);
    }

    /** Reads from now on. */
    @Activate
    public void open() {
        by.registry().watch(this);
    }

    @Deactivate
    public void stop() {
        by.registry().unwatch(this);
        by.timing().timer().shutdownNow();
        polls.values().forEach(EventPoll::stop);
    }

    @Override
    public void appeared(Phone phone) {
        if (phone.settings().longPoll()) {
            soon(() -> follow(phone));
        }
    }

    @Override
    public void changed(Phone phone, Phone before) {
        if (phone.settings().longPoll()) {
            soon(() -> follow(phone));
        } else if (before.settings().longPoll()) {
            soon(() -> leave(phone.id()));
        }
    }

    @Override
    public void vanished(Phone phone) {
        if (phone.settings().longPoll()) {
            soon(() -> leave(phone.id()));
        }
    }

    private void follow(Phone phone) {
        Optional<EventPoll> before = Optional.ofNullable(polls.get(phone.id()));
        if (before.filter(poll -> poll.isOf(phone)).isPresent()) {
            return;
        }
        before.ifPresent(EventPoll::stop);
        polls.remove(phone.id());
        Optional<EventLog> log = phone.binding().eventLog();
        Optional<Address> to = phone.address();
        if (log.isEmpty() || to.isEmpty()) {
            LOG.warn(
                    "phone {}: long.poll = true does nothing: {}",
                    phone.id(),
                    log.isEmpty() ? "this vendor's phones have no log to be read" : "its file has no host");
        } else if (polls.size() >= MAX) {
            full = true;
            limits.reached(
                    Limit.LONG_POLLS,
                    () -> "phone " + phone.id() + ": its log is not read (long.poll = true), for those of " + MAX
                            + " phones are: let it report by action URLs, or put it on another gateway");
        } else {
            EventPoll poll = new EventPoll(by, phone, to.get(), log.get());
            polls.put(phone.id(), poll);
            poll.ask();
        }
    }

    /** Its place goes to one that had none. */
    private void leave(String id) {
        Optional.ofNullable(polls.remove(id)).ifPresent(EventPoll::stop);
        if (full) {
            full = false;
            for (Phone phone : by.registry().index().all()) {
                if (phone.settings().longPoll()) {
                    follow(phone);
                }
            }
        }
    }

    private void soon(Runnable task) {
        try {
            by.timing().timer().execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("a phone came or went while Bellwire stops");
        }
    }
}
