package org.bellwire.broker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Supplier;
import org.bellwire.broker.MqttPacket.Publish;
import org.bellwire.broker.MqttPacket.SubAck;

/** The bytes on their way to a client: answers first, then messages. A large message is not copied. */
final class PacketWriter {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    /** So much is put together for one write. */
    private static final int CHUNK = 1 << 14;
    /** A payload of so many bytes goes out from where it is. */
    private static final int LARGE = 1 << 12;
    /** So much is handed to the channel at once: Java copies it into native memory and keeps that. */
    private static final int STEP = 1 << 16;
    /** So much goes out in one turn, then it is the others' turn. */
    private static final int TURN = 1 << 18;
    /** While so many bytes of answers wait, nothing more is taken from the client. */
    private static final int MAX_ANSWERS = 1 << 16;

    private static final int ANSWER = 64;

    private final MemoryBudget.Account account;
    private final Deque<MqttPacket> answers = new ArrayDeque<>();
    private int answerBytes;
    private boolean turnOver;
    private Optional<BrokerMessage> large = Optional.empty();
    private ByteBuffer chunk = NOTHING;
    private ByteBuffer payload = NOTHING;

    /**
     * Nothing is on its way yet.
     *
     * @param account to which a large message is charged until it is out
     */
    PacketWriter(MemoryBudget.Account account) {
        this.account = account;
    }

    void add(MqttPacket answer) {
        answers.add(answer);
        answerBytes += cost(answer);
    }

    private static int cost(MqttPacket answer) {
        return ANSWER + (answer instanceof SubAck ack ? 4 * ack.granted().size() : 0);
    }

    /** Whether the client has to read first, before anything more is taken from it. */
    boolean isFull() {
        return answerBytes >= MAX_ANSWERS;
    }

    /** Whether the client has to take something before anything else can be sent. */
    boolean hasBytes() {
        return chunk.hasRemaining() || payload.hasRemaining();
    }

    /** Whether the last turn ended only because it had been long enough. */
    boolean isTurnOver() {
        return turnOver;
    }

    /** What it takes of the memory, without a large message. */
    long bytes() {
        return (long) answerBytes + chunk.capacity();
    }

    /**
     * Writes as much as the client takes, and its turn allows.
     *
     * @param messages what comes after the answers
     * @return how many bytes the client has taken
     */
    long write(WritableByteChannel channel, Supplier<Optional<MqttPacket>> messages) throws IOException {
        long taken = 0;
        int count = 1;
        while (count > 0 && taken < TURN && (hasBytes() || fill(messages))) {
            count = step(channel, chunk.hasRemaining() ? chunk : payload);
            taken += count;
        }
        turnOver = taken >= TURN;
        if (!hasBytes()) {
            forget();
        }
        return taken;
    }

    private static int step(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
        int end = bytes.limit();
        bytes.limit(Math.min(end, bytes.position() + STEP));
        try {
            return channel.write(bytes);
        } finally {
            bytes.limit(end);
        }
    }

    private boolean fill(Supplier<Optional<MqttPacket>> messages) {
        forget();
        ByteBuffer next = NOTHING;
        Optional<MqttPacket> packet = next(messages);
        while (packet.isPresent()) {
            if (packet.get() instanceof Publish publish && publish.message().payload().length >= LARGE) {
                next = append(next, PacketEncoder.head(publish));
                keep(publish.message());
            } else {
                next = append(next, PacketEncoder.encode(packet.get()));
            }
            packet = large.isPresent() || next.position() >= CHUNK ? Optional.empty() : next(messages);
        }
        chunk = next.flip();
        return hasBytes();
    }

    private void keep(BrokerMessage message) {
        account.hold(message);
        large = Optional.of(message);
        payload = ByteBuffer.wrap(message.payload());
    }

    private void forget() {
        large.ifPresent(account::release);
        large = Optional.empty();
        chunk = NOTHING;
        payload = NOTHING;
    }

    private static ByteBuffer append(ByteBuffer chunk, ByteBuffer bytes) {
        if (chunk.remaining() >= bytes.remaining()) {
            return chunk.put(bytes);
        }
        int size = Math.max(256, Math.max(2 * chunk.capacity(), chunk.position() + bytes.remaining()));
        return ByteBuffer.allocate(size).put(chunk.flip()).put(bytes);
    }

    private Optional<MqttPacket> next(Supplier<Optional<MqttPacket>> messages) {
        MqttPacket answer = answers.poll();
        if (answer == null) {
            return messages.get();
        }
        answerBytes -= cost(answer);
        return Optional.of(answer);
    }

    void clear() {
        answers.clear();
        answerBytes = 0;
        forget();
    }
}
