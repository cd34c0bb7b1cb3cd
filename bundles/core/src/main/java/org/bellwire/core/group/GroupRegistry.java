package org.bellwire.core.group;

import java.util.Comparator;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.bellwire.api.Message;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Property;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.Groups;
import org.bellwire.api.port.PhoneListener;
import org.bellwire.api.port.Site;
import org.bellwire.api.runtime.Timing;
import org.bellwire.core.registry.Ownership;
import org.bellwire.core.registry.PhoneRegistry;
import org.osgi.service.cm.ManagedServiceFactory;
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
 * All groups: one for each file {@code org.bellwire.group-<id>.cfg} that is right. Hears what happens to the phones and passes it
 * on to the groups that a phone is in, and to no others. In a cluster publishes of those that this gateway owns.
 */
@Component(
        service = {ManagedServiceFactory.class, Groups.class, PhoneListener.class},
        immediate = true,
        property = "service.pid=" + GroupRegistry.PID)
public final class GroupRegistry implements ManagedServiceFactory, Groups, PhoneListener {

    static final String PID = "org.bellwire.group";
    /** So that no folder full of files exhausts what a phone's news may cost. */
    static final int MAX_GROUPS = 500;

    private static final Logger LOG = LoggerFactory.getLogger(GroupRegistry.class);

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Groups.Listener> listeners = List.of();

    private final PhoneRegistry registry;
    private final Bus bus;
    private final Ownership ownership;
    private final GroupPublisher announcer;
    private final GroupMembers members;
    /** By the PIDs of their files. */
    private final Map<String, GroupEntry> entries = new ConcurrentHashMap<>();

    private final Map<String, PhoneGroup> groups = new ConcurrentSkipListMap<>();
    private Bus.Subscription connection = () -> {};
    private Bus.Subscription sites = () -> {};
    private Bus.Subscription owners = () -> {};

    @Activate
    public GroupRegistry(@Reference PhoneRegistry registry, @Reference Bus bus, @Reference Ownership ownership) {
        this(registry, bus, ownership, Timing.real("bellwire-groups"));
    }

    public GroupRegistry(PhoneRegistry registry, Bus bus, Ownership ownership, Timing timing) {
        this.registry = registry;
        this.bus = bus;
        this.ownership = ownership;
        announcer = new GroupPublisher(
                timing.timer(),
                bus,
                ownership,
                id -> Optional.ofNullable(groups.get(id)),
                group -> GroupInfo.message(group, registry.index()));
        members = new GroupMembers(
                registry.index(), ownership, group -> announcer.info(group.id()), announcer::lookAgain);
    }

    @Activate
    public void open() {
        announcer.start(this::look, id -> listeners.forEach(listener -> listener.changed(id)));
        sites = registry.sites().watch(before -> members.sitesChanged());
        owners = ownership.watch(announcer::lookAgain, () -> sayAll(members::readAgain));
        connection = bus.onConnection(() -> sayAll(members::reconnected), () -> {});
    }

    private void sayAll(Runnable lookAtMembers) {
        groups.keySet().forEach(announcer::all);
        lookAtMembers.run();
    }

    @Deactivate
    public void stop() {
        connection.close();
        owners.close();
        sites.close();
        announcer.stop();
        members.stop();
        groups.keySet().forEach(registry::giveBack);
    }

    @Override
    public String getName() {
        return "Bellwire groups";
    }

    @Override
    public void updated(String pid, Dictionary<String, ?> properties) {
        Map<String, Object> values = new TreeMap<>();
        properties.keys().asIterator().forEachRemaining(key -> values.put(key, properties.get(key)));
        put(pid, GroupEntry.read(pid, values));
    }

    private synchronized void put(String pid, GroupEntry read) {
        Optional<GroupEntry> old = Optional.ofNullable(entries.get(pid));
        Optional<String> told = old.flatMap(GroupEntry::fault);
        Optional<PhoneGroup> before = old.flatMap(GroupEntry::group).filter(group -> stays(group, read));
        old.flatMap(GroupEntry::group).filter(group -> before.isEmpty()).ifPresent(this::vanish);
        GroupEntry now = consider(read, before);
        entries.put(pid, now);
        if (now.group().isEmpty()) {
            before.ifPresent(this::vanish);
        }
        now.fault()
                .filter(fault -> !told.equals(Optional.of(fault)))
                .ifPresent(fault -> LOG.warn("{}: {}", now.file().file(), fault));
        if (told.isPresent() && now.fault().isEmpty()) {
            tellReady(now);
        }
    }

    private static void tellReady(GroupEntry now) {
        LOG.info("{}: group '{}' is ready now", now.file().file(), now.file().id());
    }

    @Override
    public synchronized void deleted(String pid) {
        Optional.ofNullable(entries.remove(pid)).flatMap(GroupEntry::group).ifPresent(this::vanish);
    }

    /** Its topics are the same as before. */
    private boolean stays(PhoneGroup group, GroupEntry entry) {
        return entry.settings().isEmpty()
                || root(entry.settings().get()).filter(group.root()::equals).isPresent();
    }

    /** The root topic of its site; empty: there is no such site. */
    private Optional<String> root(GroupSettings settings) {
        return registry.sites().find(settings.site()).map(Site::root);
    }

    /** Brings a right file to life, unless something stands against it. */
    private GroupEntry consider(GroupEntry entry, Optional<PhoneGroup> before) {
        if (entry.settings().isEmpty()) {
            return entry;
        }
        GroupSettings settings = entry.settings().get();
        String id = settings.id().value();
        Optional<String> root = root(settings);
        if (root.isEmpty()) {
            return entry.waiting(
                    "site: there is no file org.bellwire.site-" + settings.site() + ".cfg, or it is wrong");
        }
        if (before.isEmpty()) {
            if (groups.size() >= MAX_GROUPS) {
                return entry.waiting("file: there are " + MAX_GROUPS + " groups already, and more are not read");
            }
            if (groups.containsKey(id)) {
                return entry.waiting("file name: there is another file for this group");
            }
            if (!registry.take(id)) {
                return entry.waiting("file name: there is a phone '" + id + "': give the group another name");
            }
        }
        PhoneGroup group = new PhoneGroup(
                settings, root.get(), () -> ownership.owns(settings.id()), message -> publish(id, message));
        groups.put(id, group);
        registry.index().all().forEach(phone -> members.join(group, phone));
        if (ownership.isAlone()) {
            group.open(before);
        } else {
            before.ifPresent(PhoneGroup::close);
            announcer.lookAgain();
        }
        before.ifPresent(older -> older.members().forEach(member -> members.leave(older, member)));
        announcer.info(id);
        return entry.live(group);
    }

    private void vanish(PhoneGroup group) {
        String id = group.id();
        groups.remove(id);
        group.members().forEach(member -> members.leave(group, member));
        group.clear();
        registry.giveBack(id);
        listeners.forEach(listener -> listener.gone(id));
    }

    /** Without a broker nothing can be known of other gateways' phones. */
    private void look() {
        reconsider();
        if (!ownership.isAlone() && bus.isConnected()) {
            lookAtOwners();
        }
    }

    /** Publishes of the groups that this gateway owns, as soon as it knows all of their members, and of no others. */
    private synchronized void lookAtOwners() {
        Set<PhoneGroup> own = groups.values().stream().filter(PhoneGroup::isOwn).collect(Collectors.toSet());
        members.follow(own);
        for (PhoneGroup group : groups.values()) {
            if (!own.contains(group)) {
                group.close();
            } else if (members.areKnown(group) && group.takeOver()) {
                announcer.all(group.id());
            }
        }
    }

    /** Tries again with those that wait for an id or a site, and takes those away whose site has other topics now or is gone. */
    private synchronized void reconsider() {
        entries.replaceAll((pid, old) -> {
            boolean leaves = old.group().filter(group -> !stays(group, old)).isPresent();
            if (leaves) {
                old.group().ifPresent(this::vanish);
            }
            GroupEntry entry = leaves ? old.waiting("site: its topics are others now") : old;
            boolean waits = entry.settings().isPresent() && entry.group().isEmpty();
            GroupEntry now = waits ? consider(entry, Optional.empty()) : entry;
            if (waits && now.group().isPresent()) {
                tellReady(now);
            }
            return now;
        });
    }

    private void publish(String id, Message message) {
        bus.publish(message).whenComplete((done, failure) -> {
            if (failure != null) {
                announcer.notTaken(id, message.topic());
            }
        });
    }

    @Override
    public void changed(PhoneId phone) {
        registry.index()
                .byId(phone.value())
                .ifPresent(now -> groups.values().forEach(group -> members.join(group, now)));
        members.of(phone).forEach(group -> announcer.info(group.id()));
    }

    @Override
    public void gone(PhoneId phone) {
        members.of(phone).forEach(group -> members.leave(group, phone));
        announcer.lookAgain();
    }

    @Override
    public void availability(PhoneId phone, boolean online) {
        members.availability(phone, online);
    }

    @Override
    public void states(PhoneId phone, Map<Property, String> changes) {
        members.states(phone, changes);
    }

    @Override
    public List<Group> all() {
        return entries.values().stream()
                .map(GroupEntry::status)
                .sorted(Comparator.comparing(Group::id))
                .toList();
    }

    /** Never waits. */
    @Override
    public Optional<Group> find(String id) {
        return entries.values().stream()
                .filter(entry -> entry.file().id().equals(id))
                .max(Comparator.comparing(entry -> entry.group().isPresent()))
                .map(GroupEntry::status);
    }
}
