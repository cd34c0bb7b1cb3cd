package org.bellwire.core.group;

import java.util.Comparator;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.bellwire.api.Message;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Property;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.Groups;
import org.bellwire.api.port.PhoneListener;
import org.bellwire.api.port.Site;
import org.bellwire.api.runtime.Timing;
import org.bellwire.core.phone.Phone;
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
 * on to the groups that a phone is in, and to no others.
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
    private final GroupPublisher announcer;
    /** By the PIDs of their files. */
    private final Map<String, GroupEntry> entries = new ConcurrentHashMap<>();

    private final Map<String, PhoneGroup> groups = new ConcurrentSkipListMap<>();
    private final Map<PhoneId, List<PhoneGroup>> byMember = new ConcurrentHashMap<>();
    private Bus.Subscription connection = () -> {};
    private Bus.Subscription sites = () -> {};

    @Activate
    public GroupRegistry(@Reference PhoneRegistry registry, @Reference Bus bus) {
        this(registry, bus, Timing.real("bellwire-groups"));
    }

    public GroupRegistry(PhoneRegistry registry, Bus bus, Timing timing) {
        this.registry = registry;
        this.bus = bus;
        announcer = new GroupPublisher(
                timing.timer(),
                bus,
                id -> Optional.ofNullable(groups.get(id)),
                group -> GroupInfo.message(group, registry.index()),
                id -> listeners.forEach(listener -> listener.changed(id)));
    }

    @Activate
    public void open() {
        announcer.start(this::reconsider);
        sites = registry.sites().watch(before -> announcer.lookAgain());
        connection = bus.onConnection(() -> groups.keySet().forEach(announcer::all), () -> {});
    }

    @Deactivate
    public void stop() {
        connection.close();
        sites.close();
        announcer.stop();
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
            LOG.info(
                    "{}: group '{}' is ready now", now.file().file(), now.file().id());
        }
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
        PhoneGroup group = new PhoneGroup(settings, root.get(), message -> publish(id, message));
        groups.put(id, group);
        registry.index().all().forEach(phone -> join(group, phone));
        group.open(before);
        before.ifPresent(older -> older.members().forEach(member -> leave(older, member)));
        announcer.info(id);
        return entry.live(group);
    }

    private void vanish(PhoneGroup group) {
        String id = group.settings().id().value();
        groups.remove(id);
        group.members().forEach(member -> leave(group, member));
        group.clear();
        registry.giveBack(id);
        listeners.forEach(listener -> listener.gone(id));
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
                LOG.info(
                        "{}: group '{}' is ready now",
                        now.file().file(),
                        now.file().id());
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

    /** In the phone's order: nothing of it is told twice or too late. */
    private void join(PhoneGroup group, Phone phone) {
        PhoneId id = phone.settings().id();
        if (!group.settings().names(phone.settings())) {
            return;
        }
        phone.session().inOrder(() -> {
            byMember.compute(id, (one, before) -> with(before == null ? List.of() : before, group));
            if (group.put(
                    id, phone.session().states(), phone.session().availability().isOnline())) {
                announcer.info(group.settings().id().value());
            }
        });
        if (registry.index().byId(id.value()).isEmpty()) {
            leave(group, id); // it has gone meanwhile
        }
    }

    private void leave(PhoneGroup group, PhoneId phone) {
        byMember.computeIfPresent(phone, (one, before) -> {
            List<PhoneGroup> rest =
                    before.stream().filter(each -> each != group).toList();
            return rest.isEmpty() ? null : rest;
        });
        if (group.remove(phone)) {
            announcer.info(group.settings().id().value());
        }
    }

    private static List<PhoneGroup> with(List<PhoneGroup> before, PhoneGroup one) {
        return before.contains(one)
                ? before
                : Stream.concat(before.stream(), Stream.of(one)).toList();
    }

    private List<PhoneGroup> of(PhoneId phone) {
        return byMember.getOrDefault(phone, List.of());
    }

    @Override
    public void changed(PhoneId phone) {
        registry.index().byId(phone.value()).ifPresent(now -> groups.values().forEach(group -> join(group, now)));
        of(phone).forEach(group -> announcer.info(group.settings().id().value()));
    }

    @Override
    public void gone(PhoneId phone) {
        of(phone).forEach(group -> leave(group, phone));
        announcer.lookAgain();
    }

    @Override
    public void availability(PhoneId phone, boolean online) {
        of(phone).forEach(group -> group.availability(phone, online));
    }

    @Override
    public void states(PhoneId phone, Map<Property, String> changes) {
        of(phone).forEach(group -> group.states(phone, changes));
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
