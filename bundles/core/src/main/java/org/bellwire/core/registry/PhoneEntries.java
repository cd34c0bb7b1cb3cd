package org.bellwire.core.registry;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What came of the phones' files, by PID, by the phone's id and counted by vendor. Changed by one thread at a time; any thread may
 * look up, at any time and without a lock.
 */
final class PhoneEntries {

    private final Map<String, PhoneEntry> byPid = new ConcurrentHashMap<>();
    /** Two files for one phone are a fault, but they can be. In order, and never changed in place. */
    private final Map<String, List<String>> pidsById = new ConcurrentHashMap<>();
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
        return pidsById.getOrDefault(id, List.of()).stream().flatMap(pid -> get(pid).stream());
    }

    /** Of two files for one phone, that of the one that works. */
    Optional<PhoneEntry> bestOfId(String id) {
        return ofId(id).max(Comparator.comparing(entry -> entry.phone().isPresent()));
    }

    /** A file names this vendor. */
    boolean name(String vendor) {
        return perVendor.containsKey(vendor);
    }

    /** In the place of the one before of this PID, which is of the same phone. */
    void put(String pid, PhoneEntry entry) {
        Optional<PhoneEntry> old = Optional.ofNullable(byPid.put(pid, entry));
        count(entry.vendor(), 1);
        old.ifPresent(gone -> count(gone.vendor(), -1));
        pidsById.merge(entry.id(), List.of(pid), PhoneEntries::with);
    }

    Optional<PhoneEntry> remove(String pid) {
        Optional<PhoneEntry> old = Optional.ofNullable(byPid.remove(pid));
        old.ifPresent(gone -> {
            count(gone.vendor(), -1);
            pidsById.computeIfPresent(gone.id(), (id, pids) -> without(pids, pid));
        });
        return old;
    }

    private static List<String> with(List<String> pids, List<String> more) {
        return Stream.concat(pids.stream(), more.stream()).distinct().sorted().toList();
    }

    private static @Nullable List<String> without(List<String> pids, String pid) {
        List<String> left = pids.stream().filter(other -> !other.equals(pid)).toList();
        return left.isEmpty() ? null : left;
    }

    /** Puts others of the same files in their places. */
    void replaceAll(BiFunction<String, PhoneEntry, PhoneEntry> other) {
        byPid.replaceAll(other);
    }

    private void count(String vendor, int more) {
        perVendor.merge(vendor, more, (now, change) -> now + change == 0 ? null : now + change);
    }
}
