package org.bellwire.mqtt.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
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
