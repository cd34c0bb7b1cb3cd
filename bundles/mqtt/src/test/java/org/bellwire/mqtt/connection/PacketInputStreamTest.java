package org.bellwire.mqtt.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.bellwire.mqtt.publish.BrokerUnresponsiveException;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttPublish;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttWireMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PacketInputStreamTest {

    private static final byte[] PUBACK = {0x40, 2, 0, 7};
    private static final byte[] PINGRESP = {(byte) 0xD0, 0};

    private final List<String> cut = new ArrayList<>();
    private volatile boolean over;
    private final OwedAnswers exchange = new OwedAnswers(TimeUnit.MILLISECONDS.toNanos(300), () -> over);

    private PacketInputStream input(InputStream in) {
        return new PacketInputStream(in, exchange, (topic, bytes) -> cut.add(topic + " " + bytes));
    }

    private static byte[] publish(int qos, byte[] topic, byte[] payload) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(topic.length >> 8);
        body.write(topic.length);
        body.writeBytes(topic);
        if (qos > 0) {
            body.writeBytes(new byte[] {0x12, 0x34});
        }
        body.writeBytes(payload);
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.writeBytes(head(0x30 | qos << 1, body.size()));
        packet.writeBytes(body.toByteArray());
        return packet.toByteArray();
    }

    private static byte[] publish(int qos, String topic, int payload) {
        return publish(qos, topic.getBytes(StandardCharsets.UTF_8), new byte[payload]);
    }

    private static byte[] head(int first, int length) {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.write(first);
        int left = length;
        do {
            head.write((left & 0x7F) | (left > 0x7F ? 0x80 : 0));
            left >>= 7;
        } while (left > 0);
        return head.toByteArray();
    }

    private static byte[] join(byte[]... packets) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] packet : packets) {
            all.writeBytes(packet);
        }
        return all.toByteArray();
    }

    /** All that is handed on until the end of the stream. */
    private static byte[] readAll(PacketInputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            while (true) {
                all.write(in.read());
            }
        } catch (EOFException e) {
            return all.toByteArray();
        }
    }

    private byte[] handedOn(byte[]... packets) throws IOException {
        return readAll(input(new ByteArrayInputStream(join(packets))));
    }

    private static MqttPublish message(byte[] packet) throws MqttException {
        return (MqttPublish) MqttWireMessage.createWireMessage(packet);
    }

    @Test
    void packets_pass_as_they_are_however_they_come_and_whatever_times_out_in_between() throws IOException {
        Random random = new Random(5);
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        for (int i = 0; i < 500; i++) {
            sent.writeBytes(publish(random.nextInt(3), "bellwire/p/command/dial", random.nextInt(20_000)));
            sent.writeBytes(random.nextBoolean() ? PUBACK : PINGRESP);
            sent.writeBytes(new byte[] {0x62, 2, 0x12, 0x34});
        }
        PacketInputStream in = input(new Hesitant(sent.toByteArray(), random));
        byte[] all = sent.toByteArray();
        byte[] got = new byte[all.length];
        int count = 0;
        while (count < got.length) {
            try {
                count += in.read(got, count, Math.min(1 + random.nextInt(3000), got.length - count));
            } catch (SocketTimeoutException e) {
                exchange.written(0x40); // as time goes by, answers are written
                exchange.written(0x40);
            }
        }
        assertThat(got).isEqualTo(all);
        assertThat(cut).isEmpty();
    }

    /** Gives some bytes at a time, and often none in time. */
    private static final class Hesitant extends InputStream {
        private final byte[] bytes;
        private final Random random;
        private int at;

        Hesitant(byte[] bytes, Random random) {
            this.bytes = bytes;
            this.random = random;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (random.nextInt(3) == 0) {
                throw new SocketTimeoutException();
            }
            int count = Math.min(Math.min(length, 1 + random.nextInt(5000)), bytes.length - at);
            System.arraycopy(bytes, at, into, offset, count);
            at += count;
            return count == 0 ? -1 : count;
        }
    }

    /** So many bytes of nothing, which cost no memory. */
    private static InputStream zeros(long count) {
        return new InputStream() {
            private long left = count;

            @Override
            public int read() {
                return left-- > 0 ? 0 : -1;
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                int given = (int) Math.min(length, left);
                left -= given;
                return given == 0 ? -1 : given;
            }
        };
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    @Test
    void message_of_200_mb_is_read_over_without_memory_and_handed_on_cut_so_that_it_is_acknowledged() throws Exception {
        int size = 200 << 20;
        byte[] topic = "bellwire/p/command/\u0007dial".getBytes(StandardCharsets.UTF_8);
        byte[] beginning = join(head(0x33, 2 + topic.length + 2 + size), new byte[] {0, (byte) topic.length}, topic);
        InputStream sent = new SequenceInputStream(
                new SequenceInputStream(
                        new ByteArrayInputStream(join(PINGRESP, beginning, new byte[] {0x12, 0x34})), zeros(size)),
                new ByteArrayInputStream(PUBACK));
        long before = allocated();
        byte[] all = readAll(input(sent));
        assertThat(allocated() - before).isLessThan(500_000);
        assertThat(cut).containsExactly("bellwire/p/command/?dial " + (beginning.length + 2L + size));
        assertThat(all).startsWith(PINGRESP).endsWith(PUBACK).hasSize(PINGRESP.length + 7 + PUBACK.length);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void large_message_is_cut_to_what_the_inbox_refuses_with_a_reason(int qos) throws Exception {
        byte[] large = publish(qos, "bellwire/p/command/dial", 100_000);
        byte[] all = handedOn(PUBACK, large, PUBACK);
        MqttPublish message = message(java.util.Arrays.copyOfRange(all, 4, all.length - 4));
        assertThat(message.getTopicName()).isEqualTo("bellwire/p/command/dial");
        assertThat(message.getMessage().getPayload()).hasSize(IncomingFilter.MAX_BYTES + 1);
        assertThat(message.getMessage().getQos()).isEqualTo(qos);
        assertThat(message.getMessageId()).isEqualTo(qos == 0 ? 0 : 0x1234);
        assertThat(all).startsWith(PUBACK).endsWith(PUBACK);
        assertThat(cut).containsExactly("bellwire/p/command/dial " + large.length);
    }

    @Test
    void promised_length_that_never_comes_costs_nothing() {
        readPromise(); // what loads classes costs, once
        long before = allocated();
        readPromise();
        assertThat(allocated() - before).isLessThan(100_000);
    }

    private void readPromise() {
        PacketInputStream in = input(new ByteArrayInputStream(HexFormat.of().parseHex("30ffffff7f")));
        assertThatThrownBy(in::read).isInstanceOf(EOFException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "30ffffffff7f", // a length of five bytes
                "30808080808001",
                "00020000", // no type
                "10020000", // CONNECT
                "50020001", // PUBREC, to nothing that we sent
                "70020001", // PUBCOMP
                "80020001", // SUBSCRIBE
                "f0020001",
                "2000", // CONNACK without what it says
                "20ffffff7f", // CONNACK of 256 MB
                "4003000100", // PUBACK that is too long
                "900100", // SUBACK without an id
                "90ffffff7f", // SUBACK of 256 MB
                "d001ff", // PINGRESP with something in it
                "360400016100", // QoS 3
                "3000", // no topic
                "3002ffff",
                "30030000ff", // an empty topic
                "3003000461", // a topic that is longer than its packet
                "32040001610a"
            })
    void what_no_broker_sends_ends_the_connection(String packet) {
        assertThatThrownBy(() -> handedOn(HexFormat.of().parseHex(packet)))
                .isInstanceOf(java.net.ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"62656c6c00", "ff", "c3", "eda080", "610a62", "efbfbf", "efb790", "c285", "f09fbfbf"})
    void topic_that_paho_would_choke_on_is_acknowledged_by_a_message_of_nobody(String topic) throws Exception {
        byte[] bad = HexFormat.of().parseHex(topic);
        byte[] all = handedOn(publish(0, bad, new byte[50]), publish(1, bad, new byte[50]), PUBACK);
        MqttPublish message = message(java.util.Arrays.copyOf(all, all.length - 4));
        assertThat(message.getMessageId()).isEqualTo(0x1234);
        assertThat(message.getTopicName()).isEqualTo("-");
        assertThat(message.getMessage().getPayload()).isEmpty();
        assertThat(all).endsWith(PUBACK);
    }

    @Test
    void topic_of_30000_levels_is_none_of_ours() throws Exception {
        byte[] all = handedOn(publish(1, "/".repeat(30_000), 10), publish(1, "a".repeat(65_535), 10), PUBACK);
        assertThat(all).hasSize(7 + 7 + 4).endsWith(PUBACK);
    }

    @Test
    void topics_in_all_languages_pass() throws Exception {
        byte[] sent = publish(1, "bellwire/K\u00fcche/\u65e5\u672c/\ud83d\udd14", 10);
        assertThat(handedOn(sent)).isEqualTo(sent);
    }

    @Test
    void qos_2_that_is_never_finished_is_given_up() {
        byte[][] many = new byte[OwedAnswers.MAX_UNRELEASED + 1][];
        for (int i = 0; i < many.length; i++) {
            many[i] = publish(2, "a", 10);
            many[i][6] = (byte) i;
        }
        assertThatThrownBy(() -> handedOn(many))
                .isInstanceOf(BrokerUnresponsiveException.class)
                .hasMessageContaining("QoS 2");
    }

    @Test
    void nothing_more_is_read_while_a_thousand_answers_wait_to_be_written() throws Exception {
        byte[] message = publish(1, "a", 10);
        byte[][] many = new byte[OwedAnswers.MAX_OWED + 1][];
        java.util.Arrays.fill(many, message);
        PacketInputStream in = input(new ByteArrayInputStream(join(many)));
        in.readNBytes(OwedAnswers.MAX_OWED * message.length);
        assertThatThrownBy(in::read)
                .isInstanceOf(BrokerUnresponsiveException.class)
                .hasMessageContaining("does not read");
        exchange.written(0x40);
        assertThat(in.readNBytes(message.length)).isEqualTo(message);
    }

    @Test
    void broker_that_sends_but_answers_no_ping_is_given_up() throws Exception {
        exchange.writing(0xC0);
        exchange.written(0xC0);
        PacketInputStream in = input(new ByteArrayInputStream(join(PUBACK, PUBACK)));
        in.readNBytes(4);
        TimeUnit.MILLISECONDS.sleep(301); // the time that it has
        assertThatThrownBy(in::read)
                .isInstanceOf(BrokerUnresponsiveException.class)
                .hasMessageContaining("ping");
    }

    @Test
    void ping_that_is_answered_before_its_writer_goes_on_is_answered() throws Exception {
        PacketInputStream in = input(new ByteArrayInputStream(join(PINGRESP, PUBACK)));
        exchange.writing(0xC0);
        in.readNBytes(PINGRESP.length);
        exchange.written(0xC0);
        TimeUnit.MILLISECONDS.sleep(301); // the time that a broker has
        assertThat(in.readNBytes(PUBACK.length)).isEqualTo(PUBACK);
    }

    @Test
    void whatever_comes_is_refused_or_can_be_read_by_paho() {
        long seed = Long.getLong("bellwire.fuzz.seed", 10);
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.getLong("bellwire.fuzz.s", 2));
        Random random = new Random(seed);
        long count = 0;
        while (System.nanoTime() - until < 0) {
            byte[] bytes = mutated(random);
            OwedAnswers each = new OwedAnswers(0, () -> true);
            PacketInputStream in = new PacketInputStream(new ByteArrayInputStream(bytes), each, (topic, size) -> {});
            try {
                readPackets(readAll(in));
            } catch (IOException e) {
                assertThat(e).as("seed %d, input %d", seed, count).hasMessageContaining("the broker ");
            }
            count++;
        }
        System.out.printf("figure: %d mutated inputs to PacketInput, 0 that end Paho's receiver%n", count);
    }

    private static byte[] mutated(Random random) {
        byte[] bytes = join(
                publish(random.nextInt(3), "bellwire/p/command/dial", random.nextInt(40)),
                random.nextBoolean() ? PUBACK : PINGRESP,
                publish(random.nextInt(3), "\u65e5", random.nextInt(2) * 90_000),
                new byte[] {0x20, 2, 0, 0},
                new byte[] {(byte) 0x90, 4, 0, 1, 0, (byte) 0x80});
        for (int i = random.nextInt(4); i > 0; i--) {
            bytes[random.nextInt(Math.min(bytes.length, 120))] = (byte) random.nextInt(256);
        }
        return random.nextBoolean() ? bytes : java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }

    /** As Paho does: what it throws that is no MqttException ends its receiver without a word. */
    private static void readPackets(byte[] all) throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(all);
        while (in.available() > 0) {
            int length = all.length - in.available();
            PacketHead packet = PacketHead.read(all, length);
            try {
                MqttWireMessage.createWireMessage(in.readNBytes((int) packet.length()));
            } catch (MqttException e) {
                throw new IOException("the broker is refused by Paho", e);
            }
        }
    }
}
