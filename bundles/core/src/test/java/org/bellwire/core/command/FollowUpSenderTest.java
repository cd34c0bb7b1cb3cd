package org.bellwire.core.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.bellwire.api.CallInfo;
import org.bellwire.api.CommandName;
import org.bellwire.api.EventType;
import org.bellwire.api.Result;
import org.bellwire.api.port.CommandOrder;
import org.bellwire.core.phone.DialedCalls.DialedCall;
import org.junit.jupiter.api.Test;

class FollowUpSenderTest {

    private static final String BOTH = "{\"number\":\"42\",\"then\":\"7#\",\"hangup_s\":3,\"id\":\"k-7\"}";

    private final CommandScene scene = new CommandScene();
    private final List<CommandOrder> ordered = new ArrayList<>();
    private final List<DialedCall> during = new ArrayList<>();
    private final CompletableFuture<Result> tones = new CompletableFuture<>();
    private final FollowUpSender sender = new FollowUpSender(scene.time.timing().timer(), (order, call) -> {
        ordered.add(order);
        during.add(call);
        return tones;
    });

    private Optional<DialedCall> dial(String payload) throws MalformedPayloadException {
        return sender.follow(scene.accepted(scene.pending(CommandName.DIAL, payload), Optional.empty()));
    }

    private void happens(EventType type, String id) {
        Optional<String> none = Optional.empty();
        CallInfo call = new CallInfo(
                Optional.of(id).filter(any -> !any.isEmpty()),
                none,
                Optional.empty(),
                Optional.of("42"),
                none,
                none,
                none);
        scene.session.dialedCalls().happened(type, call);
    }

    private List<String> commands() {
        return ordered.stream().map(CommandOrder::command).toList();
    }

    @Test
    void dial_that_is_all_is_not_followed() throws MalformedPayloadException {
        assertThat(dial("42")).isEmpty();
        happens(EventType.CALL_CONNECTED, "1");
        assertThat(ordered).isEmpty();
    }

    @Test
    void tones_are_ordered_once_the_call_is_connected_and_its_end_that_long_after_them()
            throws MalformedPayloadException {
        dial(BOTH);
        happens(EventType.CALL_OUTGOING, "1");
        assertThat(ordered).isEmpty();
        happens(EventType.CALL_CONNECTED, "1");
        assertThat(commands()).containsExactly("dtmf");
        scene.time.pass(Duration.ofSeconds(60));
        assertThat(commands()).as("the tones take their time").containsExactly("dtmf");
        tones.complete(null);
        scene.time.pass(Duration.ofMillis(2_999));
        assertThat(commands()).containsExactly("dtmf");
        scene.time.pass(Duration.ofMillis(1));
        assertThat(commands()).containsExactly("dtmf", "hangup");
    }

    @Test
    void order_names_phone_sender_and_call_and_has_the_id_of_the_dial() throws MalformedPayloadException {
        DialedCall call = dial(BOTH).orElseThrow();
        happens(EventType.CALL_CONNECTED, "1");
        tones.complete(null);
        scene.time.pass(Duration.ofSeconds(3));
        assertThat(ordered).allSatisfy(order -> {
            assertThat(order.phone()).isEqualTo("lobby");
            assertThat(order.origin()).isEqualTo(CommandScene.RULE);
        });
        assertThat(during).containsExactly(call, call);
        assertThat(ordered)
                .extracting(order -> JsonParser.parseString(order.payload()))
                .containsExactly(
                        JsonParser.parseString("{\"value\":\"7#\",\"id\":\"k-7\",\"call\":\"1\"}"),
                        JsonParser.parseString("{\"value\":\"PRESS\",\"id\":\"k-7\",\"call\":\"1\"}"));
    }

    @Test
    void order_leaves_out_what_is_not_known() throws MalformedPayloadException {
        dial("{\"number\":\"42\",\"then\":\"7\"}");
        happens(EventType.CALL_CONNECTED, "");
        assertThat(JsonParser.parseString(ordered.get(0).payload()))
                .isEqualTo(JsonParser.parseString("{\"value\":\"7\"}"));
        tones.complete(null);
        scene.time.pass(Duration.ofMinutes(1));
        assertThat(commands()).as("nobody asked for its end").containsExactly("dtmf");
    }

    @Test
    void end_follows_the_connection_where_there_are_no_tones() throws MalformedPayloadException {
        dial("{\"number\":\"42\",\"hangup_s\":3}");
        happens(EventType.CALL_CONNECTED, "1");
        assertThat(ordered).isEmpty();
        scene.time.pass(Duration.ofSeconds(3));
        assertThat(commands()).containsExactly("hangup");
    }

    @Test
    void call_ends_also_if_its_tones_failed() throws MalformedPayloadException {
        dial(BOTH);
        happens(EventType.CALL_CONNECTED, "1");
        tones.completeExceptionally(new IllegalStateException("a fault"));
        scene.time.pass(Duration.ofSeconds(3));
        assertThat(commands()).containsExactly("dtmf", "hangup");
    }

    @Test
    void call_that_ended_by_itself_is_not_ended_again() throws MalformedPayloadException {
        dial("{\"number\":\"42\",\"hangup_s\":3}");
        happens(EventType.CALL_CONNECTED, "1");
        happens(EventType.CALL_ENDED, "1");
        scene.time.pass(Duration.ofSeconds(3));
        assertThat(ordered).isEmpty();
    }

    @Test
    void phone_has_fifteen_seconds_to_begin() throws MalformedPayloadException {
        DialedCall call = dial(BOTH).orElseThrow();
        scene.time.pass(Duration.ofMillis(14_999));
        happens(EventType.CALL_OUTGOING, "1");
        assertThat(call.isOver()).isFalse();
        DialedCall late = dial(BOTH).orElseThrow();
        scene.time.pass(Duration.ofSeconds(15));
        happens(EventType.CALL_OUTGOING, "2");
        assertThat(late.isOver()).isTrue();
        assertThat(call.isOver()).isFalse();
    }

    @Test
    void call_that_is_not_connected_for_five_minutes_is_forgotten() throws MalformedPayloadException {
        DialedCall call = dial(BOTH).orElseThrow();
        happens(EventType.CALL_OUTGOING, "1");
        scene.time.pass(Duration.ofMinutes(5).minusMillis(1));
        assertThat(call.isOver()).isFalse();
        scene.time.pass(Duration.ofMillis(1));
        assertThat(call.isOver()).isTrue();
    }

    @Test
    void call_that_is_connected_is_followed_for_as_long_as_it_takes() throws MalformedPayloadException {
        DialedCall call = dial("{\"number\":\"42\",\"hangup_s\":3600}").orElseThrow();
        happens(EventType.CALL_CONNECTED, "1");
        scene.time.pass(Duration.ofMinutes(10));
        assertThat(call.isOver()).isFalse();
    }
}
