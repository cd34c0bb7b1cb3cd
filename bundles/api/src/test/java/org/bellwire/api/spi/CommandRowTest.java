package org.bellwire.api.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.CallState;
import org.bellwire.api.CommandName;
import org.bellwire.api.Property;
import org.junit.jupiter.api.Test;

class CommandRowTest {

    private final CommandRow answer = CommandRow.on(
                    CommandName.ANSWER,
                    (command, phone) -> Plan.send(new PhoneRequest(
                            command.call().map(id -> "/answer/" + id).orElse("/toggle"))))
            .ofCall(CallState.RINGING);

    private static PhoneView phoneWithCall(Optional<String> ringing) {
        return new PhoneView() {
            @Override
            public Optional<String> account() {
                return Optional.empty();
            }

            @Override
            public Optional<String> outgoingUri() {
                return Optional.empty();
            }

            @Override
            public Optional<CallState> callState() {
                return Optional.empty();
            }

            @Override
            public Optional<String> callId(List<CallState> states) {
                return ringing.filter(any -> states.contains(CallState.RINGING));
            }

            @Override
            public Optional<String> state(Property property) {
                return Optional.empty();
            }

            @Override
            public boolean allows(CommandName command) {
                return false;
            }
        };
    }

    @Test
    void known_call_is_named_by_itself() {
        assertThat(answer.plan(Command.of(CommandName.ANSWER, "PRESS"), phoneWithCall(Optional.of("33093"))))
                .isEqualTo(Plan.send(new PhoneRequest("/answer/33093")));
    }

    @Test
    void call_that_the_payload_names_goes_before_the_known_one() {
        Command named = Command.of(CommandName.ANSWER, "PRESS").ofCall(Optional.of("7"));
        assertThat(answer.plan(named, phoneWithCall(Optional.of("33093"))))
                .isEqualTo(Plan.send(new PhoneRequest("/answer/7")));
    }

    @Test
    void condition_does_not_hold_for_a_call_that_is_named() {
        CommandRow guarded = answer.when(Guard.onlyWhile(CallState.RINGING).unlessNamed());
        Command press = Command.of(CommandName.ANSWER, "PRESS");
        assertThat(guarded.plan(press, phoneWithCall(Optional.of("33093")))).isInstanceOf(Plan.Send.class);
        assertThat(guarded.plan(press, phoneWithCall(Optional.empty()))).isInstanceOf(Plan.Refuse.class);
    }

    @Test
    void without_a_known_call_the_command_names_none() {
        assertThat(answer.plan(Command.of(CommandName.ANSWER, "PRESS"), phoneWithCall(Optional.empty())))
                .isEqualTo(Plan.send(new PhoneRequest("/toggle")));
    }

    @Test
    void reading_back_is_the_command_refresh() {
        ReadBack status = ReadBack.ofStates(new PhoneRequest("/status"), body -> ReadBack.State.NOTHING);
        CommandTable table =
                CommandTable.of(Access.http(Access.Authentication.NONE), answer).reading(status);
        assertThat(table.find(CommandName.REFRESH)
                        .orElseThrow()
                        .plan(Command.of(CommandName.REFRESH, "PRESS"), FakePhone.UNKNOWN))
                .isEqualTo(Plan.send(new PhoneRequest("/status").asking()));
        assertThat(table.names()).containsExactly(CommandName.ANSWER, CommandName.REFRESH);
        assertThat(status.reader().read("anything").states()).isEqualTo(Map.of());
    }
}
