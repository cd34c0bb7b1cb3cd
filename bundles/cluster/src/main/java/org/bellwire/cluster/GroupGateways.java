package org.bellwire.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.bellwire.api.PhoneId;
import org.bellwire.api.port.Gateways;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which gateways there are, as the group's members say: each joins under the name that it has at the MQTT broker, which no other
 * can have. Asked after each change of members; whoever is told of changes may not block.
 */
final class GroupGateways implements Gateways {

    private static final Logger LOG = LoggerFactory.getLogger(GroupGateways.class);
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final int LONGEST = 64;

    /** A member of the group, and the partitions that are assigned to it. */
    record Member(String clientId, Set<Integer> partitions) {}

    /** Asks Kafka for the group's members, and waits for the answer. */
    interface Members {
        List<Member> ask() throws InterruptedException, ExecutionException, TimeoutException;
    }

    private final String own;
    private final Members members;
    private final OwnedPartitions partitions;
    private final LongSupplier nanos;
    private volatile List<String> all;
    private volatile Map<Integer, String> owners = Map.of();
    private volatile boolean tellsForAll;
    private Set<Integer> served = Set.of(); // of the thread that looks
    private volatile boolean stale = true;
    private volatile Runnable changed = () -> {};
    private long notBefore;

    /** @param nanos as of {@link System#nanoTime()} */
    GroupGateways(String own, Members members, OwnedPartitions partitions, LongSupplier nanos) {
        this.own = levelOf(own);
        this.members = members;
        this.partitions = partitions;
        this.nanos = nanos;
        all = List.of(this.own);
        notBefore = nanos.getAsLong();
    }

    /** A client id as a level of a topic: ids that come from outside must not open further levels. */
    static String levelOf(String clientId) {
        String level =
                clientId.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "-").replaceFirst("^[_-]+", "");
        return level.isEmpty() ? "gateway" : level.substring(0, Math.min(LONGEST, level.length()));
    }

    @Override
    public String own() {
        return own;
    }

    @Override
    public List<String> all() {
        return all;
    }

    @Override
    public Optional<String> ownerOf(PhoneId phone) {
        int count = partitions.count();
        return partitions.of(phone).isPresent()
                ? Optional.of(own)
                : Optional.ofNullable(count == 0 ? null : owners.get(Partitions.of(phone.value(), count)));
    }

    @Override
    public boolean tellsForAll() {
        return tellsForAll;
    }

    /** Called after each change, on the thread that looks; once at once, for what was before. */
    void onChange(Runnable listener) {
        changed = listener;
        listener.run();
    }

    /** Others came or went. */
    void membersChanged() {
        stale = true;
    }

    /** Waits for Kafka where members changed. */
    void look() throws InterruptedException {
        List<String> before = all;
        Map<Integer, String> ownersBefore = owners;
        Set<Integer> servedBefore = served;
        if (stale && nanos.getAsLong() - notBefore >= 0) {
            ask();
        }
        served = partitions.ready();
        tellsForAll = partitions.ownsFirst();
        if (!all.equals(before) || !owners.equals(ownersBefore) || !served.equals(servedBefore)) {
            tell();
        }
    }

    private void tell() {
        try {
            changed.run();
        } catch (IllegalStateException e) { // the service has gone meanwhile
            LOG.debug("nobody asks any more", e);
        }
    }

    private void ask() throws InterruptedException {
        stale = false; // before the question: who comes meanwhile is asked for again
        try {
            TreeSet<String> names = new TreeSet<>(List.of(own));
            Map<Integer, String> assigned = new HashMap<>();
            for (Member member : members.ask()) {
                String name = levelOf(member.clientId());
                names.add(name);
                member.partitions().forEach(partition -> assigned.put(partition, name));
            }
            owners = Map.copyOf(assigned);
            if (assigned.size() < partitions.count()) { // they are being given out anew
                askLater();
            }
            all = List.copyOf(new ArrayList<>(names));
        } catch (RuntimeException | ExecutionException | TimeoutException e) { // the thread has other work
            LOG.debug("Kafka does not say who is there, and is asked again", e);
            askLater();
        }
    }

    private void askLater() {
        stale = true;
        notBefore = nanos.getAsLong() + RETRY.toNanos();
    }
}
