package org.bellwire.core.registry;

import java.net.InetAddress;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bellwire.api.Mac;
import org.bellwire.api.config.IpLiteral;
import org.bellwire.core.phone.Phone;
import org.bellwire.core.phone.PhoneSettings;

/** The phones that work, found by who they say they are; read by Jetty threads without a lock. */
public final class PhoneIndex {

    private final Map<String, Phone> byId = new ConcurrentHashMap<>();
    private final Map<Mac, Phone> byMac = new ConcurrentHashMap<>();
    private final Map<TokenDigest, Phone> byToken = new ConcurrentHashMap<>();
    private final Map<InetAddress, Set<Phone>> byHost = new ConcurrentHashMap<>();
    /** Ids that a phone cannot have. */
    private final Set<String> taken = ConcurrentHashMap.newKeySet();

    private final Map<Phone, Set<InetAddress>> addresses = new ConcurrentHashMap<>();

    public Collection<Phone> all() {
        return Collections.unmodifiableCollection(byId.values());
    }

    public Optional<Phone> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    public Optional<Phone> byMac(Mac mac) {
        return Optional.ofNullable(byMac.get(mac));
    }

    public Optional<Phone> byToken(String token) {
        return Optional.ofNullable(byToken.get(TokenDigest.of(token)));
    }

    /** The phone at an address, if exactly one is configured with it. */
    public Optional<Phone> byHost(InetAddress address) {
        Set<Phone> there = byHost.getOrDefault(address, Set.of());
        return there.size() == 1 ? there.stream().findFirst() : Optional.empty();
    }

    /** A phone, or more than one, is configured with this address. */
    public boolean isHost(InetAddress address) {
        return !byHost.getOrDefault(address, Set.of()).isEmpty();
    }

    /** Takes an id for what is no phone. */
    boolean take(String id) {
        return taken.add(id);
    }

    boolean giveBack(String id) {
        return taken.remove(id);
    }

    /** What another phone has already; {@code own} is the phone that these settings are to replace. */
    Optional<String> clash(PhoneSettings settings, Optional<Phone> own) {
        Optional<String> id = byId(settings.id().value())
                .filter(p -> !own.equals(Optional.of(p)))
                .map(p -> "file name: there is another configuration for this phone");
        Optional<String> mac = settings.mac()
                .flatMap(this::byMac)
                .filter(p -> !own.equals(Optional.of(p)))
                .map(p -> "mac: phone '" + p.id() + "' has the same");
        Optional<String> token = settings.token()
                .flatMap(t -> byToken(t.reveal()))
                .filter(p -> !own.equals(Optional.of(p)))
                .map(p -> "token: phone '" + p.id() + "' has the same");
        Optional<String> group = Optional.of(settings.id().value())
                .filter(taken::contains)
                .map(there -> "file name: there is a group '" + there + "': give one of them another name");
        return group.or(() -> id).or(() -> mac).or(() -> token);
    }

    /** Where the phone is, by its host: an address, or what a name was found to stand for. */
    public Set<InetAddress> addresses(Phone phone) {
        return addresses.getOrDefault(phone, Set.of());
    }

    /** Adds a phone, in the place of an older one of the same id without a moment between. */
    synchronized void add(Phone phone, Optional<Phone> older) {
        PhoneSettings settings = phone.settings();
        byId.put(phone.id(), phone);
        settings.mac().ifPresent(mac -> byMac.put(mac, phone));
        settings.token().ifPresent(token -> byToken.put(TokenDigest.of(token.reveal()), phone));
        Set<InetAddress> here = older.filter(o -> o.settings().host().equals(settings.host()))
                .map(this::addresses)
                .orElseGet(() ->
                        settings.host().flatMap(IpLiteral::parse).map(Set::of).orElse(Set.of()));
        addresses.put(phone, here);
        here.forEach(address -> join(phone, older, address));
        older.ifPresent(this::remove);
    }

    /** Many may share one address, so that a set is copied only where an older phone has to go at once. */
    private void join(Phone phone, Optional<Phone> older, InetAddress address) {
        byHost.merge(address, setOf(phone), (there, one) -> {
            if (older.filter(there::contains).isEmpty()) {
                there.add(phone);
                return there;
            }
            one.addAll(there);
            older.ifPresent(one::remove);
            return one;
        });
    }

    private static Set<Phone> setOf(Phone phone) {
        Set<Phone> set = ConcurrentHashMap.newKeySet();
        set.add(phone);
        return set;
    }

    /** The name that a phone has as its host stands for these addresses; true if that is news. */
    synchronized boolean locate(Phone phone, Set<InetAddress> now) {
        Set<InetAddress> before = addresses(phone);
        if (byId.get(phone.id()) != phone || before.equals(now)) {
            return false;
        }
        addresses.put(phone, now);
        now.forEach(address -> join(phone, Optional.empty(), address));
        before.stream().filter(address -> !now.contains(address)).forEach(address -> leave(phone, address));
        return true;
    }

    private void leave(Phone phone, InetAddress address) {
        byHost.computeIfPresent(address, (a, there) -> {
            there.remove(phone);
            return there.isEmpty() ? null : there;
        });
    }

    synchronized void remove(Phone phone) {
        PhoneSettings settings = phone.settings();
        byId.remove(phone.id(), phone);
        settings.mac().ifPresent(mac -> byMac.remove(mac, phone));
        settings.token().ifPresent(token -> byToken.remove(TokenDigest.of(token.reveal()), phone));
        Optional.ofNullable(addresses.remove(phone)).ifPresent(all -> all.forEach(address -> leave(phone, address)));
    }
}
