package org.bellwire.core.group;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.bellwire.api.Message;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Property;
import org.bellwire.api.Topic;

/**
 * One group and what it says of its members. All of it happens in one order: messages are handed over under its lock, as those
 * of a phone are. What a member's news costs does not grow with the phones but by the depth of a tree.
 */
final class PhoneGroup {

    /** In the order of their publication: who acts on a call reads the right caller. */
    static final List<Property> SHOWN =
            inOrder("direction", "local", "peer_number", "peer_name", "peer_tags", "busy", "off_hook", "call");

    private final GroupSettings settings;
    private final String root;
    private final BooleanSupplier own;
    private final Consumer<Message> out;

    @GuardedBy("this")
    private final Map<PhoneId, GroupMember> members = new TreeMap<>();

    @GuardedBy("this")
    private final TreeSet<GroupMember> byStrength = new TreeSet<>(GroupMember.BY_STRENGTH);

    @GuardedBy("this")
    private final Map<Property, String> told = new EnumMap<>(Property.class);

    @GuardedBy("this")
    private Optional<Boolean> toldOnline = Optional.empty();

    @GuardedBy("this")
    private int online;

    @GuardedBy("this")
    private long news;

    /** Nothing is published before {@link #open}. */
    @GuardedBy("this")
    private boolean open;

    /** @param own this gateway is the one that publishes of it */
    PhoneGroup(GroupSettings settings, String root, BooleanSupplier own, Consumer<Message> out) {
        this.settings = settings;
        this.root = root;
        this.own = own;
        this.out = out;
    }

    private static List<Property> inOrder(String... names) {
        List<Property> shown = new ArrayList<>();
        for (String name : names) {
            Arrays.stream(Property.values())
                    .filter(property -> property.wire().equals(name))
                    .forEach(shown::add);
        }
        return List.copyOf(shown);
    }

    GroupSettings settings() {
        return settings;
    }

    String id() {
        return settings.id().value();
    }

    /** The root topic of its site. */
    String root() {
        return root;
    }

    boolean isOwn() {
        return own.getAsBoolean();
    }

    synchronized boolean has(PhoneId phone) {
        return members.containsKey(phone);
    }

    synchronized List<PhoneId> members() {
        return List.copyOf(members.keySet());
    }

    /** The phone is a member, and this is how it is; true if it is a new one. */
    synchronized boolean put(PhoneId phone, Map<Property, String> states, boolean isOnline) {
        Optional<GroupMember> before = Optional.ofNullable(members.get(phone));
        Map<Property, String> shown = shown(states);
        boolean same = before.filter(member -> member.states().equals(shown)).isPresent();
        long changed = same ? before.orElseThrow().changed() : ++news;
        replace(before, new GroupMember(phone, shown, isOnline, changed));
        return before.isEmpty();
    }

    /** This is how a member is now, if it still is one. */
    synchronized void replace(PhoneId phone, Map<Property, String> states, boolean isOnline) {
        if (has(phone)) {
            put(phone, states, isOnline);
        }
    }

    /** States of a member changed. */
    synchronized void states(PhoneId phone, Map<Property, String> changes) {
        Map<Property, String> shown = shown(changes);
        if (!shown.isEmpty()) {
            Optional<GroupMember> before = Optional.ofNullable(members.get(phone));
            before.ifPresent(member -> replace(before, member.with(shown, ++news)));
        }
    }

    synchronized void availability(PhoneId phone, boolean isOnline) {
        Optional<GroupMember> before = Optional.ofNullable(members.get(phone));
        before.ifPresent(member -> replace(before, member.with(isOnline)));
    }

    /** The phone is no member any more; true if it was one. */
    synchronized boolean remove(PhoneId phone) {
        Optional<GroupMember> before = Optional.ofNullable(members.remove(phone));
        before.ifPresent(member -> {
            byStrength.remove(member);
            online -= member.online() ? 1 : 0;
            publishChanges();
        });
        return before.isPresent();
    }

    @GuardedBy("this")
    private void replace(Optional<GroupMember> before, GroupMember after) {
        before.ifPresent(member -> {
            byStrength.remove(member);
            online -= member.online() ? 1 : 0;
        });
        members.put(after.id(), after);
        byStrength.add(after);
        online += after.online() ? 1 : 0;
        publishChanges();
    }

    /** Its members are known: publishes what is not as the group before it said. */
    synchronized void open(Optional<PhoneGroup> before) {
        before.ifPresent(older -> {
            told.putAll(older.close());
            toldOnline = Optional.empty();
        });
        open = true;
        publishChanges();
    }

    /**
     * Its members are known, and another gateway may have published of it: all of it is to be said, and that a state is none. True
     * if it was closed.
     */
    synchronized boolean takeOver() {
        boolean begins = !open;
        open = true;
        if (begins) {
            toldOnline = Optional.of(online > 0);
            SHOWN.forEach(property -> told.put(property, strongest().getOrDefault(property, "")));
        }
        return begins;
    }

    /** Publishes no more; what it said last. */
    synchronized Map<Property, String> close() {
        open = false;
        return new EnumMap<>(told);
    }

    /** Says all again: nobody knows what the broker remembers. */
    synchronized void republish() {
        if (publishes()) {
            out.accept(Message.retained(topic("availability"), online > 0 ? "online" : "offline"));
            told.forEach((property, value) -> out.accept(Message.retained(state(property), value)));
        }
    }

    /** Removes what the broker keeps. */
    synchronized void clear() {
        open = false;
        if (!isOwn()) {
            return;
        }
        out.accept(Message.retained(topic("info"), ""));
        out.accept(Message.retained(topic("availability"), ""));
        SHOWN.forEach(property -> out.accept(Message.retained(state(property), "")));
    }

    @GuardedBy("this")
    private void publishChanges() {
        if (!publishes()) {
            return;
        }
        if (!toldOnline.equals(Optional.of(online > 0))) {
            toldOnline = Optional.of(online > 0);
            out.accept(Message.retained(topic("availability"), online > 0 ? "online" : "offline"));
        }
        Map<Property, String> strongest = strongest();
        for (Property property : SHOWN) {
            String before = told.get(property);
            String value = strongest.getOrDefault(property, "");
            boolean silent = before == null && !strongest.containsKey(property);
            if (!silent && !value.equals(before)) {
                told.put(property, value);
                out.accept(Message.retained(state(property), value));
            }
        }
    }

    /** One that is another gateway's by now is closed: what it says is not said. */
    @GuardedBy("this")
    private boolean publishes() {
        open &= isOwn();
        return open;
    }

    @GuardedBy("this")
    private Map<Property, String> strongest() {
        return byStrength.isEmpty() ? Map.of() : byStrength.first().states();
    }

    Topic topic(String level) {
        return Topic.of(settings.id().value(), level).below(root);
    }

    private Topic state(Property property) {
        return Topic.of(settings.id().value(), "state", property.wire()).below(root);
    }

    private static Map<Property, String> shown(Map<Property, String> states) {
        Map<Property, String> shown = new EnumMap<>(Property.class);
        states.forEach((property, value) -> {
            if (SHOWN.contains(property)) {
                shown.put(property, value);
            }
        });
        return shown;
    }
}
