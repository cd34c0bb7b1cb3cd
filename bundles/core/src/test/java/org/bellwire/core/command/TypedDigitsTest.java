package org.bellwire.core.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bellwire.api.CommandName;
import org.bellwire.api.DialNumber;
import org.bellwire.api.spi.Access;
import org.bellwire.api.spi.Command;
import org.bellwire.api.spi.CommandRow;
import org.bellwire.api.spi.CommandTable;
import org.bellwire.api.spi.PhoneRequest;
import org.junit.jupiter.api.Test;

/** What is dialled by what is typed, and the readings of a number. */
class TypedDigitsTest {

    private final CommandScene scene = new CommandScene();

    private List<String> typed(CommandName name, String payload) throws MalformedPayloadException {
        Command command = CommandPayload.read(payload).payload().orElseThrow().as(name);
        return TypedDigits.of(command, scene.phone).stream()
                .map(DialNumber::value)
                .toList();
    }

    @Test
    void each_run_of_digits_between_other_keys_is_a_number() throws MalformedPayloadException {
        assertThat(typed(CommandName.KEY, "OK 1 1 2 OK 0 4 OK")).containsExactly("112", "04");
        assertThat(typed(CommandName.KEY, "STAR 3 1 POUND 4")).containsExactly("*31#4");
        assertThat(typed(CommandName.KEY, "OK")).isEmpty();
        assertThat(typed(CommandName.DTMF, "1*2#")).containsExactly("1*2#");
    }

    @Test
    void digits_alone_are_tones_during_a_call_and_no_number() throws MalformedPayloadException {
        scene.reports("incoming");
        assertThat(typed(CommandName.KEY, "1 2")).as("while it rings").containsExactly("12");
        scene.reports("connected");
        assertThat(typed(CommandName.KEY, "1 STAR POUND")).isEmpty();
        assertThat(typed(CommandName.DTMF, "12")).isEmpty();
        assertThat(typed(CommandName.KEY, "OK 1 2")).containsExactly("12");
    }

    @Test
    void other_commands_type_nothing() throws MalformedPayloadException {
        assertThat(typed(CommandName.TEXT, "112")).isEmpty();
    }

    @Test
    void phone_without_keys_types_nothing() {
        CommandScene keyless = new CommandScene(CommandTable.of(
                Access.http(Access.Authentication.NONE), CommandRow.on(CommandName.DTMF, new PhoneRequest("/tones"))));
        assertThat(TypedDigits.of(Command.of(CommandName.DTMF, "112"), keyless.phone))
                .isEmpty();
    }

    @Test
    void number_has_all_readings_that_a_phone_may_dial() {
        assertThat(DialledDigits.readings("*31#1-12@pbx")).contains("*31#1-12@pbx", "31112", "112");
        assertThat(DialledDigits.readings("0w112")).contains("0112", "0", "112");
        assertThat(DialledDigits.readings("*67911")).contains("67911", "911");
        assertThat(DialledDigits.readings("room.112@pbx")).containsExactly("room.112@pbx", "room112");
        assertThat(DialledDigits.readings("@112"))
                .as("nobody at a host")
                .contains("@112")
                .doesNotContain("112");
    }

    @Test
    void what_stands_before_a_number_may_be_left_out() {
        assertThat(DialledDigits.local("+49")).contains("49");
        assertThat(DialledDigits.local("0112")).contains("112");
        assertThat(DialledDigits.local("112")).isEmpty();
        assertThat(DialledDigits.local("0")).isEmpty();
    }

    @Test
    void dial_that_goes_on_needs_a_vendor_that_can() throws MalformedPayloadException {
        CommandTable none = CommandTable.of(Access.http(Access.Authentication.NONE));
        CommandTable both = CommandTable.of(
                Access.http(Access.Authentication.NONE),
                CommandRow.on(CommandName.DTMF, new PhoneRequest("/tones")),
                CommandRow.on(CommandName.HANGUP, new PhoneRequest("/hangup")));
        DialFollowUp tones =
                CommandPayload.read("{\"then\":\"1\"}").payload().orElseThrow().afterDial();
        DialFollowUp end =
                CommandPayload.read("{\"hangup_s\":1}").payload().orElseThrow().afterDial();
        assertThat(tones.objection(none))
                .hasValueSatisfying(why -> assertThat(why).contains("no dtmf"));
        assertThat(end.objection(none))
                .hasValueSatisfying(why -> assertThat(why).contains("no hangup"));
        assertThat(DialFollowUp.NOTHING.objection(none)).isEmpty();
        assertThat(tones.objection(both)).isEmpty();
        assertThat(end.objection(both)).isEmpty();
    }
}
