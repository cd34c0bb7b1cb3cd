package org.bellwire.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What MQTT 3.1.1 promises, seen by a client that is not ours. */
class ProtocolTest {

    @TempDir
    Path directory;

    private EmbeddedBroker broker;
    private Visitor sender;
    private Visitor reader;

    @BeforeEach
    void start() throws Exception {
        broker = new EmbeddedBroker();
        broker.open(Map.of("port", "0", "url", "tcp://127.0.0.1:0", "dir", directory.toString()));
        sender = visitor("sender").connect();
        reader = visitor("reader").connect();
    }

    @AfterEach
    void stop() throws Exception {
        sender.close();
        reader.close();
        broker.deactivate();
    }

    private Visitor visitor(String id) throws MqttException {
        return new Visitor(broker.port(), id);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void message_arrives_with_its_qos(int qos) throws Exception {
        reader.subscribe("a/b", qos);
        sender.publish("a/b", "hällo", qos, false);
        assertThat(reader.next()).isEqualTo("a/b=hällo, " + qos);
    }

    @Test
    void message_goes_down_to_the_qos_of_the_subscription() throws Exception {
        reader.subscribe("a", 0);
        sender.publish("a", "x", 2, false);
        assertThat(reader.next()).isEqualTo("a=x, 0");
    }

    @Test
    void overlapping_filters_deliver_once_with_the_best_qos() throws Exception {
        reader.subscribe("a/#", 0).subscribe("a/+", 1);
        sender.publish("a/b", "x", 1, false);
        assertThat(reader.all()).containsExactly("a/b=x, 1");
    }

    @Test
    void unsubscribed_filter_delivers_nothing() throws Exception {
        reader.subscribe("a/+", 1).unsubscribe("a/+");
        sender.publish("a/b", "x", 1, false);
        assertThat(reader.all()).isEmpty();
    }

    @Test
    void retained_message_is_marked_for_who_comes_later_only() throws Exception {
        reader.subscribe("a", 1);
        sender.publish("a", "x", 1, true);
        assertThat(reader.next()).as("who was there").isEqualTo("a=x, 1");
        try (Visitor late = visitor("late").connect().subscribe("a", 1)) {
            assertThat(late.next()).as("who came later").isEqualTo("a=x, 1, retained");
        }
    }

    @Test
    void retained_messages_come_by_wildcards_under_their_own_topics() throws Exception {
        sender.publish("a/1", "x", 1, true);
        sender.publish("a/2", "y", 0, true);
        sender.all();
        reader.subscribe("a/+", 1);
        assertThat(reader.all()).containsExactlyInAnyOrder("a/1=x, 1, retained", "a/2=y, 0, retained");
        reader.subscribe("#", 1);
        assertThat(reader.all()).as("again, by another filter").hasSize(2);
    }

    @Test
    void retained_message_goes_with_an_empty_payload() throws Exception {
        sender.publish("a", "x", 1, true);
        sender.publish("a", "", 1, true);
        assertThat(reader.subscribe("a", 1).all()).isEmpty();
    }

    @Test
    void will_is_published_and_retained_when_a_client_vanishes() throws Exception {
        reader.subscribe("status", 1);
        visitor("mortal").will("status", "offline").connect().vanish();
        assertThat(reader.next()).isEqualTo("status=offline, 1");
        assertThat(sender.subscribe("status", 1).next()).isEqualTo("status=offline, 1, retained");
    }

    @Test
    void will_is_forgotten_when_a_client_says_goodbye() throws Exception {
        reader.subscribe("status", 1);
        visitor("mortal").will("status", "offline").connect().close();
        assertThat(reader.all()).isEmpty();
    }

    @Test
    void same_client_id_takes_over_and_the_will_of_the_first_is_published() throws Exception {
        reader.subscribe("status", 1);
        try (Visitor first = visitor("twin").will("status", "offline").connect();
                Visitor second = visitor("twin").connect()) {
            assertThat(reader.next()).isEqualTo("status=offline, 1");
            await().until(first::isLost);
            assertThat(second.isConnected()).isTrue();
        }
    }

    @Test
    void stored_session_gets_in_order_what_it_missed() throws Exception {
        visitor("away").stored().connect().subscribe("a", 1).close();
        for (int i = 0; i < 1200; i++) {
            sender.publish("a", "" + i, 1, false);
        }
        try (Visitor back = visitor("away").stored().connect()) {
            assertThat(back.all())
                    .containsExactlyElementsOf(IntStream.range(0, 1200)
                            .mapToObj(i -> "a=" + i + ", 1")
                            .toList());
        }
    }

    @Test
    void clean_session_forgets_what_was_stored() throws Exception {
        visitor("away").stored().connect().subscribe("a", 1).close();
        visitor("away").connect().close();
        sender.publish("a", "x", 1, false);
        try (Visitor back = visitor("away").stored().connect()) {
            assertThat(back.all()).isEmpty();
        }
    }

    @Test
    void wildcards_do_not_see_reserved_topics() throws Exception {
        reader.subscribe("#", 1).subscribe("+/a", 1);
        sender.publish("$internal/a", "x", 1, false);
        assertThat(reader.all()).isEmpty();
    }

    @Test
    void large_message_arrives_whole() throws Exception {
        reader.subscribe("a", 1);
        sender.publish("a", "x".repeat(500_000), 1, false);
        assertThat(reader.next()).hasSize(500_000 + "a=, 1".length());
    }

    @Test
    void retained_messages_live_on_after_a_restart() throws Exception {
        sender.publish("a", "x", 1, true);
        sender.publish("b", "y", 1, true);
        sender.publish("b", "", 1, true);
        broker.deactivate();
        start();
        assertThat(reader.subscribe("#", 1).all()).containsExactly("a=x, 1, retained");
    }

    @Test
    void ten_thousand_retained_messages_come_to_a_new_subscriber() throws Exception {
        for (int i = 0; i < 10_000; i++) {
            sender.publish("phone/" + i, "online", 0, true);
        }
        sender.all();
        assertThat(reader.subscribe("phone/+", 1).all()).hasSize(10_000);
    }
}
