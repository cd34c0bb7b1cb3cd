package org.bellwire.core.registry;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bellwire.core.phone.Phone;

/** A host that phones have by its name, and what the name server said of it. Times are in nanoseconds. */
final class HostName {

    private static final Duration KEPT = Duration.ofSeconds(60);
    /** While nobody answers, the last answer stands for so long. */
    private static final Duration KEPT_AT_MOST = Duration.ofMinutes(30);

    private final Set<Phone> phones = ConcurrentHashMap.newKeySet();
    private Set<InetAddress> addresses = Set.of();
    private boolean asking;
    private boolean answered;
    private long askedAt;
    private long foundAt;

    Set<Phone> phones() {
        return phones;
    }

    synchronized Set<InetAddress> addresses() {
        return addresses;
    }

    /** True if it is time to ask; whoever gets that has to. */
    synchronized boolean isDue(long now) {
        if (asking || (answered && now - askedAt < KEPT.toNanos())) {
            return false;
        }
        asking = true;
        askedAt = now;
        return true;
    }

    /** Nobody could ask; it is due again. */
    synchronized void notAsked() {
        asking = false;
    }

    /** The answer; empty: there was none. */
    synchronized void answered(Set<InetAddress> found, long now) {
        asking = false;
        answered = true;
        if (!found.isEmpty()) {
            addresses = Set.copyOf(found);
            foundAt = now;
        } else if (now - foundAt > KEPT_AT_MOST.toNanos()) {
            addresses = Set.of();
        }
    }
}
