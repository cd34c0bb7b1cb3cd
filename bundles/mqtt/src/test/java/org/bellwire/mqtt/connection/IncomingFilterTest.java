package org.bellwire.mqtt.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bellwire.api.Topic;
import org.bellwire.api.port.Bus;
import org.bellwire.mqtt.RecordingSubscriber;
import org.bellwire.testkit.CapturedLog;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.junit.jupiter.api.Test;

class IncomingFilterTest {

    private final Subscriptions subscriptions = new Subscriptions(() -> {});
    private final RecordingSubscriber recorder = new RecordingSubscriber("+/command/+");
    private final IncomingFilter inbox = new IncomingFilter(subscriptions);

    IncomingFilterTest() {
        subscriptions.add(recorder);
    }

    /** Paho sets the mark of a repeated message from what came; nobody else can. */
    private static final class Repeated extends MqttMessage {
        Repeated(String payload) {
            super(payload.getBytes(StandardCharsets.UTF_8));
            setDuplicate(true);
        }
    }

    private static MqttMessage message(String payload, boolean retained) {
        MqttMessage message = new MqttMessage(payload.getBytes(StandardCharsets.UTF_8));
        message.setRetained(retained);
        return message;
    }

    @Test
    void subscriber_hears_why_a_message_was_dropped_and_nothing_of_it() {
        inbox.arrived("", "p/command/dial", message("0711421", true));
        inbox.arrived("", "p/command/dial", message("", false));
        inbox.arrived("", "p/command/dial", new Repeated("0711421"));
        inbox.arrived("", "p/command/dial", message("1".repeat(IncomingFilter.MAX_BYTES + 1), false));
        inbox.arrived("", "p/state/call", message("", false));
        inbox.arrived("", "P p/command/dial", message("", false));
        assertThat(recorder.calls())
                .containsExactly(
                        "p/command/dial dropped: retained",
                        "p/command/dial dropped: empty",
                        "p/command/dial dropped: repeated",
                        "p/command/dial dropped: longer than 8192 bytes");
    }

    @Test
    void message_below_the_root_of_a_site_reaches_who_subscribed_there_and_nobody_else() {
        List<String> heard = new ArrayList<>();
        Subscriptions all = new Subscriptions(() -> {});
        all.add(new OfRoot("", heard));
        all.add(new OfRoot("acme", heard));
        all.add(new OfRoot("tenants/beta", heard));
        IncomingFilter filter = new IncomingFilter(all);
        filter.arrivedAtSite("acme/p/command/dial", message("1", false));
        filter.arrivedAtSite("tenants/beta/p/command/dial", message("2", false));
        filter.arrivedAtSite("tenants/gamma/p/command/dial", message("3", false));
        filter.arrivedAtSite("acme2/p/command/dial", message("4", false));
        filter.arrivedAtSite("acme/p/command/dial", message("5", true));
        filter.arrived("", "p/command/dial", message("6", false));
        assertThat(heard)
                .containsExactly(
                        "acme: acme/p/command/dial 1",
                        "tenants/beta: tenants/beta/p/command/dial 2",
                        ": p/command/dial 6");
        assertThat(all.missing())
                .extracting(asked -> asked.whole("house"))
                .containsExactly("house/+/command/+", "acme/+/command/+", "tenants/beta/+/command/+");
    }

    /** Hears commands below one root. */
    private record OfRoot(String root, List<String> heard) implements Bus.Subscriber {
        @Override
        public String filter() {
            return "+/command/+";
        }

        @Override
        public void connected() {
            // Nothing is said at once.
        }

        @Override
        public void disconnected() {
            // The same.
        }

        @Override
        public void arrived(Topic topic, String payload) {
            heard.add(root + ": " + topic + " " + payload);
        }
    }

    @Test
    void topic_that_no_phone_can_have_is_told_of_in_one_line() {
        try (CapturedLog log = new CapturedLog()) {
            for (int i = 0; i < 100; i++) {
                inbox.arrived("", "RECEPTION/command/dial\u001b\n" + i, message("42", false));
            }
            assertThat(log.lines("WARN"))
                    .singleElement()
                    .asString()
                    .contains("RECEPTION/command/dial??0", "small letters");
        }
        assertThat(recorder.calls()).isEmpty();
    }

    @Test
    void retained_message_is_told_once_for_each_topic_and_connection() {
        for (int i = 0; i < 3; i++) {
            inbox.arrived("", "p/command/dial", message("42", true));
            inbox.arrived("", "p/command/text", message("hello", true));
        }
        new IncomingFilter(subscriptions).arrived("", "p/command/dial", message("42", true));
        assertThat(recorder.calls())
                .containsExactly(
                        "p/command/dial dropped: retained",
                        "p/command/text dropped: retained",
                        "p/command/dial dropped: retained");
    }

    @Test
    void flood_of_retained_messages_ends_with_one_warning() {
        List<String> warnings;
        try (CapturedLog log = new CapturedLog()) {
            for (int i = 0; i < 5_000; i++) {
                inbox.arrived("", "p" + i + "/command/dial", message("42", true));
            }
            warnings = log.lines("WARN");
        }
        assertThat(recorder.calls()).hasSize(IncomingFilter.MAX_KEPT);
        assertThat(warnings).singleElement().asString().contains("more than 100 topics, p100/command/dial too");
        inbox.arrived("", "p/command/dial", message("43", false));
        assertThat(recorder.calls()).hasSize(IncomingFilter.MAX_KEPT + 1).last().isEqualTo("p/command/dial 43");
    }
}
