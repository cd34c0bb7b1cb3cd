package org.bellwire.core.registry;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.bellwire.api.config.IpLiteral;
import org.bellwire.api.runtime.DaemonThreads;
import org.bellwire.api.runtime.LogThrottle;
import org.bellwire.api.runtime.Timing;
import org.bellwire.core.phone.Phone;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks up the phones' hosts that are names, so that a report is known by its peer's address. As soon as a phone is there and
 * each minute from then on, with threads of its own and never when a report comes: a name server that does not answer delays
 * nobody.
 */
@Component(service = HostNameResolver.class, immediate = true)
public final class HostNameResolver implements PhoneWatcher {

    private static final Logger LOG = LoggerFactory.getLogger(HostNameResolver.class);

    private static final Duration TICK = Duration.ofSeconds(1);
    /** At a start, reports that may be of a phone whose name is not known yet wait so long. */
    private static final Duration FIRST = Duration.ofSeconds(2);

    private static final int THREADS = 4;
    private static final int LOG_PAUSE_S = 600;
    /** A phone has one or two. */
    private static final int MAX_ADDRESSES = 16;

    private final PhoneRegistry registry;
    private final Lookup lookup;
    private final Executor threads;
    private final Timing timing;
    private final LogThrottle failures;
    private final Map<String, HostName> names = new ConcurrentHashMap<>();

    /** Asks the name server, for as long as that takes. */
    public interface Lookup {
        InetAddress[] of(String name) throws UnknownHostException;
    }

    @Activate
    public HostNameResolver(@Reference PhoneRegistry registry) {
        this(registry, InetAddress::getAllByName, pool(), Timing.real("bellwire-host-names"));
    }

    public HostNameResolver(PhoneRegistry registry, Lookup lookup, Executor threads, Timing timing) {
        this.registry = registry;
        this.lookup = lookup;
        this.threads = threads;
        this.timing = timing;
        failures = new LogThrottle(LOG_PAUSE_S, timing.nanos());
    }

    /** Looks up the names of the phones that there are, and of those that come. */
    @Activate
    public void open() {
        registry.watch(this);
        timing.timer().scheduleWithFixedDelay(this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What waits is bounded by the number of names, since each waits once. Without work there is no thread. */
    private static ThreadPoolExecutor pool() {
        return DaemonThreads.pool("bellwire-host-names-", THREADS, PhoneFiles.MAX);
    }

    @Deactivate
    public void stop() {
        registry.unwatch(this);
        timing.timer().shutdownNow();
        if (threads instanceof ThreadPoolExecutor pool) {
            pool.shutdownNow();
        }
        registry.firstFiles().awaitNamesNoLongerThan(Duration.ZERO);
    }

    /** The host, unless it is an address. */
    private static Optional<String> name(Phone phone) {
        return phone.settings()
                .host()
                .filter(host -> host.indexOf(':') < 0 && !IpLiteral.isOne(host))
                .map(host -> host.toLowerCase(Locale.ROOT));
    }

    @Override
    public void appears(Phone phone) {
        name(phone).filter(text -> !names.containsKey(text)).ifPresent(registry.firstFiles()::awaitName);
    }

    @Override
    public void appeared(Phone phone) {
        name(phone).ifPresent(text -> {
            HostName name = names.computeIfAbsent(text, any -> new HostName());
            name.phones().add(phone);
            registry.located(phone, name.addresses());
            ask(text, name);
        });
    }

    @Override
    public void changed(Phone phone, Phone before) {
        appeared(phone);
        vanished(before);
    }

    @Override
    public void vanished(Phone phone) {
        name(phone)
                .ifPresent(text -> names.computeIfPresent(text, (any, name) -> {
                    name.phones().remove(phone);
                    return name.phones().isEmpty() ? null : name;
                }));
    }

    private void tick() {
        try {
            names.forEach(this::ask);
            registry.firstFiles().awaitNamesNoLongerThan(FIRST);
        } catch (RuntimeException e) {
            LOG.error("looking up hosts met a fault of Bellwire and goes on", e);
        }
    }

    /** Has it looked up, if that is due. */
    private void ask(String text, HostName name) {
        if (!name.isDue(timing.nanos().getAsLong())) {
            return;
        }
        try {
            threads.execute(() -> lookUp(text, name));
        } catch (RejectedExecutionException e) {
            name.notAsked();
        }
    }

    private void lookUp(String text, HostName name) {
        try {
            name.answered(found(text), timing.nanos().getAsLong());
            name.phones().forEach(phone -> registry.located(phone, name.addresses()));
        } finally {
            registry.firstFiles().awaitNameNoMore(text);
        }
    }

    private Set<InetAddress> found(String text) {
        try {
            return Arrays.stream(lookup.of(text)).limit(MAX_ADDRESSES).collect(Collectors.toUnmodifiableSet());
        } catch (UnknownHostException | RuntimeException e) {
            failures.next()
                    .ifPresent(left -> LOG.warn(
                            "host = {} of a phone is not known to the name server, so its reports are known by MAC or id only"
                                    + " ({} more such names since the last line); correct it, or write the address",
                            text,
                            left));
            return Set.of();
        }
    }
}
