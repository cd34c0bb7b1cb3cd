package org.bellwire.core.group;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Property;
import org.bellwire.api.port.PhoneListener;
import org.bellwire.api.port.RemotePhones;
import org.bellwire.core.phone.Phone;
import org.bellwire.core.phone.PhoneSession;
import org.bellwire.core.registry.Ownership;
import org.bellwire.core.registry.PhoneIndex;

/**
 * Which groups each phone is in, and what they know of it: of one that this gateway serves what its session knows, of any other
 * what that one's gateway publishes. All of it in the phone's order, so that nothing is told twice or too late.
 */
final class GroupMembers {

    private static final RemotePhones.State NOTHING = new RemotePhones.State(false, Map.of());

    private final PhoneIndex phones;
    private final Ownership ownership;
    private final Consumer<PhoneGroup> changed;
    private final Runnable lookAgain;
    private final RemoteMembers remote;
    private final Map<PhoneId, Membership> byPhone = new ConcurrentHashMap<>();
    private final AtomicBoolean again = new AtomicBoolean();

    /** @param elsewhere another gateway serves the phone, as of the last look */
    private record Membership(List<PhoneGroup> groups, boolean elsewhere) {

        Membership with(PhoneGroup one) {
            return groups.contains(one)
                    ? this
                    : new Membership(
                            Stream.concat(groups.stream(), Stream.of(one)).toList(), elsewhere);
        }

        Membership without(PhoneGroup one) {
            return new Membership(groups.stream().filter(each -> each != one).toList(), elsewhere);
        }
    }

    /**
     * @param changed is told of groups that have other members now
     * @param lookAgain asks for {@link #follow}; does not wait for it
     */
    GroupMembers(PhoneIndex phones, Ownership ownership, Consumer<PhoneGroup> changed, Runnable lookAgain) {
        this.phones = phones;
        this.ownership = ownership;
        this.changed = changed;
        this.lookAgain = lookAgain;
        remote = new RemoteMembers(ownership, new Elsewhere(), lookAgain);
    }

    void join(PhoneGroup group, Phone phone) {
        PhoneId id = phone.settings().id();
        if (!group.settings().names(phone.settings())) {
            return;
        }
        phone.session().inOrder(() -> {
            byPhone.compute(
                    id,
                    (one, before) ->
                            before == null ? new Membership(List.of(group), !ownership.owns(id)) : before.with(group));
            if (put(group, phone)) {
                changed.accept(group);
            }
        });
        if (phones.byId(id.value()).isEmpty()) {
            leave(group, id); // it has gone meanwhile
        }
    }

    /** True if it is a new member. */
    private boolean put(PhoneGroup group, Phone phone) {
        PhoneId id = phone.settings().id();
        if (!isElsewhere(id)) {
            PhoneSession session = phone.session();
            return group.put(id, session.states(), session.availability().isOnline());
        }
        RemotePhones.State known = published(id).orElse(NOTHING);
        return !group.has(id) && group.put(id, known.states(), known.online());
    }

    void leave(PhoneGroup group, PhoneId phone) {
        byPhone.computeIfPresent(phone, (one, before) -> {
            Membership rest = before.without(group);
            return rest.groups().isEmpty() ? null : rest;
        });
        if (group.remove(phone)) {
            changed.accept(group);
        }
    }

    List<PhoneGroup> of(PhoneId phone) {
        return membership(phone).map(Membership::groups).orElse(List.of());
    }

    private Optional<Membership> membership(PhoneId phone) {
        return Optional.ofNullable(byPhone.get(phone));
    }

    private boolean isElsewhere(PhoneId phone) {
        return membership(phone).filter(Membership::elsewhere).isPresent();
    }

    private Optional<RemotePhones.State> published(PhoneId phone) {
        return ownership.remote().flatMap(others -> others.find(phone));
    }

    /** News of this gateway, in the phone's order. */
    void availability(PhoneId phone, boolean online) {
        tell(phone, false, group -> group.availability(phone, online));
    }

    /** The same. */
    void states(PhoneId phone, Map<Property, String> changes) {
        tell(phone, false, group -> group.states(phone, changes));
    }

    private void tell(PhoneId id, boolean elsewhere, Consumer<PhoneGroup> news) {
        membership(id).ifPresent(known -> {
            if (known.elsewhere() != elsewhere) { // its owner has changed, or it is an echo
                phones.byId(id.value()).ifPresent(phone -> follow(phone, known, false));
                lookAgain.run();
            }
            if (isElsewhere(id) == elsewhere) {
                known.groups().forEach(news);
            }
        });
    }

    /** Takes news of the phones that other gateways serve. */
    private final class Elsewhere implements PhoneListener {
        @Override
        public void availability(PhoneId phone, boolean online) {
            tellInOrder(phone, group -> group.availability(phone, online));
        }

        @Override
        public void states(PhoneId phone, Map<Property, String> changes) {
            tellInOrder(phone, group -> group.states(phone, changes));
        }
    }

    private void tellInOrder(PhoneId phone, Consumer<PhoneGroup> news) {
        if (byPhone.containsKey(phone)) {
            phones.byId(phone.value()).ifPresent(known -> known.session().inOrder(() -> tell(phone, true, news)));
        }
    }

    /**
     * Reads those anew that have changed their owner, and listens to other gateways while one of these groups has members there.
     *
     * @param published the groups that this gateway publishes
     */
    void follow(Set<PhoneGroup> published) {
        boolean all = again.getAndSet(false);
        each((phone, known) -> follow(phone, known, all));
        if (remote.follow(published.stream().anyMatch(this::areElsewhere))) {
            each(this::readElsewhere);
        }
    }

    /**
     * Of one that has left this gateway what was known stays until the other one tells more, as on its own topics: what was heard
     * of it before it came here is older.
     */
    private void follow(Phone phone, Membership known, boolean all) {
        PhoneId id = phone.settings().id();
        boolean elsewhere = !ownership.owns(id);
        if (elsewhere != known.elsewhere()) {
            byPhone.computeIfPresent(id, (one, before) -> new Membership(before.groups(), elsewhere));
        }
        if (!elsewhere && (all || known.elsewhere())) {
            PhoneSession session = phone.session();
            known.groups()
                    .forEach(group -> group.replace(
                            id, session.states(), session.availability().isOnline()));
        }
    }

    private void readElsewhere(Phone phone, Membership known) {
        PhoneId id = phone.settings().id();
        RemotePhones.State state = published(id).orElse(NOTHING);
        if (known.elsewhere()) {
            known.groups().forEach(group -> group.replace(id, state.states(), state.online()));
        }
    }

    /** It is known of all members of this group how they are. */
    boolean areKnown(PhoneGroup group) {
        return remote.isKnown() || !areElsewhere(group);
    }

    private boolean areElsewhere(PhoneGroup group) {
        return group.members().stream().anyMatch(this::isElsewhere);
    }

    /** With the next look reads also those that this gateway serves as before. */
    void readAgain() {
        again.set(true);
        lookAgain.run();
    }

    void sitesChanged() {
        remote.sitesChanged();
        lookAgain.run();
    }

    /** There is a connection to the broker again. */
    void reconnected() {
        if (!ownership.isAlone()) {
            remote.reconnected();
            lookAgain.run();
        }
    }

    void stop() {
        remote.stop();
    }

    private void each(BiConsumer<Phone, Membership> reading) {
        byPhone.keySet()
                .forEach(id -> phones.byId(id.value())
                        .ifPresent(phone -> phone.session()
                                .inOrder(() -> membership(id).ifPresent(known -> reading.accept(phone, known)))));
    }
}
