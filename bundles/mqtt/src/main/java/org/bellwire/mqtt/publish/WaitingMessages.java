package org.bellwire.mqtt.publish;

import java.util.ArrayDeque;

/** Messages behind those that are in flight, in order, bounded in number and bytes. Not safe for several threads. */
final class WaitingMessages {

    static final int MAX = 10_000;
    static final int MAX_BYTES = 8 << 20;

    private final ArrayDeque<PendingPublish> queue = new ArrayDeque<>();
    private long bytes;

    boolean isEmpty() {
        return queue.isEmpty();
    }

    int size() {
        return queue.size();
    }

    boolean hasRoomFor(PendingPublish message) {
        return queue.size() < MAX && bytes + message.size() <= MAX_BYTES;
    }

    void add(PendingPublish message) {
        queue.add(message);
        bytes += message.size();
    }

    /** It was taken and could not be sent: it is the next one again. */
    void putBack(PendingPublish message) {
        queue.addFirst(message);
        bytes += message.size();
    }

    PendingPublish first() {
        return queue.element();
    }

    PendingPublish take() {
        PendingPublish next = queue.remove();
        bytes -= next.size();
        return next;
    }

    /** Drops those at the head for which nobody waits any more. */
    void dropSettled() {
        while (!queue.isEmpty() && queue.element().isSettled()) {
            take();
        }
    }

    void clear() {
        queue.clear();
        bytes = 0;
    }
}
