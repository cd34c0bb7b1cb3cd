package org.bellwire.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bellwire.api.port.Limit;
import org.bellwire.testkit.CapturedLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client may have of the broker, and that the others are served whatever it does. */
class ClientLimitsTest {

    private static final int MB = 1 << 20;

    @TempDir
    Path directory;

    private TestBroker broker;
    private final List<RawClient> clients = new ArrayList<>();
    private CapturedLog log;

    @BeforeEach
    void start() throws Exception {
        log = new CapturedLog();
        open(TestBroker.SMALL);
    }

    private void open(BrokerLimits limits) throws Exception {
        if (broker != null) {
            broker.close();
        }
        broker = new TestBroker(directory, limits);
    }

    @AfterEach
    void stop() throws Exception {
        for (RawClient client : clients) {
            client.close();
        }
        broker.close();
        log.close();
    }

    private RawClient client() throws Exception {
        RawClient client = broker.client();
        clients.add(client);
        return client;
    }

    private RawClient subscriber(String id, String filter) throws Exception {
        return client().login(id).send(PacketBytes.subscribe(filter, 1)).gets("90 03 00 01 01");
    }

    private void publish(String topic, byte[] payload) throws Exception {
        broker.neighbour().send(PacketBytes.publish(topic, 1, 1, payload)).gets("40 02 00 01");
    }

    @ParameterizedTest
    @ValueSource(ints = {129, 2_500, 4_096, 60_000})
    void publish_with_too_many_levels_ends_its_sender_only(int levels) throws Exception {
        RawClient sender = client().login("deep").send(PacketBytes.publish("/".repeat(levels), new byte[0]));
        assertThat(sender.isEnded()).isTrue();
        broker.neighbour().ping();
        assertThat(broker.count(Limit.BROKER_PACKET)).isEqualTo(1);
        assertThat(log.with("disconnected: a topic of")).hasSize(1);
    }

    @Test
    void will_with_too_many_levels_ends_its_sender_only() throws Exception {
        byte[] connect = PacketBytes.packet(0x10, "MQTT", new byte[] {4, 6}, 0, "w", "/".repeat(2500), "x");
        assertThat(client().send(connect).isEnded()).isTrue();
        broker.neighbour().ping();
    }

    @ParameterizedTest
    @ValueSource(strings = {"levels", "characters", "all characters", "$share/g/t", "$share/g/#"})
    void subscription_that_cannot_be_served_is_refused_and_said(String what) throws Exception {
        String filter = switch (what) {
            case "levels" -> "/".repeat(2_500);
            case "characters" -> "a".repeat(4_097);
            case "all characters" -> "a".repeat(65_535);
            default -> what;
        };
        client().login("asker")
                .send(PacketBytes.subscribe(filter, 1))
                .gets("90 03 00 01 80")
                .send(PacketBytes.packet(0xA2, 2, filter))
                .gets("B0 02 00 02")
                .ping();
        assertThat(log.with("client asker at 127.0.0.1: its subscription to")).hasSize(1);
    }

    @Test
    void filters_beside_a_refused_one_are_granted() throws Exception {
        client().login("asker")
                .send(PacketBytes.packet(
                        0x82, 1, "a", new byte[] {1}, "$share/g/a", new byte[] {1}, "b/#", new byte[] {2}))
                .gets("90 05 00 01 01 80 02");
    }

    @Test
    void filter_of_4096_characters_and_128_levels_is_served() throws Exception {
        String topic = "a/".repeat(127) + "b".repeat(4096 - 254);
        RawClient reader = subscriber("reader", topic.substring(0, 254) + "+");
        publish(topic, new byte[] {7});
        assertThat(reader.packet()).endsWith(7);
    }

    @Test
    void client_has_a_bounded_number_of_filters() throws Exception {
        RawClient client = client().login("asker");
        for (int i = 0; i < 100; i++) {
            client.send(PacketBytes.subscribe("a" + i, 0)).gets("90 03 00 01 00");
        }
        client.send(PacketBytes.subscribe("one/more", 0)).gets("90 03 00 01 80");
        client.send(PacketBytes.subscribe("a7", 1)).gets("90 03 00 01 01");
        client.send(PacketBytes.packet(0xA2, 2, "a7")).gets("B0 02 00 02");
        client.send(PacketBytes.subscribe("one/more", 0)).gets("90 03 00 01 00");
        assertThat(broker.count(Limit.BROKER_SUBSCRIPTIONS)).isEqualTo(1);
    }

    @Test
    void client_has_a_bounded_number_of_wildcards() throws Exception {
        RawClient client = client().login("asker");
        for (int i = 0; i < 50; i++) {
            client.send(PacketBytes.subscribe(i + "/#", 0)).gets("90 03 00 01 00");
        }
        client.send(PacketBytes.subscribe("+/more", 0)).gets("90 03 00 01 80");
        client.send(PacketBytes.subscribe("one/more", 0)).gets("90 03 00 01 00");
    }

    @Test
    void subscribe_of_800_kb_ends_its_sender_by_its_first_bytes() throws Exception {
        RawClient client = client().login("asker").send(PacketBytes.bytes("82 80 D4 30"));
        assertThat(client.isEnded()).isTrue();
        broker.neighbour().ping();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10 FF FF 3F", "10 FF FF FF 7F", "30 80 80 40", "47 45 54 20", "00", "F0 00"})
    void stranger_who_promises_much_or_something_else_is_ended_at_once(String first) throws Exception {
        long before = broker.census().bytes();
        for (int i = 0; i < 15; i++) {
            assertThat(client().send(PacketBytes.bytes(first)).isEnded()).isTrue();
        }
        assertThat(broker.census().bytes()).isEqualTo(before);
    }

    @Test
    void packet_costs_what_has_come_of_it_and_not_what_it_promises() throws Exception {
        long before = broker.census().bytes();
        for (int i = 0; i < 10; i++) {
            client().login("c" + i).send(PacketBytes.bytes("30 80 80 40 00 01 'a'"));
        }
        assertThat(broker.census().bytes() - before).isLessThan(10 * 2000);
    }

    @Test
    void client_that_has_not_logged_in_within_10_s_is_ended_though_it_drips() throws Exception {
        byte[] connect = PacketBytes.connect("x".repeat(50));
        RawClient client = client().send(Arrays.copyOf(connect, 4));
        for (int i = 4; i < 13; i++) {
            broker.pass(Duration.ofSeconds(1));
            client.send(new byte[] {connect[i]});
        }
        broker.pass(Duration.ofSeconds(2));
        assertThat(client.isEnded()).isTrue();
        assertThat(broker.count(Limit.BROKER_LOGINS)).isEqualTo(1);
        assertThat(log.with("it has not logged in within 10 s")).hasSize(1);
    }

    @Test
    void those_who_do_not_log_in_make_room_for_those_who_do() throws Exception {
        for (int i = 0; i < 100; i++) {
            client().send(new byte[] {0x10});
        }
        for (int i = 0; i < 10; i++) {
            client().login("c" + i).ping();
        }
        assertThat(broker.census().connections()).isLessThanOrEqualTo(40);
        assertThat(broker.count(Limit.BROKER_LOGINS)).isGreaterThan(50);
    }

    @Test
    void there_is_always_room_for_bellwire_itself() throws Exception {
        for (int i = 1; i < 40; i++) {
            client().login("c" + i);
        }
        client().send(PacketBytes.connect("another")).gets("20 02 00 03");
        client().login("bellwire-root").ping();
        assertThat(broker.count(Limit.BROKER_CONNECTIONS)).isEqualTo(1);
        for (int i = 0; i < 100; i++) {
            client();
        }
        await().untilAsserted(
                        () -> assertThat(broker.count(Limit.BROKER_LOGINS)).isGreaterThan(90));
        assertThat(broker.census().connections()).isLessThanOrEqualTo(44);
        broker.neighbour().ping();
    }

    @Test
    void what_waits_for_a_client_that_does_not_read_is_bounded_and_said_once() throws Exception {
        subscriber("slow", "flood");
        for (int i = 0; i < 40; i++) {
            publish("flood", new byte[900_000]);
        }
        assertThat(broker.census().bytes()).isLessThan(2 * MB);
        assertThat(broker.count(Limit.BROKER_QUEUE)).isGreaterThan(30);
        assertThat(log.with("client slow reads too slowly")).hasSize(1);
    }

    @Test
    void what_waits_for_a_client_that_is_away_is_bounded() throws Exception {
        client().send(PacketBytes.connect("away", 0, 0))
                .gets("20 02 00 00")
                .send(PacketBytes.subscribe("flood", 1))
                .gets("90 03 00 01 01")
                .close();
        broker.awaits(census -> census.away() == 1);
        for (int i = 0; i < 40; i++) {
            publish("flood", new byte[100_000]);
        }
        assertThat(broker.census().bytes()).isLessThan(2 * MB);
        assertThat(log.with("client away is away")).hasSize(1);
    }

    @Test
    void who_holds_most_loses_it_when_all_together_hold_too_much() throws Exception {
        for (int i = 0; i < 8; i++) {
            subscriber("slow" + i, "flood/" + i);
        }
        RawClient modest = subscriber("modest", "a");
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 8; i++) {
                publish("flood/" + i, new byte[100_000]);
            }
        }
        assertThat(broker.census().bytes()).isLessThan(4 * MB);
        assertThat(broker.count(Limit.BROKER_MEMORY)).isPositive();
        assertThat(log.with("has lost its session")).hasSize(1);
        modest.ping();
        publish("a", new byte[] {7});
        assertThat(modest.packet()).endsWith(7);
    }

    @Test
    void message_that_waits_for_many_counts_once() throws Exception {
        for (int i = 0; i < 20; i++) {
            subscriber("slow" + i, "flood");
        }
        long before = broker.census().bytes();
        for (int i = 0; i < 9; i++) {
            publish("flood", new byte[100_000]);
        }
        assertThat(broker.count(Limit.BROKER_MEMORY)).isZero();
        assertThat(broker.census().bytes() - before).isLessThan(2 * MB);
    }

    @Test
    void pings_whose_answers_nobody_reads_cost_little() throws Exception {
        long before = broker.census().bytes();
        RawClient client = client().login("rude");
        byte[] pings = new byte[1 << 16];
        for (int i = 0; i < pings.length; i += 2) {
            pings[i] = (byte) 0xC0;
        }
        for (int full = 0; full < 5; ) {
            full += client.offer(pings) == 0 ? 1 : 0;
            broker.neighbour().ping();
        }
        assertThat(broker.census().bytes() - before).isLessThan(300_000);
        broker.pass(Duration.ofSeconds(61));
        broker.pass(Duration.ofSeconds(2));
        broker.awaits(census -> census.connections() == 1);
    }

    @Test
    void answers_nobody_takes_do_not_keep_a_slow_reader_from_getting_them_all() throws Exception {
        int count = 20_000;
        RawClient client = client().login("late");
        Thread reader = new Thread(() -> {
            for (int i = 0; i < count; i++) {
                assertThatCode(() -> client.gets("40 02 00 01")).doesNotThrowAnyException();
            }
        });
        byte[] publish = PacketBytes.publish("a", 1, 1, new byte[0]);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            all.writeBytes(publish);
        }
        reader.start();
        client.send(all.toByteArray());
        reader.join(30_000);
        assertThat(reader.isAlive()).isFalse();
        client.ping();
    }

    @Test
    void client_that_sends_without_end_does_not_keep_others_waiting() throws Exception {
        RawClient rude = client().login("rude");
        byte[] publishes = new byte[0];
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (all.size() < 60_000) {
            all.writeBytes(PacketBytes.publish("a", publishes));
        }
        for (int i = 0; i < 100; i++) {
            rude.offer(all.toByteArray());
            broker.neighbour().ping();
        }
    }

    @Test
    void sessions_of_clients_that_never_come_back_are_bounded_and_who_left_first_goes() throws Exception {
        for (int i = 0; i < 8; i++) {
            client().send(PacketBytes.connect("c" + i, 0, 0))
                    .gets("20 02 00 00")
                    .close();
            int left = Math.min(i + 1, 5);
            broker.awaits(census -> census.away() == left && census.connections() == 1);
        }
        assertThat(broker.count(Limit.BROKER_SESSIONS)).isEqualTo(3);
        client().send(PacketBytes.connect("c7", 0, 0)).gets("20 02 01 00");
        client().send(PacketBytes.connect("c2", 0, 0)).gets("20 02 00 00");
    }

    @Test
    void ids_of_qos_2_that_are_never_released_are_bounded() throws Exception {
        RawClient client = client().login("two");
        long before = broker.census().bytes();
        for (int id = 1; id < 0xFFFF; id += 500) {
            client.send(PacketBytes.publish("a", 2, id, new byte[0])).packet();
        }
        assertThat(broker.census().bytes() - before).isLessThan(20_000);
    }

    @Test
    void retained_messages_are_bounded_and_the_publisher_is_answered() throws Exception {
        for (int i = 0; i < 20; i++) {
            broker.neighbour()
                    .send(PacketBytes.packet(0x33, "kept/" + i, 1, new byte[100_000]))
                    .gets("40 02 00 01");
        }
        assertThat(broker.count(Limit.BROKER_RETAINED)).isEqualTo(10);
        assertThat(log.with("is not kept")).hasSize(1);
        RawClient reader = subscriber("reader", "kept/#");
        for (int i = 0; i < 10; i++) {
            assertThat(reader.packet()[0]).isEqualTo((byte) 0x33);
        }
        assertThatCode(reader::ping).as("no other came before").doesNotThrowAnyException();
    }

    @Test
    void retained_message_that_is_not_kept_leaves_no_older_one_in_its_place() throws Exception {
        broker.neighbour()
                .send(PacketBytes.packet(0x33, "kept", 1, new byte[] {1}))
                .gets("40 02 00 01");
        broker.neighbour()
                .send(PacketBytes.packet(0x33, "fill", 1, new byte[1_000_000]))
                .gets("40 02 00 01");
        broker.neighbour()
                .send(PacketBytes.packet(0x33, "kept", 1, new byte[100_000]))
                .gets("40 02 00 01");
        subscriber("reader", "kept").ping();
    }

    @Test
    void fault_of_our_own_ends_only_the_client_that_met_it() throws Exception {
        broker.failNextCount(new StackOverflowError("for the test"));
        assertThat(client().send(PacketBytes.connect("p"))
                        .send(PacketBytes.publish("/".repeat(200), new byte[0]))
                        .isEnded())
                .isTrue();
        broker.neighbour().ping();
        client().login("next").ping();
        assertThat(log.with("StackOverflowError: for the test")).hasSize(1);
    }

    @Test
    void refused_clients_are_one_line_and_a_count() throws Exception {
        for (int i = 0; i < 100; i++) {
            assertThat(client().send(PacketBytes.bytes("47 45 54")).isEnded()).isTrue();
        }
        assertThat(log.with("disconnected")).hasSize(1);
        broker.pass(Duration.ofSeconds(61));
        broker.pass(Duration.ofSeconds(2));
        assertThat(log.with("99 more like this in the last minute")).hasSize(1);
    }

    @Test
    void client_ids_and_topics_are_clean_in_the_log() throws Exception {
        String nasty = "\u001b[31mred\r\nline\u009b2J\u202eback" + "x".repeat(500);
        client().login(nasty).send(PacketBytes.subscribe("$share/" + nasty, 0)).gets("90 03 00 01 80");
        assertThat(client().login(nasty + "2").send(new byte[] {0}).isEnded()).isTrue();
        assertThat(log.with("client ?[31mred??line?2J?back"))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line)
                        .doesNotContain("\u001b", "\u009b", "\u202e")
                        .hasSizeLessThan(400));
    }

    @Test
    void payload_of_one_mebibyte_is_delivered_and_a_byte_more_ends_the_sender() throws Exception {
        open(TestBroker.limits(10, 20 * MB, 10 * MB, MB));
        RawClient reader = subscriber("reader", "a");
        publish("a", new byte[MB]);
        assertThat(reader.packet()).hasSizeGreaterThan(MB);
        RawClient sender = client().login("sender");
        try {
            sender.send(PacketBytes.publish("a", new byte[MB + 1]));
        } catch (IOException e) {
            // It may be ended before all is sent.
        }
        assertThat(sender.isEnded()).isTrue();
        assertThat(log.with("a message of 1048577 bytes to a; at most 1048576 are taken"))
                .hasSize(1);
    }
}
