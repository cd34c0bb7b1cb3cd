package org.bellwire.core.registry;

import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.bellwire.api.Mac;
import org.bellwire.core.phone.Phone;

/** The phones of one site, by what they say of themselves that two sites may have alike. Changed by one thread at a time. */
final class SitePhones {

    /** Of a site without phones: nothing is ever put into it. */
    static final SitePhones NONE = new SitePhones();

    private final Map<Mac, Phone> byMac = new ConcurrentHashMap<>();
    private final Map<InetAddress, Set<Phone>> byHost = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    Optional<Phone> byMac(Mac mac) {
        return Optional.ofNullable(byMac.get(mac));
    }

    /** The phone at an address, if exactly one is configured with it. */
    Optional<Phone> byHost(InetAddress address) {
        Set<Phone> there = byHost.getOrDefault(address, Set.of());
        return there.size() == 1 ? there.stream().findFirst() : Optional.empty();
    }

    boolean isHost(InetAddress address) {
        return byHost.containsKey(address);
    }

    int count() {
        return count.get();
    }

    void add(Phone phone) {
        count.incrementAndGet();
        phone.settings().mac().ifPresent(mac -> byMac.put(mac, phone));
    }

    void remove(Phone phone) {
        count.decrementAndGet();
        phone.settings().mac().ifPresent(mac -> byMac.remove(mac, phone));
    }

    /** Many may share one address, so that a set is copied only where an older phone has to go at once. */
    void join(Phone phone, Optional<Phone> older, InetAddress address) {
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

    void leave(Phone phone, InetAddress address) {
        byHost.computeIfPresent(address, (a, there) -> {
            there.remove(phone);
            return there.isEmpty() ? null : there;
        });
    }

    private static Set<Phone> setOf(Phone phone) {
        Set<Phone> set = ConcurrentHashMap.newKeySet();
        set.add(phone);
        return set;
    }
}
