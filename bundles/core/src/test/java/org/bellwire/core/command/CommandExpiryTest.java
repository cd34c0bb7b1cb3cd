package org.bellwire.core.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.bellwire.api.CommandName;
import org.bellwire.api.port.Origin;
import org.bellwire.core.phone.DialedCalls.DialedCall;
import org.junit.jupiter.api.Test;

class CommandExpiryTest {

    private static final String UNTIL = "{\"number\":\"42\",\"expires\":\"2026-11-21T08:15:31.123Z\"}";

    private final CommandScene scene = new CommandScene();
    private long ageMs;
    private boolean connected = true;
    private final CommandExpiry expiry =
            new CommandExpiry(scene.time.timing().clock(), pending -> ageMs, () -> connected);

    private Optional<String> tooLate(CommandName name, String payload, Origin origin, Optional<DialedCall> of)
            throws MalformedPayloadException {
        return expiry.tooLate(scene.accepted(scene.pending(name, payload, origin), of));
    }

    private Optional<String> tooLate(String payload) throws MalformedPayloadException {
        return tooLate(CommandName.DIAL, payload, CommandScene.RULE, Optional.empty());
    }

    private DialedCall dialled() {
        return scene.session.dialedCalls().follow("42", () -> {});
    }

    @Test
    void command_may_wait_ten_seconds_and_no_longer() throws MalformedPayloadException {
        ageMs = 10_000;
        assertThat(tooLate("42")).isEmpty();
        ageMs = 10_001;
        assertThat(tooLate("42")).hasValueSatisfying(why -> assertThat(why).contains("waited 10 s"));
    }

    @Test
    void time_of_its_sender_is_over_at_that_moment() throws MalformedPayloadException {
        scene.time.pass(Duration.ofMillis(999));
        assertThat(tooLate(UNTIL)).isEmpty();
        scene.time.pass(Duration.ofMillis(1));
        assertThat(tooLate(UNTIL)).contains("expired at 2026-11-21T08:15:31.123Z");
        assertThat(expiry.over(CommandPayload.read(UNTIL).payload().orElseThrow()))
                .isPresent();
        assertThat(expiry.over(CommandPayload.read("42").payload().orElseThrow()))
                .isEmpty();
    }

    @Test
    void command_of_a_rule_is_too_late_without_the_broker() throws MalformedPayloadException {
        connected = false;
        assertThat(tooLate("42")).hasValueSatisfying(why -> assertThat(why).contains("connection to the broker"));
        assertThat(tooLate(CommandName.DIAL, "42", Origin.Shell.SHELL, Optional.empty()))
                .isEmpty();
        assertThat(tooLate(CommandName.DIAL, "42", new Origin.Trigger("night"), Optional.empty()))
                .isEmpty();
    }

    @Test
    void tones_of_a_dial_need_a_call_that_is_connected() throws MalformedPayloadException {
        DialedCall call = dialled();
        assertThat(tooLate(CommandName.DTMF, "7", CommandScene.RULE, Optional.of(call)))
                .isPresent();
        scene.reports("outgoing").reports("connected");
        connected = false;
        assertThat(tooLate(CommandName.DTMF, "7", CommandScene.RULE, Optional.of(call)))
                .as("the broker does not matter then")
                .isEmpty();
    }

    @Test
    void end_of_a_dial_needs_a_call_that_is_not_over() throws MalformedPayloadException {
        DialedCall call = dialled();
        assertThat(tooLate(CommandName.HANGUP, "PRESS", CommandScene.RULE, Optional.of(call)))
                .isEmpty();
        scene.session.dialedCalls().forget(call);
        assertThat(tooLate(CommandName.HANGUP, "PRESS", CommandScene.RULE, Optional.of(call)))
                .hasValueSatisfying(why -> assertThat(why).contains("over or not connected"));
    }
}
