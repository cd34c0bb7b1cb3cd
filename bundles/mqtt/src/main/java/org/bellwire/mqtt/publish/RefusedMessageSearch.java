package org.bellwire.mqtt.publish;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.bellwire.api.EventMessage;
import org.bellwire.api.Message;
import org.bellwire.api.port.Limit;
import org.bellwire.api.port.LimitLog;

/**
 * Finds messages for which the broker closes the connection, as brokers do without a word when a message is larger than they
 * take, so that one message does not end each connection. After a loss the next connection sends the unacknowledged messages
 * one by one.
 */
final class RefusedMessageSearch {

    private static final int TIMES = 2;
    private static final int TIMES_OF_ORDINARY_SIZE = 3;
    /** What is said again after each connect comes before the one that is looked for. */
    private static final int LEAST_ONE_BY_ONE = 200;

    private static final int MOST_ONE_BY_ONE = 10_000;
    /** Losses that follow each other so soon are looked into further each time. */
    private static final long SOON = TimeUnit.MINUTES.toNanos(2);

    private static final int MOST_PATHS = 1000;
    /** An event on {@code late/} is a little smaller than it was on {@code event/}. */
    private static final int SLACK = 16;
    /** After that they are tried again. */
    private static final long KEPT = TimeUnit.HOURS.toNanos(6);
    /** Every broker takes so many bytes: it is not the size then. */
    private static final int ORDINARY = 1024;

    private final LongSupplier nanos;
    private final LimitLog limits;
    private final Set<String> fatalPaths = new HashSet<>();
    private Map<String, Integer> losses = new HashMap<>();
    private int oneByOne;
    private int leftOneByOne;
    private int largestTaken;
    private int tooLarge = Integer.MAX_VALUE;
    private long since;
    private long lastLoss;
    /** There is something to look for. */
    private volatile boolean active;

    RefusedMessageSearch(LongSupplier nanos, LimitLog limits) {
        this.nanos = nanos;
        this.limits = limits;
        since = nanos.getAsLong();
        lastLoss = since - SOON;
    }

    /** So many messages are to be sent one by one over the connection that begins now. */
    synchronized int oneByOne() {
        leftOneByOne = losses.isEmpty() ? 0 : oneByOne;
        return leftOneByOne;
    }

    /** The broker closed the connection while these were under way, in this order. */
    synchronized void lostWith(List<PendingPublish> unacknowledged) {
        if (unacknowledged.isEmpty()) {
            return;
        }
        active = true;
        Map<String, Integer> before = losses;
        losses = new HashMap<>();
        unacknowledged.forEach(each -> losses.put(each.path(), before.getOrDefault(each.path(), 0) + 1));
        PendingPublish first = unacknowledged.get(0);
        if (unacknowledged.size() == 1 && isGuilty(first)) {
            condemn(first);
        } else {
            int more = nanos.getAsLong() - lastLoss < SOON ? 2 * oneByOne : 0;
            int least = Math.max(LEAST_ONE_BY_ONE, unacknowledged.size() + 1);
            oneByOne = Math.min(MOST_ONE_BY_ONE, Math.max(more, least));
        }
        lastLoss = nanos.getAsLong();
    }

    private boolean isGuilty(PendingPublish alone) {
        int times = isLarge(alone.size()) ? TIMES : TIMES_OF_ORDINARY_SIZE;
        boolean firstWord = alone.path().equals(BridgeStatus.ONLINE.topic().path());
        return !firstWord && losses.getOrDefault(alone.path(), 0) >= times;
    }

    private boolean isLarge(int bytes) {
        return bytes > Math.max(ORDINARY, largestTaken);
    }

    private void condemn(PendingPublish message) {
        losses = new HashMap<>();
        since = nanos.getAsLong();
        if (isLarge(message.size())) {
            tooLarge = Math.min(tooLarge, message.size());
        } else if (fatalPaths.size() < MOST_PATHS) {
            fatalPaths.add(message.path());
        }
        limits.reached(
                Limit.MQTT_PUBLISHED_SIZE,
                () -> "The MQTT broker closed the connection again when " + message.path() + " with " + message.size()
                        + " bytes was published: this is left out from now on; let the broker take larger messages"
                        + " (mosquitto: max_packet_size), or see in its log what it has against this one");
    }

    /** The broker has taken a message of so many bytes. */
    void taken(PendingPublish message) {
        if (active || message.size() > largestTaken) { // a look without the lock may only be late
            noteTaken(message);
        }
    }

    private synchronized void noteTaken(PendingPublish message) {
        largestTaken = Math.max(largestTaken, message.size());
        losses.remove(message.path());
        leftOneByOne--;
        if (leftOneByOne == 0) {
            losses.clear();
        }
        active = !losses.isEmpty() || tooLarge < Integer.MAX_VALUE || !fatalPaths.isEmpty();
    }

    /** It is to be left out. */
    boolean contains(String path, int bytes) {
        return active && isFatal(path, bytes);
    }

    /** It is to be left out. */
    boolean contains(EventMessage event) {
        if (!active) {
            return false;
        }
        Message message = event.onTime();
        int bytes = message.payload().getBytes(StandardCharsets.UTF_8).length;
        String path = message.topic().whole();
        return isFatal(path, path.length() + bytes);
    }

    private synchronized boolean isFatal(String path, int bytes) {
        if (nanos.getAsLong() - since > KEPT) {
            forget();
        }
        return fatalPaths.contains(path) || (isLarge(bytes) && bytes + SLACK >= tooLarge);
    }

    /** Another broker, or another day: begins anew. */
    synchronized void forget() {
        since = nanos.getAsLong();
        fatalPaths.clear();
        losses.clear();
        largestTaken = 0;
        tooLarge = Integer.MAX_VALUE;
        active = false;
    }
}
