package org.bellwire.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.bellwire.api.runtime.LogText;
import org.bellwire.broker.MqttPacket.ConnAck;
import org.bellwire.broker.MqttPacket.Malformed;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client's connection: its bytes, its deadlines and the session that it uses. */
final class ClientConnection {

    private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);
    /** So much work of packets is done in one turn, then it is the others' turn. */
    private static final int TURN = 500;

    private final SocketChannel channel;
    private final SelectionKey key;
    private final InetAddress address;
    private final Place place;
    private final MemoryBudget.Account account;
    private final PacketReader in = new PacketReader();
    private final PacketWriter out;
    private final ClientDeadlines deadlines;
    private @Nullable MqttSession session;
    private Optional<BrokerMessage> will = Optional.empty();
    private boolean leaving;
    private boolean closed;

    /** What all clients share: who carries packets out, who is told that one has ended, a buffer, the time. */
    interface Place {

        /** Carries a packet out; how much work that was. */
        int take(ClientConnection client, MqttPacket packet) throws Malformed;

        void ended(ClientConnection client);

        ByteBuffer shared();

        ClientLog remarks();
    }

    ClientConnection(AcceptedChannel accepted, Place place, ClientDeadlines deadlines, MemoryBudget.Account account) {
        channel = accepted.channel();
        key = accepted.key();
        address = accepted.address();
        this.place = place;
        this.deadlines = deadlines;
        this.account = account;
        out = new PacketWriter(account);
    }

    InetAddress address() {
        return address;
    }

    void welcome(MqttSession served, Optional<BrokerMessage> lastWill, int keepAliveS) {
        session = served;
        will = lastWill;
        will.ifPresent(account::hold);
        deadlines.loggedIn(keepAliveS);
    }

    Optional<MqttSession> session() {
        return Optional.ofNullable(session);
    }

    /** All that it holds, its session included. */
    long bytes() {
        return account.bytes() + session().map(MqttSession::bytes).orElse(0L);
    }

    /** The last will, which is forgotten by that. */
    Optional<BrokerMessage> takeWill() {
        Optional<BrokerMessage> last = will;
        will.ifPresent(account::release);
        will = Optional.empty();
        return last;
    }

    void send(MqttPacket packet) {
        out.add(packet);
    }

    /** The client has said goodbye: it gets what was for it before, as far as it takes that. */
    void leave() {
        takeWill();
        leaving = true;
    }

    /** Takes what has come, packet by packet, until its turn is over. */
    void read() throws IOException {
        if (!isOpen() || out.isFull()) {
            return;
        }
        try {
            boolean more = in.hasPacket(session == null) || receive();
            int work = 0;
            while (more && isOpen() && !leaving && !out.isFull() && work < TURN) {
                Optional<ByteBuffer> packet = in.next(session == null);
                more = packet.isPresent();
                if (more) {
                    deadlines.packet();
                    work += place.take(this, PacketDecoder.decode(packet.get()));
                }
            }
        } catch (Malformed e) {
            refuse(e);
        } finally {
            in.keep();
        }
        if (leaving) {
            write();
            close();
        }
    }

    private boolean receive() throws IOException {
        int count = in.read(channel, place.shared());
        if (count < 0) {
            leaving = true;
        } else if (count > 0) {
            deadlines.heard();
        }
        return count > 0;
    }

    private void refuse(Malformed e) throws IOException {
        place.remarks().say(e.kind(), () -> this + ": disconnected: " + e.getMessage());
        if (e.answer().isPresent()) {
            channel.write(PacketEncoder.encode(new ConnAck(false, e.answer().get())));
        }
        close();
    }

    /** Writes as much as the client takes, and its turn allows. */
    void write() throws IOException {
        if (!isOpen()) {
            return;
        }
        session().ifPresent(MqttSession::turn);
        boolean before = out.hasBytes();
        long taken = out.write(channel, () -> session().flatMap(MqttSession::next));
        deadlines.written(taken > 0 || !before, out.hasBytes());
    }

    /** The turn is over: says what the connection waits for next; true: it has more to do at once. */
    boolean settle() {
        if (!isOpen()) {
            return false;
        }
        account.buffers(in.bytes() + out.bytes());
        boolean more = !out.isFull() && in.isReady(session == null);
        deadlines.waiting(in.hasBytes());
        int read = out.isFull() || more ? 0 : SelectionKey.OP_READ;
        key.interestOps(read | (out.hasBytes() ? SelectionKey.OP_WRITE : 0));
        boolean unfinished =
                out.isTurnOver() || session().filter(MqttSession::isUnfinished).isPresent();
        return more || (unfinished && !out.hasBytes());
    }

    /** Ends the connection if the client is waited for too long. */
    void check(long now) {
        deadlines.missed(now).ifPresent(missed -> {
            place.remarks().say(missed.kind(), () -> this + ": disconnected: " + missed.what());
            close();
        });
    }

    boolean isOpen() {
        return !closed;
    }

    void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("{}: closing", this, e);
        }
        in.clear();
        out.clear();
        account.buffers(0);
        place.ended(this);
    }

    @Override
    public String toString() {
        return session()
                        .map(s -> "client " + LogText.clean(s.clientId(), BrokerLimits.SHOWN))
                        .orElse("a client") + " at " + address.getHostAddress();
    }
}
