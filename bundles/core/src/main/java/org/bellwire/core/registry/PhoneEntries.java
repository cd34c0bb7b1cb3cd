package org.bellwire.core.registry;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** What came of the phones' files, by PID, by the phone's id and counted by vendor. For one thread at a time, but for the count. */
final class PhoneEntries {

    private final Map<String, PhoneEntry> byPid = new HashMap<>();
    /** Two files for one phone are a fault, but they can be. */
    private final Map<String, Set<String>> pidsById = new HashMap<>();
    /** How many files name it. */
    private final Map<String, Integer> perVendor = new ConcurrentHashMap<>();

    Optional<PhoneEntry> get(String pid) {
        return Optional.ofNullable(byPid.get(pid));
    }

    Collection<PhoneEntry> all() {
        return Collections.unmodifiableCollection(byPid.values());
    }

    Set<String> pids() {
        return new HashSet<>(byPid.keySet());
    }

    /** Those of one phone. */
    Stream<PhoneEntry> ofId(String id) {
        return pidsById.getOrDefault(id, Set.of()).stream().map(byPid::get);
    }

    /** A file names this vendor. May be asked by any thread at any time. */
    boolean name(String vendor) {
        return perVendor.containsKey(vendor);
    }

    /** In the place of the one before of this PID, which is of the same phone. */
    void put(String pid, PhoneEntry entry) {
        Optional<PhoneEntry> old = Optional.ofNullable(byPid.put(pid, entry));
        count(entry.vendor(), 1);
        old.ifPresent(gone -> count(gone.vendor(), -1));
        pidsById.computeIfAbsent(entry.id(), id -> new TreeSet<>()).add(pid);
    }

    Optional<PhoneEntry> remove(String pid) {
        Optional<PhoneEntry> old = Optional.ofNullable(byPid.remove(pid));
        old.ifPresent(gone -> {
            count(gone.vendor(), -1);
            pidsById.computeIfPresent(gone.id(), (id, pids) -> {
                pids.remove(pid);
                return pids.isEmpty() ? null : pids;
            });
        });
        return old;
    }

    /** Puts others of the same files in their places. */
    void replaceAll(BiFunction<String, PhoneEntry, PhoneEntry> other) {
        byPid.replaceAll(other);
    }

    private void count(String vendor, int more) {
        perVendor.merge(vendor, more, (now, change) -> now + change == 0 ? null : now + change);
    }
}
