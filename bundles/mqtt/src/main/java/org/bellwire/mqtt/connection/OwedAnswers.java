package org.bellwire.mqtt.connection;

import java.io.IOException;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.bellwire.mqtt.publish.BrokerUnresponsiveException;

/**
 * Counts what each side of a connection still has to answer beside published messages: we acknowledgements, the broker pings.
 * Paho queues its acknowledgements without a bound, so nothing more is read while too many of them are not written.
 */
final class OwedAnswers {

    /** Answers that may wait to be written. */
    static final int MAX_OWED = 1000;

    /** Messages at QoS 2, which nobody asks for and which Paho keeps until the broker releases them. */
    static final int MAX_UNRELEASED = 20;

    private static final int STEP_MS = 100;

    private final long patience;
    private final BooleanSupplier over;
    private final BitSet unreleased = new BitSet();
    private int owed;
    private boolean pinged;
    private long pingedAt;

    /**
     * One for each connection.
     *
     * @param patience nanoseconds that either side may keep the other waiting
     * @param over the connection has ended
     */
    OwedAnswers(long patience, BooleanSupplier over) {
        this.patience = patience;
        this.over = over;
    }

    /** A packet is about to be handed on. Waits while too many answers have not been written, but not without an end. */
    synchronized void arrived(PacketHead packet) throws IOException {
        if (packet.type() == PacketHead.PINGRESP) {
            pinged = false;
        } else if (pinged && System.nanoTime() - pingedAt > patience) {
            throw new BrokerUnresponsiveException(
                    "the broker sends, but does not answer a ping: check it and the network");
        }
        note(packet);
        if (packet.isAnswered()) {
            awaitRoom();
            owed++;
        }
    }

    private void note(PacketHead packet) throws IOException {
        if (packet.type() == PacketHead.PUBREL) {
            unreleased.clear(packet.id());
        } else if (packet.isPublish() && packet.qos() == 2) {
            unreleased.set(packet.id());
            if (unreleased.cardinality() > MAX_UNRELEASED) {
                throw new BrokerUnresponsiveException(
                        "the broker sends at QoS 2, which nobody asked for, and does not finish it");
            }
        }
    }

    private void awaitRoom() throws IOException {
        long since = System.nanoTime();
        int before = owed;
        while (owed >= MAX_OWED) {
            pause();
            if (owed < before) {
                since = System.nanoTime();
                before = owed;
            }
            if (over.getAsBoolean() || System.nanoTime() - since > patience) {
                throw new BrokerUnresponsiveException("the broker sends, but does not read: check it and the network");
            }
        }
    }

    @SuppressWarnings("WaitNotInLoop") // the caller loops
    private void pause() throws IOException {
        try {
            wait(STEP_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** A packet is about to be written. A ping counts from here on: a broker nearby answers before the write has returned. */
    void writing(int firstByte) {
        if (type(firstByte) == PacketHead.PINGREQ) {
            pinged();
        }
    }

    /** A packet has been written. */
    void written(int firstByte) {
        switch (type(firstByte)) {
            case PacketHead.PUBACK, PacketHead.PUBREC, PacketHead.PUBCOMP -> answered();
            default -> {
                // our own message
            }
        }
    }

    private static int type(int firstByte) {
        return (firstByte >> 4) & 0xF;
    }

    private synchronized void answered() {
        owed = Math.max(0, owed - 1);
        if (owed == MAX_OWED - 1) {
            notifyAll();
        }
    }

    private synchronized void pinged() {
        if (!pinged) {
            pinged = true;
            pingedAt = System.nanoTime();
        }
    }

    /** Two pings may be lost in the time that the keep-alive gives a broker. */
    static long patience(int keepAliveS) {
        return TimeUnit.SECONDS.toNanos(2L * keepAliveS);
    }
}
