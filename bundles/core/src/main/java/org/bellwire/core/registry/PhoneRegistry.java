package org.bellwire.core.registry;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.Dictionary;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bellwire.api.PhoneId;
import org.bellwire.api.SiteId;
import org.bellwire.api.port.Phones;
import org.bellwire.api.port.Site;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.core.phone.Phone;
import org.osgi.service.cm.ManagedServiceFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * All phones: one for each file {@code org.bellwire.phone-<id>.cfg} that is right and whose vendor's feature is installed. A
 * wrong file stays here with its fault and hurts nobody else.
 */
@Component(
        service = {ManagedServiceFactory.class, Phones.class, PhoneRegistry.class},
        immediate = true, // the configuration admin lets go of a factory, which must not forget its phones then
        property = "service.pid=" + PhoneFiles.FACTORY_PID)
public final class PhoneRegistry implements ManagedServiceFactory, Phones {

    private final PhoneEntries entries = new PhoneEntries();
    private final VendorBindings bindings = new VendorBindings();
    private final PhoneIndex index = new PhoneIndex();
    private final SiteIndex sites = new SiteIndex();
    private final PhoneWatchers watchers = new PhoneWatchers();
    private final Ownership ownership;
    private final InitialLoad firstFiles;
    private final PhoneLifecycle lifecycle;

    @Activate
    public PhoneRegistry(@Reference PhoneFiles files, @Reference Ownership ownership) {
        this(files, ownership, System::nanoTime);
    }

    public PhoneRegistry(PhoneFiles files, Ownership ownership, LongSupplier nanos) {
        this.ownership = ownership;
        firstFiles = new InitialLoad(
                Stream.concat(files.pids().stream(), files.sites().stream()).toList(), nanos);
        lifecycle = new PhoneLifecycle(entries, bindings, index, sites, watchers, firstFiles);
    }

    @Override
    public String getName() {
        return "Bellwire phones";
    }

    @Override
    public void updated(String pid, Dictionary<String, ?> properties) {
        updated(pid, PhoneEntry.read(pid, properties, List.of()));
    }

    /** A file was read, or could not be; true if that is news. */
    boolean updated(String pid, PhoneEntry read) {
        try {
            return take(pid, read);
        } finally {
            firstFiles.read(pid);
            firstFiles.tell();
        }
    }

    /** Who wants to know of a file beforehand does, also who comes at this moment. */
    private boolean take(String pid, PhoneEntry read) {
        while (true) {
            int before = watchers.joined();
            read.settings().ifPresent(settings -> watchers.expected(settings.id()));
            synchronized (this) {
                if (before == watchers.joined()) {
                    return put(pid, read);
                }
            }
        }
    }

    private synchronized boolean put(String pid, PhoneEntry read) {
        Optional<PhoneEntry> old = entries.get(pid);
        if (old.filter(read::saysTheSameAs).isPresent()) {
            return false; // touched, or written anew with other comments
        }
        lifecycle.settle(pid, read.after(old), old);
        if (old.isPresent()) {
            lifecycle.reconsider();
        }
        return true;
    }

    /**
     * A phone of this file works, and would not any more.
     *
     * @param next what the file says now; empty: it is gone
     */
    synchronized boolean isTakenAwayBy(String pid, Optional<PhoneEntry> next) {
        boolean lives = entries.get(pid).flatMap(PhoneEntry::phone).isPresent();
        return lives
                && next.flatMap(PhoneEntry::settings)
                        .filter(s -> bindings.isInstalled(s.vendor()))
                        .isEmpty();
    }

    @Override
    public void deleted(String pid) {
        try {
            drop(pid);
        } finally {
            firstFiles.read(pid);
            firstFiles.tell();
        }
    }

    private synchronized void drop(String pid) {
        entries.remove(pid).ifPresent(lifecycle::gone);
        lifecycle.reconsider();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public synchronized void addBinding(PhoneBinding binding) {
        bindings.whileChanging(() -> {
            Optional<PhoneBinding> older = bindings.put(binding);
            entries.replaceAll((pid, entry) -> entry.phone()
                    .filter(phone -> older.equals(Optional.of(phone.binding())))
                    .map(phone -> lifecycle.consider(entry, Optional.of(phone)))
                    .orElse(entry));
            lifecycle.reconsider();
            watchers.forEach(PhoneWatcher::vendorsChanged);
        });
    }

    public synchronized void removeBinding(PhoneBinding binding) {
        bindings.whileChanging(() -> {
            if (bindings.remove(binding)) {
                entries.replaceAll((pid, entry) -> {
                    Optional<Phone> phone = entry.phone().filter(p -> p.binding() == binding);
                    phone.ifPresent(lifecycle::vanish);
                    return phone.isPresent() ? entry.waiting(VendorBindings.missing(entry.vendor())) : entry;
                });
                watchers.forEach(PhoneWatcher::vendorsChanged);
            }
        });
    }

    /** Tells of all there is, on this thread, and of all to come. */
    public void watch(PhoneWatcher watcher) {
        synchronized (this) {
            watchers.join(watcher);
        }
        entries.all().forEach(entry -> entry.settings().ifPresent(settings -> watcher.expected(settings.id())));
        synchronized (this) {
            watchers.watch(watcher);
            index.all().forEach(phone -> {
                watcher.appears(phone);
                watcher.appeared(phone);
            });
        }
    }

    public void unwatch(PhoneWatcher watcher) {
        watchers.leave(watcher);
    }

    /** The PIDs of all files that were handed over, right or wrong, and of those that are awaited. */
    synchronized Set<String> pids() {
        Set<String> all = entries.pids();
        all.addAll(firstFiles.awaited());
        all.removeIf(PhoneFiles::isOfSite);
        return all;
    }

    /** The name that the phone has as its host stands for these addresses. */
    synchronized void located(Phone phone, Set<InetAddress> addresses) {
        if (index.locate(phone, addresses)) {
            watchers.forEach(w -> w.located(phone));
        }
    }

    InitialLoad firstFiles() {
        return firstFiles;
    }

    /** The file of a site was read, or is gone, and what it says holds. */
    void read(String pid) {
        firstFiles.read(pid);
        firstFiles.tell();
    }

    public SiteIndex sites() {
        return sites;
    }

    /** A site is there, or is another than it was: so are its phones. */
    synchronized void put(Site site) {
        boolean moved = sites.put(site)
                .filter(before -> !before.root().equals(site.root()))
                .isPresent();
        lifecycle.reconsider(site.id(), moved);
    }

    synchronized void forget(SiteId site) {
        sites.remove(site);
        lifecycle.reconsider(site, true);
    }

    public PhoneIndex index() {
        return index;
    }

    public Optional<PhoneBinding> binding(String vendor) {
        return bindings.find(vendor);
    }

    /**
     * Looks for a phone of this vendor.
     *
     * @param binding the vendor's, as it was found installed
     * @return unstable if none was found and a vendor comes or goes at this moment, or this one has: its phones with it
     */
    public PhoneLookup whileStable(PhoneBinding binding, Supplier<Optional<Phone>> lookup) {
        return bindings.whileStable(binding, lookup);
    }

    /** Some of the files that were there at the start have not been read yet. */
    public boolean isIncomplete() {
        return firstFiles.isOpen();
    }

    /** Completes when all files that were there at the start have been read, on the thread that brought the last one. */
    public CompletionStage<Void> complete() {
        return firstFiles.whenRead();
    }

    /** Phones of this vendor are configured, or may be. */
    public boolean expects(String vendor) {
        return isIncomplete() || entries.name(vendor);
    }

    @Override
    public synchronized List<PhoneStatus> all() {
        return entries.all().stream()
                .map(this::status)
                .sorted(Comparator.comparing(PhoneStatus::id))
                .toList();
    }

    /** Never waits, however many phones come or go at this moment. */
    @Override
    public Optional<PhoneStatus> find(String id) {
        return entries.bestOfId(id).map(this::status);
    }

    @Override
    public Optional<PhoneStatus> working(String id) {
        // not from the entries: who is told that a phone changed may ask before its new one is there
        return index.byId(id).map(phone -> status(PhoneEntry.of(phone)));
    }

    private PhoneStatus status(PhoneEntry entry) {
        Optional<PhoneId> id = entry.phone().map(phone -> phone.settings().id());
        return entry.status(
                id.flatMap(ownership::elsewhere),
                id.flatMap(phone -> ownership.remote().flatMap(others -> others.find(phone))));
    }

    @Override
    public boolean isComplete() {
        return !isIncomplete();
    }

    @Override
    public List<PhoneBinding> bindings() {
        return bindings.all();
    }

    /** Takes an id for what is no phone; false if there is a file for a phone with this id. */
    public synchronized boolean take(String id) {
        return entries.ofId(id).findAny().isEmpty() && index.take(id);
    }

    /** Gives an id back, perhaps to a phone that waits for it. */
    public synchronized void giveBack(String id) {
        if (index.giveBack(id)) {
            lifecycle.reconsider();
        }
    }
}
