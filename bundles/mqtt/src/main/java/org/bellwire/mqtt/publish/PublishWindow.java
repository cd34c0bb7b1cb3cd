package org.bellwire.mqtt.publish;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.bellwire.api.Message;
import org.bellwire.api.port.Limit;
import org.bellwire.api.port.LimitLog;
import org.eclipse.paho.client.mqttv3.MqttException;

/**
 * Limits what is in flight over one connection: at most {@link #PERMITS} messages that the broker has yet to acknowledge, and
 * behind them a queue that is bounded in messages and bytes. Keeps the order of the calls and never blocks. Closes the
 * connection when the broker does not acknowledge in time.
 */
public final class PublishWindow implements PendingPublish.Owner {

    /** What Paho is told. More than the permits: it frees a place a little after it has told of the acknowledgement. */
    public static final int MAX_IN_FLIGHT = 500;

    public static final int PERMITS = 400;
    public static final int QUEUE = WaitingMessages.MAX;

    private static final long DEADLINE = TimeUnit.SECONDS.toNanos(2);

    private final PublishChannel wire;
    private final LongSupplier clock;
    private final WindowRules rules;

    @GuardedBy("this")
    private final InFlightMessages underWay;
    /** Everything unsettled in the order of the calls, and so of the deadlines; settled ones leave when they reach the head. */
    @GuardedBy("this")
    private final ArrayDeque<PendingPublish> open = new ArrayDeque<>();

    /** Everything unsettled that has no deadline, in the order of the calls. */
    @GuardedBy("this")
    private final ArrayDeque<PendingPublish> patient = new ArrayDeque<>();

    @GuardedBy("this")
    private final WaitingMessages waiting = new WaitingMessages();
    /** Paho takes nothing although there is room. */
    @GuardedBy("this")
    private boolean busy;

    @GuardedBy("this")
    private long busySince;

    @GuardedBy("this")
    private boolean givenUp;

    @GuardedBy("this")
    private String closed = "";

    /** @param clock nanoseconds, as of {@link System#nanoTime()} */
    PublishWindow(PublishChannel wire, LongSupplier clock, WindowRules rules) {
        this.wire = wire;
        this.clock = clock;
        this.rules = rules;
        underWay = new InFlightMessages(PERMITS, rules.fatal().oneByOne());
    }

    /** A window of no connection. */
    public static PublishWindow closed(String reason) {
        LimitLog limits = LimitLog.none();
        WindowRules none = new WindowRules(new RefusedMessageSearch(System::nanoTime, limits), limits, Long.MAX_VALUE);
        PublishWindow window = new PublishWindow(new NoChannel(), System::nanoTime, none);
        window.close(reason, false);
        return window;
    }

    @Override
    public synchronized boolean isOpen() {
        return closed.isEmpty();
    }

    CompletionStage<Void> offer(Message message) {
        return offer(message, false);
    }

    /** Without a deadline: fails at once, or when the connection is lost. */
    @Override
    public PendingPublish offerPatiently(Message message) {
        return offer(message, true);
    }

    /** To a topic that does not stand below the root. */
    CompletionStage<Void> offer(String topic, String payload, boolean retained) {
        return offer(new PendingPublish(this, topic, false, payload, retained, clock.getAsLong() + DEADLINE), false);
    }

    private PendingPublish offer(Message message, boolean patiently) {
        return offer(new PendingPublish(this, message, clock.getAsLong() + DEADLINE), patiently);
    }

    private PendingPublish offer(PendingPublish outgoing, boolean patiently) {
        List<Refused> refused = new ArrayList<>(0);
        String objection;
        synchronized (this) {
            objection = objection(outgoing);
            if (objection.isEmpty()) {
                (patiently ? patient : open).add(outgoing);
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

    @GuardedBy("this")
    private String objection(PendingPublish outgoing) {
        if (!closed.isEmpty()) {
            return closed;
        }
        if (outgoing.isTooLarge()) {
            return giveUp(outgoing, "the message is larger than " + PendingPublish.MAX_BYTES + " bytes");
        }
        if (rules.fatal().contains(outgoing.path(), outgoing.size())) {
            return giveUp(outgoing, "the broker closes the connection over this message");
        }
        if (!waiting.hasRoomFor(outgoing)) {
            String reason = "too much is waiting for the broker";
            rules.limits()
                    .reached(
                            Limit.MQTT_QUEUE,
                            () -> outgoing.path() + " is not published: " + reason
                                    + "; look whether the broker is overloaded, or the network to it slow");
            return reason;
        }
        return "";
    }

    private String giveUp(PendingPublish outgoing, String reason) {
        outgoing.giveUp();
        rules.limits()
                .reached(
                        Limit.MQTT_PUBLISHED_SIZE,
                        () -> outgoing.path() + " with " + outgoing.size() + " bytes is not published: " + reason);
        return reason;
    }

    @Override
    public void acknowledged(PendingPublish outgoing) {
        List<Refused> refused = new ArrayList<>(0);
        boolean first;
        synchronized (this) {
            if (!underWay.acknowledge(outgoing, clock.getAsLong())) {
                return;
            }
            first = outgoing.settle();
            dropSettled(open);
            dropSettled(patient);
            drain(refused);
        }
        rules.fatal().taken(outgoing);
        if (first) {
            outgoing.complete(null);
        }
        refused.forEach(Refused::complete);
    }

    /** Takes back what has not been sent. False: it is under way, and its future tells how that ends. */
    @Override
    public synchronized boolean withdraw(PendingPublish outgoing) {
        if (!outgoing.isSent()) {
            outgoing.settle();
        }
        return !outgoing.isSent();
    }

    /** How many messages wait here or for the broker. */
    public synchronized int load() {
        return waiting.size() + underWay.count();
    }

    /**
     * Fails what is too late. A message that is with the broker already keeps its permit until the broker answers, or has kept us
     * waiting for too long.
     */
    void sweep() {
        List<PendingPublish> late = new ArrayList<>(0);
        List<Refused> refused = new ArrayList<>(0);
        synchronized (this) {
            long now = clock.getAsLong();
            for (PendingPublish head = open.peek();
                    head != null && (head.isSettled() || head.isLate(now));
                    head = open.peek()) {
                open.remove();
                if (head.settle()) {
                    late.add(head);
                }
            }
            waiting.dropSettled();
            drain(refused);
            giveUpWhenStalled(now);
        }
        late.forEach(outgoing -> outgoing.fail("the broker did not acknowledge within 2 s"));
        refused.forEach(Refused::complete);
    }

    @GuardedBy("this")
    private void giveUpWhenStalled(long now) {
        boolean stalled = underWay.isStalled(now, rules.acknowledgement());
        if (givenUp || !closed.isEmpty() || !(stalled || (busy && now - busySince > rules.acknowledgement()))) {
            return;
        }
        givenUp = true;
        rules.limits().count(Limit.MQTT_ANSWER_TIME);
        String what = stalled ? underWay.oldest().path() : "what was published";
        long seconds = TimeUnit.NANOSECONDS.toSeconds(rules.acknowledgement());
        wire.giveUp(new BrokerUnresponsiveException("the broker has not acknowledged " + what + " for " + seconds
                + " s: look at its log, and restart it if this goes on"));
    }

    /**
     * Fails all that is under way, and all to come.
     *
     * @param hungUp the broker has closed the connection
     */
    @Override
    public void close(String reason, boolean hungUp) {
        List<PendingPublish> lost = new ArrayList<>();
        synchronized (this) {
            if (!closed.isEmpty()) {
                return;
            }
            closed = reason;
            if (hungUp) {
                rules.fatal().lostWith(underWay.unacknowledged());
            }
            open.stream().filter(PendingPublish::settle).forEach(lost::add);
            patient.stream().filter(PendingPublish::settle).forEach(lost::add);
            open.clear();
            patient.clear();
            waiting.clear();
        }
        lost.forEach(outgoing -> outgoing.fail(reason));
    }

    private record Refused(PendingPublish outgoing, String reason) {
        void complete() {
            outgoing.fail(reason);
        }
    }

    @GuardedBy("this")
    private void drain(List<Refused> refused) {
        while (!waiting.isEmpty() && (waiting.first().isSettled() || underWay.hasRoomFor(waiting.first()))) {
            PendingPublish next = waiting.take();
            if (!next.isSettled() && !send(next, refused)) {
                return;
            }
        }
    }

    /** False: Paho is behind. It gets the message again with the next acknowledgement, or the next sweep. */
    @GuardedBy("this")
    private boolean send(PendingPublish next, List<Refused> refused) {
        underWay.add(next, clock.getAsLong());
        try {
            wire.send(next.path(), next.isBelowRoot(), next.message(), next);
            next.sent();
            busy = false;
        } catch (MqttException e) {
            underWay.takeBack(next);
            if (e.getReasonCode() == MqttException.REASON_CODE_MAX_INFLIGHT) {
                waiting.putBack(next);
                busySince = busy ? busySince : clock.getAsLong();
                busy = true;
                return false;
            }
            refuse(next, "the connection to the broker was lost", refused);
        } catch (RuntimeException e) {
            underWay.takeBack(next);
            next.giveUp();
            refuse(next, "the message cannot be sent: " + e.getMessage(), refused);
        }
        return true;
    }

    private static void refuse(PendingPublish outgoing, String reason, List<Refused> refused) {
        outgoing.settle();
        refused.add(new Refused(outgoing, reason));
    }

    private static void dropSettled(Queue<PendingPublish> queue) {
        for (PendingPublish head = queue.peek(); head != null && head.isSettled(); head = queue.peek()) {
            queue.remove();
        }
    }
}
