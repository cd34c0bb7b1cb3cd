package org.bellwire.broker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;
import org.bellwire.broker.MqttPacket.Malformed;

/**
 * The bytes that have come from a client and are not yet carried out. Grows as bytes come, never by what a packet promises, and
 * holds nothing while nothing is there.
 */
final class PacketReader {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private ByteBuffer held = NOTHING;
    /** What is held stands in the buffer that all share, until the turn is over. */
    private boolean borrowed;

    /**
     * Reads once.
     *
     * @param shared where all clients' bytes come first
     * @return how many bytes came; -1: the client sends no more
     */
    int read(ReadableByteChannel channel, ByteBuffer shared) throws IOException {
        int count = channel.read(shared.clear());
        if (count > 0 && held.hasRemaining()) {
            append(shared.flip());
        } else if (count > 0) {
            held = shared.flip();
            borrowed = true;
        }
        return count;
    }

    private void append(ByteBuffer bytes) {
        int needed = held.remaining() + bytes.remaining();
        if (held.capacity() - held.limit() < bytes.remaining()) {
            int size = held.hasRemaining() ? Math.max(needed, 2 * held.remaining()) : needed;
            held = ByteBuffer.allocate(size).put(held).flip();
        }
        int from = held.position();
        held.position(held.limit()).limit(held.limit() + bytes.remaining());
        held.put(bytes).position(from);
    }

    /** Whether a whole packet is there. */
    boolean hasPacket(boolean stranger) throws Malformed {
        int length = PacketDecoder.length(held, stranger);
        return length > 0 && held.remaining() >= length;
    }

    /** Whether there is something to carry out, or to refuse. */
    boolean isReady(boolean stranger) {
        try {
            return hasPacket(stranger);
        } catch (Malformed e) {
            return true;
        }
    }

    /** Whether a packet has begun, or more has come than was carried out. */
    boolean hasBytes() {
        return held.hasRemaining();
    }

    /** The next packet's bytes, if it is whole. */
    Optional<ByteBuffer> next(boolean stranger) throws Malformed {
        int length = PacketDecoder.length(held, stranger);
        if (length == 0 || held.remaining() < length) {
            return Optional.empty();
        }
        ByteBuffer packet = held.slice(held.position(), length);
        held.position(held.position() + length);
        return Optional.of(packet);
    }

    /** The client's turn is over: what is left moves out of the shared buffer, and out of one that is much too large. */
    void keep() {
        if (!held.hasRemaining()) {
            held = NOTHING;
        } else if (borrowed || held.remaining() < held.capacity() / 4) {
            held = ByteBuffer.allocate(held.remaining()).put(held).flip();
        }
        borrowed = false;
    }

    /** What it takes of the memory. */
    int bytes() {
        return held.capacity();
    }

    void clear() {
        held = NOTHING;
        borrowed = false;
    }
}
