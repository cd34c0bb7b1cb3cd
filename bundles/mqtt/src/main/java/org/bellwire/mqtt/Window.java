package org.bellwire.mqtt;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.bellwire.api.Message;
import org.eclipse.paho.client.mqttv3.MqttException;

/**
 * What is under way over one connection: at most {@link #PERMITS} messages that the broker has yet to acknowledge, and a bounded
 * queue behind them. Keeps the order of the calls and never blocks. Futures complete outside the lock.
 */
final class Window {

    /** What Paho is told. More than the permits: it frees a place a little after it has told of the acknowledgement. */
    static final int MAX_IN_FLIGHT = 500;

    static final int PERMITS = 400;
    static final int QUEUE = 10_000;
    static final int MAX_BYTES = 1 << 20;
    private static final long DEADLINE = TimeUnit.SECONDS.toNanos(2);

    private final Wire wire;
    private final LongSupplier clock;
    /** Everything unsettled in the order of the calls, and so of the deadlines; settled ones leave when they reach the head. */
    private final ArrayDeque<Outgoing> open = new ArrayDeque<>();

    /** Everything unsettled that has no deadline, in the order of the calls. */
    private final ArrayDeque<Outgoing> patient = new ArrayDeque<>();

    private final ArrayDeque<Outgoing> waiting = new ArrayDeque<>();
    private int permits = PERMITS;
    private String closed = "";

    /** @param clock nanoseconds, as of {@link System#nanoTime()} */
    Window(Wire wire, LongSupplier clock) {
        this.wire = wire;
        this.clock = clock;
    }

    /** A window of no connection. */
    static Window closed(String reason) {
        Window window = new Window((path, message, listener) -> {}, System::nanoTime);
        window.close(reason);
        return window;
    }

    synchronized boolean isOpen() {
        return closed.isEmpty();
    }

    CompletionStage<Void> offer(Message message) {
        return offer(message, open);
    }

    /** Without a deadline: fails at once, or when the connection is lost. */
    Outgoing offerPatiently(Message message) {
        return offer(message, patient);
    }

    private Outgoing offer(Message message, ArrayDeque<Outgoing> unsettled) {
        Outgoing outgoing = new Outgoing(this, message, clock.getAsLong() + DEADLINE);
        List<Refused> refused = new ArrayList<>(0);
        String objection;
        synchronized (this) {
            objection = objection(outgoing);
            if (objection.isEmpty()) {
                unsettled.add(outgoing);
                waiting.add(outgoing);
                drain(refused);
            }
        }
        if (!objection.isEmpty()) {
            outgoing.fail(objection);
        }
        refused.forEach(Refused::complete);
        return outgoing;
    }

    private String objection(Outgoing outgoing) {
        if (!closed.isEmpty()) {
            return closed;
        }
        if (outgoing.message().getPayload().length > MAX_BYTES) {
            return "the message is larger than " + MAX_BYTES + " bytes";
        }
        return waiting.size() >= QUEUE ? "too much is waiting for the broker" : "";
    }

    void acknowledged(Outgoing outgoing) {
        List<Refused> refused = new ArrayList<>(0);
        boolean first;
        synchronized (this) {
            permits++;
            first = outgoing.settle();
            dropSettled(open);
            dropSettled(patient);
            drain(refused);
        }
        if (first) {
            outgoing.complete(null);
        }
        refused.forEach(Refused::complete);
    }

    /** Takes back what has not been sent. False: it is under way, and its future tells how that ends. */
    synchronized boolean withdraw(Outgoing outgoing) {
        if (!outgoing.isSent()) {
            outgoing.settle();
        }
        return !outgoing.isSent();
    }

    /** How many messages wait here or for the broker. */
    synchronized int load() {
        return waiting.size() + PERMITS - permits;
    }

    /** Fails what is too late. A message that is with the broker already keeps its permit until the broker answers. */
    void sweep() {
        List<Outgoing> late = new ArrayList<>(0);
        List<Refused> refused = new ArrayList<>(0);
        synchronized (this) {
            long now = clock.getAsLong();
            for (Outgoing head = open.peek();
                    head != null && (head.isSettled() || head.isLate(now));
                    head = open.peek()) {
                open.remove();
                if (head.settle()) {
                    late.add(head);
                }
            }
            dropSettled(waiting);
            drain(refused);
        }
        late.forEach(outgoing -> outgoing.fail("the broker did not acknowledge within 2 s"));
        refused.forEach(Refused::complete);
    }

    /** Fails all that is under way, and all to come. */
    void close(String reason) {
        List<Outgoing> lost = new ArrayList<>();
        synchronized (this) {
            if (!closed.isEmpty()) {
                return;
            }
            closed = reason;
            open.stream().filter(Outgoing::settle).forEach(lost::add);
            patient.stream().filter(Outgoing::settle).forEach(lost::add);
            open.clear();
            patient.clear();
            waiting.clear();
        }
        lost.forEach(outgoing -> outgoing.fail(reason));
    }

    private record Refused(Outgoing outgoing, String reason) {
        void complete() {
            outgoing.fail(reason);
        }
    }

    private void drain(List<Refused> refused) {
        while (permits > 0 && !waiting.isEmpty()) {
            Outgoing next = waiting.remove();
            if (next.isSettled()) {
                continue;
            }
            try {
                permits--;
                wire.send(next.path(), next.message(), next);
                next.sent();
            } catch (MqttException e) {
                permits++;
                if (e.getReasonCode() == MqttException.REASON_CODE_MAX_INFLIGHT) {
                    waiting.addFirst(next); // Paho is behind: with the next acknowledgement, or the next sweep
                    return;
                }
                refuse(next, "the connection to the broker was lost", refused);
            } catch (IllegalArgumentException e) {
                permits++;
                refuse(next, "the message cannot be sent: " + e.getMessage(), refused);
            }
        }
    }

    private static void refuse(Outgoing outgoing, String reason, List<Refused> refused) {
        outgoing.settle();
        refused.add(new Refused(outgoing, reason));
    }

    private static void dropSettled(Queue<Outgoing> queue) {
        for (Outgoing head = queue.peek(); head != null && head.isSettled(); head = queue.peek()) {
            queue.remove();
        }
    }
}
