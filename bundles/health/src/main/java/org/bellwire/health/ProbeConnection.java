package org.bellwire.health;

import java.io.IOException;
import java.net.InetAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * One connection: one request, one answer, the end. Never waits. After the answer it reads on until the peer closes, for a close
 * before that could take the answer away from a peer that still sends.
 */
final class ProbeConnection {

    private static final int FIRST = 512;
    private static final int MAX_FAREWELL = 64 * 1024;

    private final SocketChannel channel;
    private final SelectionKey key;
    private final InetAddress address;
    private final ProbeBounds bounds;
    private long deadline;
    private byte[] head = new byte[FIRST];
    private int length;
    private Optional<ByteBuffer> answer = Optional.empty();
    private int readAfterwards;

    /** @param deadline on the clock of {@link System#nanoTime} */
    ProbeConnection(SocketChannel channel, SelectionKey key, InetAddress address, ProbeBounds bounds, long deadline) {
        this.channel = channel;
        this.key = key;
        this.address = address;
        this.bounds = bounds;
        this.deadline = deadline;
    }

    InetAddress address() {
        return address;
    }

    long nanosLeft(long now) {
        return deadline - now;
    }

    /**
     * Goes on as far as it can now.
     *
     * @param buffer for what is read
     * @return whether the connection goes on
     */
    boolean goOn(ByteBuffer buffer, ProbeAnswers answers) throws IOException {
        if (answer.isEmpty() && !read(buffer, answers)) {
            return false;
        }
        if (answer.isPresent() && answer.get().hasRemaining()) {
            write(answer.get());
            return true;
        }
        return answer.isEmpty() || readOn(buffer);
    }

    private boolean read(ByteBuffer buffer, ProbeAnswers answers) throws IOException {
        int count = channel.read(buffer.clear());
        if (count < 0) {
            return false;
        }
        int taken = Math.min(count, bounds.headBytes() + 1 - length);
        if (length + taken > head.length) {
            head = Arrays.copyOf(head, Math.max(bounds.headBytes() + 1, FIRST));
        }
        buffer.flip().get(head, length, taken);
        length += taken;
        ProbeRequest.read(head, length, bounds.headBytes())
                .ifPresent(request -> answer = Optional.of(request.answered(answers)));
        return true;
    }

    private void write(ByteBuffer bytes) throws IOException {
        channel.write(bytes);
        if (bytes.hasRemaining()) {
            key.interestOps(SelectionKey.OP_WRITE);
        } else {
            channel.shutdownOutput();
            key.interestOps(SelectionKey.OP_READ);
            deadline = Math.min(deadline, System.nanoTime() + bounds.farewell().toNanos());
        }
    }

    private boolean readOn(ByteBuffer buffer) throws IOException {
        int count = channel.read(buffer.clear());
        readAfterwards += Math.max(count, 0);
        return count >= 0 && readAfterwards <= MAX_FAREWELL;
    }

    void close() {
        try (channel) {
            key.cancel();
            // What the peer has not taken until now it does not get: the kernel would keep it for minutes.
            if (answer.filter(ByteBuffer::hasRemaining).isPresent()) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        } catch (IOException e) {
            // It is closed all the same.
            readAfterwards = 0;
        }
    }

    @Override
    public String toString() {
        return "connection from " + address.getHostAddress() + " after "
                + new String(head, 0, Math.min(length, 40), StandardCharsets.US_ASCII)
                        .lines()
                        .findFirst()
                        .orElse("nothing");
    }
}
