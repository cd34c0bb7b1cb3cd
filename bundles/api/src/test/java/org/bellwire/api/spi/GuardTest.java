package org.bellwire.api.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.bellwire.api.CallState;
import org.bellwire.api.CommandName;
import org.bellwire.api.DialNumber;
import org.bellwire.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest {

    private static final Command ANSWER = Command.of(CommandName.ANSWER, "PRESS");

    @ParameterizedTest
    @EnumSource(CallState.class)
    void only_while_passes_in_its_states_alone(CallState state) {
        Guard guard = Guard.onlyWhile(CallState.RINGING, CallState.HELD);
        boolean right = state == CallState.RINGING || state == CallState.HELD;
        assertThat(guard.objection(ANSWER, FakePhone.in(state)).isEmpty()).isEqualTo(right);
    }

    @Test
    void only_while_objects_to_an_unknown_state_and_says_what_would_do() {
        assertThat(Guard.onlyWhile(CallState.RINGING, CallState.HELD).objection(ANSWER, FakePhone.UNKNOWN))
                .contains("the phone takes answer only while ringing or held; its call is not known");
    }

    @ParameterizedTest
    @EnumSource(CallState.class)
    void only_while_or_unknown_passes_as_long_as_nothing_is_known(CallState state) {
        Guard guard = Guard.onlyWhileOrUnknown(CallState.HELD);
        assertThat(guard.objection(ANSWER, FakePhone.UNKNOWN)).isEmpty();
        assertThat(guard.objection(ANSWER, FakePhone.in(state)).isEmpty()).isEqualTo(state == CallState.HELD);
    }

    @ParameterizedTest
    @EnumSource(CallState.class)
    void not_while_objects_in_its_state_alone(CallState state) {
        Guard guard = Guard.notWhile(CallState.HELD);
        assertThat(guard.objection(ANSWER, FakePhone.UNKNOWN)).isEmpty();
        assertThat(guard.objection(ANSWER, FakePhone.in(state)).isPresent()).isEqualTo(state == CallState.HELD);
    }

    @ParameterizedTest
    @EnumSource(CallState.class)
    void only_during_call_objects_to_idle_alone(CallState state) {
        assertThat(Guard.onlyDuringCall().objection(ANSWER, FakePhone.in(state)).isPresent())
                .isEqualTo(state == CallState.IDLE);
        assertThat(Guard.onlyDuringCall().objection(ANSWER, FakePhone.UNKNOWN)).isPresent();
    }

    @Test
    void a_toggle_is_sent_only_to_change_a_known_state() {
        Guard guard = Guard.toDiffer(Property.MUTE);
        FakePhone muted = FakePhone.UNKNOWN.with(Property.MUTE, "ON");
        assertThat(guard.objection(mute("OFF"), muted)).isEmpty();
        assertThat(guard.objection(mute("off"), muted)).isEmpty();
        assertThat(guard.objection(mute("ON"), muted)).contains("mute is ON already");
        assertThat(guard.objection(mute("ON"), FakePhone.UNKNOWN).orElseThrow()).contains("not known yet");
        assertThat(guard.objection(mute("TOGGLE"), muted)).isEmpty();
        assertThat(guard.objection(mute("TOGGLE"), FakePhone.UNKNOWN)).isEmpty();
    }

    @Test
    void a_toggle_whose_state_is_never_told_takes_toggle_only() {
        FakePhone muted = FakePhone.UNKNOWN.with(Property.MUTE, "ON");
        assertThat(Guard.toggleOnly().objection(mute("TOGGLE"), muted)).isEmpty();
        assertThat(Guard.toggleOnly().objection(mute("OFF"), muted).orElseThrow())
                .contains("send TOGGLE");
    }

    @Test
    void an_account_of_the_phone_or_none_passes() {
        Guard guard = Guard.accountUpTo(4);
        assertThat(guard.objection(dial(), FakePhone.UNKNOWN)).isEmpty();
        assertThat(guard.objection(dial("4"), FakePhone.UNKNOWN)).isEmpty();
        assertThat(guard.objection(dial(), FakePhone.UNKNOWN.withAccount("1"))).isEmpty();
        assertThat(guard.objection(dial("2"), FakePhone.UNKNOWN.withAccount("9")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "5", "01", "100", "99999999999", "1&key=Reboot", "", "reception", "١"})
    void another_account_is_refused_and_the_reason_says_where_it_stands(String account) {
        Guard guard = Guard.accountUpTo(4);
        assertThat(guard.objection(dial(account), FakePhone.UNKNOWN).orElseThrow())
                .contains("1 to 4")
                .contains("name another one or none");
        assertThat(guard.objection(dial(), FakePhone.UNKNOWN.withAccount(account))
                        .orElseThrow())
                .contains("change 'account' in the phone's file");
    }

    private static Command mute(String value) {
        return Command.of(CommandName.MUTE, value);
    }

    private static Command dial() {
        return Command.to(CommandName.DIAL, new DialNumber("42"));
    }

    private static Command dial(String account) {
        Command plain = dial();
        return new Command(
                plain.name(),
                plain.value(),
                plain.number(),
                Optional.of(account),
                plain.call(),
                plain.other(),
                plain.kind(),
                plain.afterSeconds(),
                plain.keys());
    }
}
