package org.bellwire.core.registry;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.bellwire.api.SiteId;
import org.bellwire.api.port.BuildingTopics;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.Limit;
import org.bellwire.api.port.LimitLog;
import org.bellwire.api.port.Site;
import org.bellwire.api.port.Sites;
import org.osgi.service.cm.ManagedServiceFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All sites: one for each file {@code org.bellwire.site-<id>.cfg} that is right. Has {@link PhoneRegistry} know of each. */
@Component(
        service = {ManagedServiceFactory.class, Sites.class, SiteRegistry.class},
        immediate = true,
        property = "service.pid=" + PhoneFiles.SITE_PID)
public final class SiteRegistry implements ManagedServiceFactory, Sites {

    /** So that what a connection costs stays small. */
    static final int MAX_SITES = 500;

    private static final int PAUSE_S = 600;

    private static final Logger LOG = LoggerFactory.getLogger(SiteRegistry.class);

    /** Who counts now, if somebody does. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Optional<Counters> counters = Optional.empty();

    private final PhoneRegistry phones;
    private final Supplier<String> ownRoot;
    private final LongSupplier nanos;
    /** By the PIDs of their files. */
    private final Map<String, SiteEntry> entries = new ConcurrentHashMap<>();

    @Activate
    public SiteRegistry(@Reference PhoneRegistry phones, @Reference BuildingTopics topics) {
        this(phones, topics::root, System::nanoTime);
    }

    /** @param ownRoot the root topic of the gateway's own site */
    public SiteRegistry(PhoneRegistry phones, Supplier<String> ownRoot, LongSupplier nanos) {
        this.phones = phones;
        this.ownRoot = ownRoot;
        this.nanos = nanos;
        LimitLog limits = new LimitLog(LOG::warn, () -> counters.orElse(Counters.NONE), PAUSE_S, nanos);
        phones.sites().onTooOften(id -> limits.reached(Limit.SITE_REPORTS, () -> tooOften(id)));
    }

    private static String tooOften(SiteId id) {
        return "site " + id + " reports more often than rate in org.bellwire.site-" + id
                + ".cfg lets it, and what is more is answered 429: raise it, or find out which of its phones sends so much";
    }

    @Override
    public String getName() {
        return "Bellwire sites";
    }

    @Override
    public void updated(String pid, Dictionary<String, ?> properties) {
        Map<String, Object> values = new TreeMap<>();
        properties.keys().asIterator().forEachRemaining(key -> values.put(key, properties.get(key)));
        try {
            put(pid, SiteEntry.read(pid, values));
            reconsider();
        } finally {
            phones.read(pid);
        }
    }

    @Override
    public void deleted(String pid) {
        try {
            Optional.ofNullable(entries.remove(pid))
                    .flatMap(SiteEntry::live)
                    .ifPresent(site -> phones.forget(site.id()));
            reconsider();
        } finally {
            phones.read(pid);
        }
    }

    /** A file that is wrong takes nothing away: what it said before holds. */
    private synchronized void put(String pid, SiteEntry read) {
        Optional<SiteEntry> old = Optional.ofNullable(entries.get(pid));
        Optional<String> told = old.flatMap(SiteEntry::fault);
        SiteEntry found = consider(pid, read);
        SiteEntry now = found.fault().isEmpty() ? found : found.after(old.flatMap(SiteEntry::live));
        entries.put(pid, now);
        now.fault()
                .filter(fault -> !told.equals(Optional.of(fault)))
                .ifPresent(fault -> LOG.warn("{}: {}", now.file().file(), fault));
        if (told.isPresent() && now.fault().isEmpty()) {
            LOG.info("{}: site '{}' is ready now", now.file().file(), now.file().id());
        }
    }

    /** Has a right file hold, unless something stands against it. */
    private SiteEntry consider(String pid, SiteEntry read) {
        if (read.site().isEmpty()) {
            return read;
        }
        Site site = read.site().get();
        boolean twice = entries.entrySet().stream()
                .anyMatch(other -> !other.getKey().equals(pid)
                        && other.getValue().live().isPresent()
                        && other.getValue().file().id().equals(site.id().value()));
        if (twice) {
            return read.waiting("file name: there is another file for this site");
        }
        if (!entries.containsKey(pid) && entries.size() >= MAX_SITES) {
            return read.waiting("file: there are " + MAX_SITES + " sites already, and more are not read");
        }
        Optional<String> clash = phones.sites().clash(site, ownRoot.get());
        if (clash.isPresent()) {
            return read.waiting(clash.get());
        }
        phones.put(site);
        return read.holding();
    }

    /** Tries again with those that wait: another site may have given up what was the same. */
    private synchronized void reconsider() {
        entries.forEach((pid, entry) -> {
            if (entry.fault().isPresent() && entry.site().isPresent()) {
                put(pid, entry);
            }
        });
    }

    @Override
    public boolean isEmpty() {
        return phones.sites().isEmpty();
    }

    @Override
    public Optional<Site> find(SiteId id) {
        return phones.sites().find(id);
    }

    @Override
    public Optional<Site> ofToken(String token) {
        return phones.sites().ofToken(token);
    }

    @Override
    public boolean allows(InetAddress peer) {
        return phones.sites().allows(peer);
    }

    @Override
    public boolean mayAsk(SiteId site) {
        return phones.sites().mayAsk(site, nanos.getAsLong());
    }

    @Override
    public List<Status> all() {
        return entries.values().stream()
                .map(entry -> new Status(
                        entry.file().id(),
                        entry.live().map(Site::root).orElse(""),
                        SiteId.parse(entry.file().id())
                                .map(id -> phones.index().count(id))
                                .orElse(0),
                        entry.fault()))
                .sorted(Comparator.comparing(Status::id))
                .toList();
    }
}
