package org.bellwire.broker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.bellwire.broker.Packet.ConnAck;
import org.bellwire.broker.Packet.Malformed;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection: its bytes, its deadline and the session that it serves. */
final class Client {

    private static final Logger LOG = LoggerFactory.getLogger(Client.class);
    private static final int CONNECT_S = 10;
    private static final int BUFFER = 1 << 13;
    private static final int CHUNK = 1 << 14;

    private final SocketChannel channel;
    private final SelectionKey key;
    private final Switchboard switchboard;
    private final Deque<Packet> answers = new ArrayDeque<>();
    private ByteBuffer in = ByteBuffer.allocate(BUFFER);
    private ByteBuffer out = ByteBuffer.allocate(0);
    private @Nullable Session session;
    private Optional<Message> will = Optional.empty();
    private long silenceNanos = seconds(CONNECT_S);
    private long heard = System.nanoTime();

    Client(SocketChannel channel, SelectionKey key, Switchboard switchboard) {
        this.channel = channel;
        this.key = key;
        this.switchboard = switchboard;
    }

    void welcome(Session served, Optional<Message> lastWill, int keepAliveS) {
        session = served;
        will = lastWill;
        silenceNanos = keepAliveS == 0 ? Long.MAX_VALUE : seconds(keepAliveS) * 3 / 2;
    }

    Optional<Session> session() {
        return Optional.ofNullable(session);
    }

    Optional<Message> will() {
        return will;
    }

    void forgetWill() {
        will = Optional.empty();
    }

    void send(Packet packet) {
        answers.add(packet);
    }

    /** Takes what has come, packet by packet. */
    void read() throws IOException {
        int count = channel.read(in);
        if (count < 0) {
            close();
            return;
        }
        heard = System.nanoTime();
        in.flip();
        try {
            int length = Decoder.length(in);
            while (length > 0 && in.remaining() >= length && isOpen()) {
                ByteBuffer packet = in.slice(in.position(), length);
                in.position(in.position() + length);
                switchboard.take(this, Decoder.decode(packet));
                length = Decoder.length(in);
            }
            makeRoom(length);
        } catch (Malformed e) {
            refuse(e);
        }
    }

    private void makeRoom(int length) {
        if (in.remaining() == 0 && in.capacity() > BUFFER) {
            in = ByteBuffer.allocate(BUFFER);
        } else if (length > in.capacity()) {
            in = ByteBuffer.allocate(length).put(in);
        } else {
            in.compact();
        }
    }

    private void refuse(Malformed e) throws IOException {
        LOG.info("{}: refused: {}", this, e.getMessage());
        if (e.answer().isPresent()) {
            channel.write(Encoder.encode(new ConnAck(false, e.answer().get())));
        }
        close();
    }

    /** Writes as much as the peer takes. Answers first, then messages. */
    void write() throws IOException {
        while (isOpen()) {
            if (out.hasRemaining() && channel.write(out) == 0) {
                key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                return;
            }
            if (!out.hasRemaining() && !fill()) {
                key.interestOps(SelectionKey.OP_READ);
                return;
            }
        }
    }

    private boolean fill() {
        ByteBuffer chunk = ByteBuffer.allocate(0);
        Optional<Packet> packet = next();
        while (packet.isPresent()) {
            chunk = append(chunk, Encoder.encode(packet.get()));
            packet = chunk.position() < CHUNK ? next() : Optional.empty();
        }
        out = chunk.flip();
        return out.hasRemaining();
    }

    private static ByteBuffer append(ByteBuffer chunk, ByteBuffer bytes) {
        if (chunk.remaining() >= bytes.remaining()) {
            return chunk.put(bytes);
        }
        int size = Math.max(256, Math.max(2 * chunk.capacity(), chunk.position() + bytes.remaining()));
        return ByteBuffer.allocate(size).put(chunk.flip()).put(bytes);
    }

    private Optional<Packet> next() {
        Packet answer = answers.poll();
        return answer != null ? Optional.of(answer) : session().flatMap(Session::next);
    }

    /** Ends the connection if the client is silent for too long. */
    void check(long now) {
        if (now - heard > silenceNanos) {
            LOG.info("{}: silent for too long: disconnected", this);
            close();
        }
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("{}: closing", this, e);
        }
    }

    private static long seconds(long seconds) {
        return seconds * 1_000_000_000L;
    }

    @Override
    public String toString() {
        return session().map(Session::clientId).orElse("a client");
    }
}
