package org.bellwire.itests;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Many connections of one thread: each begins with some bytes and sends some more now and then, in rounds. One that is closed is
 * opened anew in the next round, as somebody would who means harm.
 */
final class Crowd implements AutoCloseable {

    private final int port;
    private final byte[] opening;
    private final byte[] more;
    private final boolean reading;
    private final ByteBuffer read = ByteBuffer.allocateDirect(8192);
    private final List<Member> members = new ArrayList<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

    private Crowd(int port, byte[] opening, byte[] more, boolean reading) {
        this.port = port;
        this.opening = opening.clone();
        this.more = more.clone();
        this.reading = reading;
    }

    /** One that says these texts; what it is answered it reads and forgets. */
    static Crowd talking(int port, String opening, String more) {
        return new Crowd(port, bytes(opening), bytes(more), true);
    }

    /** One that says these bytes once in each connection, and begins a new connection in every round. */
    static Crowd renewing(int port, byte[] opening) {
        return new Crowd(port, opening, new byte[0], true);
    }

    /** One that never reads a byte. */
    static Crowd deaf(int port, byte[] opening, byte[] more) {
        return new Crowd(port, opening, more, false);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Opens so many connections from these addresses in turn; comes back when each has had its first round. */
    Crowd of(int count, List<InetAddress> addresses, Duration round) {
        for (int i = 0; i < count; i++) {
            members.add(new Member(addresses.get(i % addresses.size())));
        }
        members.forEach(Member::step);
        thread.scheduleAtFixedRate(this::round, round.toMillis(), round.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    private void round() {
        for (Member member : members) {
            if (thread.isShutdown()) {
                return;
            }
            member.step();
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(30, TimeUnit.SECONDS)) {
                throw new AssertionError("a crowd is stuck");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        members.forEach(Member::end);
    }

    private final class Member {
        private final InetAddress from;
        private Optional<SocketChannel> channel = Optional.empty();
        private ByteBuffer next = ByteBuffer.allocate(0);

        Member(InetAddress from) {
            this.from = from;
        }

        void step() {
            try {
                if (channel.isEmpty() || isOver(channel.get())) {
                    end();
                    open();
                }
                SocketChannel open = channel.orElseThrow();
                if (open.finishConnect()) {
                    open.write(next);
                }
            } catch (IOException e) {
                end(); // refused or closed: again in the next round
            }
        }

        private void open() throws IOException {
            SocketChannel opened = SocketChannel.open();
            channel = Optional.of(opened);
            next = ByteBuffer.wrap(opening);
            opened.bind(new InetSocketAddress(from, 0));
            opened.configureBlocking(false);
            opened.connect(new InetSocketAddress(Loopback.LOCALHOST, port));
        }

        /** Whether a new connection is due; if not, something to send is at hand. */
        private boolean isOver(SocketChannel from) throws IOException {
            if (from.isConnectionPending()) {
                return false; // nobody has accepted it yet
            }
            if (!next.hasRemaining()) {
                next = ByteBuffer.wrap(more);
            }
            return more.length == 0 || !isOpen(from);
        }

        /** Reads what is there; false: the other side has closed. */
        private boolean isOpen(SocketChannel from) throws IOException {
            if (!reading) {
                return true;
            }
            read.clear();
            int count = from.read(read);
            while (count > 0) {
                read.clear();
                count = from.read(read);
            }
            return count == 0;
        }

        void end() {
            try {
                if (channel.isPresent()) {
                    channel.get().close();
                }
            } catch (IOException e) {
                // It is gone.
            }
            channel = Optional.empty();
        }
    }
}
