package org.bellwire.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.bellwire.api.port.Counters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One turn serves nobody for long. */
class RouterTurnsTest {

    private final ClientLog remarks = new ClientLog(() -> Counters.NONE, System::nanoTime);
    private final MemoryBudget.Account account = new MemoryBudget.Account(new MemoryBudget(1 << 30));

    /** Counts what is carried out. */
    private final class Counting implements ClientConnection.Place {

        private final AtomicInteger taken = new AtomicInteger();
        private final ByteBuffer shared = ByteBuffer.allocate(1 << 16);

        @Override
        public int take(ClientConnection client, MqttPacket packet) {
            if (packet instanceof MqttPacket.Connect) {
                client.welcome(new MqttSession("c", account, 1 << 20, false), Optional.empty(), 0);
            } else {
                taken.incrementAndGet();
            }
            return 1;
        }

        @Override
        public void ended(ClientConnection client) {}

        @Override
        public ByteBuffer shared() {
            return shared;
        }

        @Override
        public ClientLog remarks() {
            return remarks;
        }
    }

    @Test
    void client_that_sent_much_has_500_packets_carried_out_and_the_rest_in_further_turns() throws Exception {
        Counting place = new Counting();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(PacketBytes.connect("c"));
        for (int i = 0; i < 1200; i++) {
            bytes.writeBytes(PacketBytes.bytes("C0 00"));
        }
        try (Selector selector = Selector.open();
                ServerSocketChannel port =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SocketChannel peer = SocketChannel.open(port.getLocalAddress());
                SocketChannel channel = port.accept()) {
            peer.write(ByteBuffer.wrap(bytes.toByteArray()));
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            ClientDeadlines deadlines = new ClientDeadlines(
                    new BrokerLimits.Patience(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(10)),
                    System::nanoTime);
            ClientConnection client = new ClientConnection(
                    new AcceptedChannel(channel, key, InetAddress.getLoopbackAddress()), place, deadlines, account);
            selector.select();
            client.read();
            assertThat(place.taken).as("after a turn").hasValue(499);
            assertThat(client.settle()).as("there is more to do at once").isTrue();
            client.read();
            assertThat(place.taken).as("after two turns").hasValue(999);
            client.read();
            assertThat(place.taken).as("after three turns").hasValue(1200);
            assertThat(client.settle()).isFalse();
        }
    }

    @Test
    void client_that_reads_much_gets_its_turns_share_and_the_rest_in_further_turns() throws Exception {
        PacketWriter writer = new PacketWriter(account);
        WritableByteChannel greedy = Channels.newChannel(new ByteArrayOutputStream());
        MqttPacket endless = new MqttPacket.Publish(new BrokerMessage("a", new byte[1000], 0, false), 0, false);
        long taken = writer.write(greedy, () -> Optional.of(endless));
        assertThat(taken).isBetween(1L << 18, 1L << 19);
        assertThat(writer.isTurnOver()).isTrue();
    }

    @Test
    void retained_messages_are_looked_through_in_portions(@TempDir Path directory) throws Exception {
        try (RetainedMessages retained =
                new RetainedMessages(directory, new BrokerLimits.Memory(0, 0, 1 << 30, 100_000), remarks)) {
            for (int i = 0; i < 5000; i++) {
                retained.put(new BrokerMessage("a/" + i, new byte[1], 0, true));
            }
            retained.put(new BrokerMessage("z/last", new byte[1], 0, true));
            MqttSession session = new MqttSession("c", account, 1 << 20, false);
            session.expect("+/last", retained.scan("+/last", 0));
            int turns = 1;
            while (session.next().isEmpty()) {
                assertThat(session.isUnfinished()).isTrue();
                session.turn();
                turns++;
            }
            assertThat(turns).isEqualTo(3);
        }
    }
}
