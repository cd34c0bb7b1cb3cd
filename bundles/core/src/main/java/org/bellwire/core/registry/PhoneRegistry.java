package org.bellwire.core.registry;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.bellwire.api.PhoneId;
import org.bellwire.api.port.Phones;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.core.phone.Phone;
import org.bellwire.core.phone.PhoneSettings;
import org.osgi.service.cm.ManagedServiceFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All phones: one for each file {@code org.bellwire.phone-<id>.cfg} that is right and whose vendor's feature is installed. A
 * wrong file stays here with its fault and hurts nobody else.
 */
@Component(
        service = {ManagedServiceFactory.class, Phones.class, PhoneRegistry.class},
        immediate = true, // the configuration admin lets go of a factory, which must not forget its phones then
        property = "service.pid=" + PhoneFiles.FACTORY_PID)
public final class PhoneRegistry implements ManagedServiceFactory, Phones {

    private static final Logger LOG = LoggerFactory.getLogger(PhoneRegistry.class);

    private final PhoneEntries entries = new PhoneEntries();
    private final Map<String, PhoneBinding> bindings = new ConcurrentHashMap<>();
    private final PhoneIndex index = new PhoneIndex();
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private final AtomicInteger changes = new AtomicInteger();
    private final InitialLoad firstFiles;

    /** Wants to know of phones that come, change and go. Called in the directory's monitor: hands over and returns. */
    public interface Watcher {
        /** The same as {@link #appeared}, but a moment before the phone can be found. */
        default void appears(Phone phone) {}

        /** A phone is new or its file has changed. */
        void appeared(Phone phone);

        /** The same, where the phone lives on as it was before with all that is known of it. */
        default void changed(Phone phone, Phone before) {
            appeared(phone);
        }

        void vanished(Phone phone);

        /** The addresses of the phone's host are others than before. */
        default void located(Phone phone) {}

        /** The phone's file is gone for good. */
        default void deleted(PhoneId id) {}

        /** A vendor's binding came or went. */
        default void vendorsChanged() {}
    }

    @Activate
    public PhoneRegistry(@Reference PhoneFiles files) {
        this(files, System::nanoTime);
    }

    public PhoneRegistry(PhoneFiles files, LongSupplier nanos) {
        firstFiles = new InitialLoad(files.pids(), nanos);
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

    private synchronized boolean take(String pid, PhoneEntry read) {
        Optional<PhoneEntry> old = entries.get(pid);
        if (old.filter(read::saysTheSameAs).isPresent()) {
            return false; // touched, or written anew with other comments
        }
        settle(pid, read.after(old), old);
        if (old.isPresent()) {
            reconsider();
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
                        .filter(s -> bindings.containsKey(s.vendor()))
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
        entries.remove(pid).ifPresent(this::gone);
        reconsider();
    }

    private void gone(PhoneEntry entry) {
        entry.phone().ifPresent(this::vanish);
        if (entries.ofId(entry.id()).findAny().isEmpty()) {
            PhoneId.parse(entry.id()).ifPresent(id -> watchers.forEach(w -> w.deleted(id)));
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public synchronized void addBinding(PhoneBinding binding) {
        changes.incrementAndGet();
        Optional<PhoneBinding> older =
                Optional.ofNullable(bindings.put(binding.info().id(), binding));
        entries.replaceAll((pid, entry) -> entry.phone()
                .filter(phone -> older.equals(Optional.of(phone.binding())))
                .map(phone -> consider(entry, Optional.of(phone)))
                .orElse(entry));
        reconsider();
        watchers.forEach(Watcher::vendorsChanged);
        changes.incrementAndGet();
    }

    public synchronized void removeBinding(PhoneBinding binding) {
        changes.incrementAndGet();
        if (bindings.remove(binding.info().id(), binding)) {
            entries.replaceAll((pid, entry) -> {
                Optional<Phone> phone = entry.phone().filter(p -> p.binding() == binding);
                phone.ifPresent(this::vanish);
                return phone.isPresent() ? entry.waiting(missing(entry.vendor())) : entry;
            });
            watchers.forEach(Watcher::vendorsChanged);
        }
        changes.incrementAndGet();
    }

    public synchronized void watch(Watcher watcher) {
        watchers.add(watcher);
        index.all().forEach(phone -> {
            watcher.appears(phone);
            watcher.appeared(phone);
        });
    }

    public void unwatch(Watcher watcher) {
        watchers.remove(watcher);
    }

    /** The PIDs of all files that were handed over, right or wrong, and of those that are awaited. */
    synchronized Set<String> pids() {
        Set<String> all = entries.pids();
        all.addAll(firstFiles.awaited());
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

    public PhoneIndex index() {
        return index;
    }

    public Optional<PhoneBinding> binding(String vendor) {
        return Optional.ofNullable(bindings.get(vendor));
    }

    /** Some of the files that were there at the start have not been read yet. */
    public boolean isIncomplete() {
        return firstFiles.isOpen();
    }

    /** Odd while a vendor comes or goes, and another number after it: what was looked up across that may be half of the truth. */
    public int changes() {
        return changes.get();
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
                .map(PhoneEntry::status)
                .sorted(Comparator.comparing(PhoneStatus::id))
                .toList();
    }

    @Override
    public synchronized Optional<PhoneStatus> find(String id) {
        return entries.ofId(id)
                .max(Comparator.comparing(entry -> entry.phone().isPresent()))
                .map(PhoneEntry::status);
    }

    @Override
    public List<PhoneBinding> bindings() {
        return bindings.values().stream()
                .sorted(Comparator.comparing(b -> b.info().id()))
                .toList();
    }

    /** Puts an entry in the place of an old one; a phone that lives on does so without a moment between. */
    private void settle(String pid, PhoneEntry read, Optional<PhoneEntry> old) {
        Optional<Phone> before = old.flatMap(PhoneEntry::phone);
        PhoneEntry entry = consider(read, before);
        entries.put(pid, entry);
        if (entry.phone().isEmpty()) {
            before.ifPresent(this::vanish);
        }
        Optional<String> told = old.flatMap(PhoneEntry::fault);
        entry.fault().filter(f -> !told.equals(Optional.of(f))).ifPresent(f -> LOG.warn("{}: {}", entry.file(), f));
        if (told.isPresent() && entry.fault().isEmpty()) {
            LOG.info("{}: phone '{}' is ready now", entry.file(), entry.id());
        }
        List<String> known = old.map(PhoneEntry::warnings).orElse(List.of());
        entry.warnings().stream().filter(w -> !known.contains(w)).forEach(w -> LOG.warn("{}: {}", entry.file(), w));
    }

    /** Brings a right file to life, unless something stands against it. */
    private PhoneEntry consider(PhoneEntry entry, Optional<Phone> before) {
        if (entry.settings().isEmpty()) {
            return entry;
        }
        PhoneSettings settings = entry.settings().get();
        PhoneBinding binding = bindings.get(settings.vendor());
        if (binding == null) {
            return entry.waiting(missing(settings.vendor()));
        }
        Optional<String> clash = index.clash(settings, before);
        if (clash.isPresent()) {
            return entry.waiting(clash.get());
        }
        Phone phone = new Phone(settings, binding, entry.memory());
        watchers.forEach(w -> w.appears(phone));
        index.add(phone, before);
        before.filter(b -> b.memory() != phone.memory()).ifPresent(b -> watchers.forEach(w -> w.vanished(b)));
        before.filter(b -> b.memory() == phone.memory())
                .ifPresentOrElse(
                        b -> watchers.forEach(w -> w.changed(phone, b)),
                        () -> watchers.forEach(w -> w.appeared(phone)));
        return entry.live(phone);
    }

    /** Tries again with all that wait: a feature was installed, or another phone gave up what was the same. */
    private void reconsider() {
        entries.replaceAll((pid, entry) -> {
            if (entry.phone().isPresent()) {
                return entry;
            }
            PhoneEntry now = consider(entry, Optional.empty());
            now.phone().ifPresent(phone -> LOG.info("{}: phone '{}' is ready now", now.file(), now.id()));
            return now;
        });
    }

    private void vanish(Phone phone) {
        index.remove(phone);
        watchers.forEach(w -> w.vanished(phone));
    }

    private static String missing(String vendor) {
        return "vendor: the feature of '" + vendor + "' is not installed; in the console: feature:install bellwire-"
                + vendor;
    }
}
