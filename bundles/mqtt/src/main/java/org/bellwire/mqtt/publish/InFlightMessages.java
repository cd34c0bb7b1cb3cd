package org.bellwire.mqtt.publish;

import java.util.ArrayDeque;
import java.util.List;

/**
 * The messages that one connection was given and the broker has not acknowledged, in order. Guarded by {@link PublishWindow}.
 */
final class InFlightMessages {

    /** Together they have so many bytes at most, so that over a slow line the oldest is not older for it than the broker may be. */
    static final int MAX_BYTES = 512 << 10;

    private final ArrayDeque<PendingPublish> order = new ArrayDeque<>();
    private final int permits;
    private int count;
    private long bytes;
    /** For how long the oldest has been the oldest: before that, others were acknowledged. */
    private long oldestSince;

    private int oneByOne;

    /** @param oneByOne so many are sent each alone, to see whether the broker bears them */
    InFlightMessages(int permits, int oneByOne) {
        this.permits = permits;
        this.oneByOne = oneByOne;
    }

    boolean hasRoomFor(PendingPublish next) {
        int most = oneByOne > 0 ? 1 : permits;
        return count < most && (count == 0 || bytes + next.size() <= MAX_BYTES);
    }

    int count() {
        return count;
    }

    void add(PendingPublish sent, long now) {
        if (count == 0) {
            order.clear();
            oldestSince = now;
        }
        order.add(sent);
        count++;
        bytes += sent.size();
    }

    /** It was not sent after all. */
    void takeBack(PendingPublish last) {
        order.removeLast();
        count--;
        bytes -= last.size();
    }

    /** False: it was before. */
    boolean acknowledge(PendingPublish sent, long now) {
        if (!sent.acknowledge()) {
            return false;
        }
        count--;
        bytes -= sent.size();
        oneByOne = Math.max(0, oneByOne - 1);
        boolean oldest = order.peek() == sent;
        while (!order.isEmpty() && order.element().isAcknowledged()) {
            order.remove();
        }
        if (oldest) {
            oldestSince = now;
        } else if (order.size() > 2 * permits) {
            order.removeIf(PendingPublish::isAcknowledged);
        }
        return true;
    }

    /** The oldest has been waiting for so long, and nothing before it for less. */
    boolean isStalled(long now, long nanos) {
        return count > 0 && now - oldestSince > nanos;
    }

    PendingPublish oldest() {
        return order.element();
    }

    List<PendingPublish> unacknowledged() {
        return order.stream().filter(sent -> !sent.isAcknowledged()).toList();
    }
}
