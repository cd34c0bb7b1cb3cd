package org.bellwire.core.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.bellwire.api.CommandName;
import org.bellwire.api.DialNumber;
import org.bellwire.api.TransferKind;
import org.bellwire.api.spi.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandPayloadTest {

    private static CommandPayload read(String text) {
        CommandPayload.Reading reading = CommandPayload.read(text);
        assertThat(reading.fault()).as(text).isEmpty();
        return reading.payload().orElseThrow();
    }

    private static String fault(String text) {
        CommandPayload.Reading reading = CommandPayload.read(text);
        assertThat(reading.payload()).as(text).isEmpty();
        return reading.fault();
    }

    private static Command as(CommandName name, String text) throws MalformedPayloadException {
        return read(text).as(name);
    }

    private static void refused(CommandName name, String text, String rule) {
        CommandPayload payload = read(text);
        assertThatExceptionOfType(MalformedPayloadException.class)
                .as(text)
                .isThrownBy(() -> payload.as(name))
                .satisfies(fault -> assertThat(fault.reason()).contains(rule));
    }

    @Test
    void plain_text_is_its_value_without_blanks_around_it() {
        assertThat(read("  PRESS\n").value()).isEqualTo(PayloadField.text("PRESS"));
        assertThat(read("\" 42 \"").value()).isEqualTo(PayloadField.text("42"));
        assertThat(read("").value()).isEqualTo(PayloadField.EMPTY);
    }

    @Test
    void plain_text_is_bounded() {
        assertThat(read("x".repeat(256)).value().text()).hasSize(256);
        assertThat(fault("x".repeat(257))).contains("256");
        assertThat(fault("\"\"")).contains("empty text");
    }

    @Test
    void json_is_bounded_as_a_whole() {
        String begin = "{\"value\":\"42\"";
        String longest = begin + " ".repeat(CommandPayload.MAX_JSON - begin.length() - 1) + "}";
        assertThat(read(longest).value().text()).isEqualTo("42");
        assertThat(fault(longest + " ")).contains("4096");
    }

    @Test
    void all_fields_of_json_are_read() {
        CommandPayload payload = read(
                "{\"value\":\"v\",\"number\":42,\"account\":\"a\",\"call\":\"c\",\"other\":\"o\",\"kind\":\"blind\","
                        + "\"then\":\"7#\",\"hangup_s\":3,\"after_s\":\"4\",\"expires\":\"2026-11-21T09:15:30+01:00\"}");
        assertThat(payload)
                .isEqualTo(new CommandPayload(
                        PayloadField.text("v"),
                        Optional.of(Instant.parse("2026-11-21T08:15:30Z")),
                        Optional.of(new PayloadField("42", PayloadField.Kind.NUMBER)),
                        Optional.of(PayloadField.text("a")),
                        Optional.of(PayloadField.text("c")),
                        Optional.of(PayloadField.text("o")),
                        Optional.of("blind"),
                        Optional.of(PayloadField.text("7#")),
                        Optional.of(new PayloadField("3", PayloadField.Kind.NUMBER)),
                        Optional.of(PayloadField.text("4"))));
    }

    @Test
    void id_is_read_from_json_only_and_also_of_a_malformed_payload() {
        assertThat(CommandPayload.read("42").id()).isEmpty();
        assertThat(CommandPayload.read("{\"id\":\"k-7\",\"value\":\"42\"}").id())
                .contains("k-7");
        assertThat(CommandPayload.read("{\"id\":\"k-7\",\"value\":[]}").id()).contains("k-7");
        assertThat(CommandPayload.read("{\"id\":\"k-7\",\"expires\":\"soon\"}").id())
                .contains("k-7");
    }

    @Test
    void what_is_malformed_is_said() {
        assertThat(fault("{\"value\":")).contains("not a JSON object");
        assertThat(fault("{\"value\":[]}")).contains("value must be a text");
        assertThat(fault("{\"value\":1,\"value\":2}")).contains("value stands there twice");
        assertThat(fault("{\"value\":\"" + "x".repeat(257) + "\"}")).contains("at most 256");
        assertThat(fault("{\"expires\":\"2026-11-21T08:15:30\"}")).contains("ISO 8601");
    }

    @Test
    void command_has_what_its_payload_says() throws MalformedPayloadException {
        Command command = as(
                CommandName.TRANSFER,
                "{\"number\":\"42\",\"account\":1,\"call\":\"c=1\",\"other\":\"o\",\"kind\":\"attended\"}");
        assertThat(command.name()).isEqualTo(CommandName.TRANSFER);
        assertThat(command.number()).contains(new DialNumber("42"));
        assertThat(command.account()).contains("1");
        assertThat(command.call()).contains("c=1");
        assertThat(command.other()).contains("o");
        assertThat(command.kind()).contains(TransferKind.ATTENDED);
        assertThat(command.afterSeconds()).isEmpty();
        assertThat(command.keys()).isEmpty();
        refused(CommandName.TRANSFER, "{\"number\":\"42\",\"kind\":\"ATTENDED\"}", "blind or attended");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"other\":\"2\"}", "{\"value\":\"press\",\"other\":\"2\"}"})
    void transfer_of_one_call_to_another_needs_no_number(String payload) throws MalformedPayloadException {
        assertThat(as(CommandName.TRANSFER, payload).number()).isEmpty();
    }

    @Test
    void transfer_to_a_number_has_one_also_where_it_names_two_calls() throws MalformedPayloadException {
        assertThat(as(CommandName.TRANSFER, "{\"number\":\"42\",\"other\":\"2\"}")
                        .number())
                .contains(new DialNumber("42"));
        assertThat(as(CommandName.TRANSFER, "{\"value\":\"42\",\"other\":\"2\"}")
                        .number())
                .contains(new DialNumber("42"));
        refused(CommandName.TRANSFER, "{\"call\":\"2\"}", "a number is 1 to 64");
    }

    @ParameterizedTest
    @CsvSource({
        "MUTE,toggle,TOGGLE",
        "MUTE,1,ON",
        "MUTE,0.0,OFF",
        "DND,true,ON",
        "DND,off,OFF",
        "CALL_WAITING,on,ON",
        "MISSED,reset,RESET",
        "VOLUME,up,UP",
        "VOLUME,Down,DOWN"
    })
    void switch_takes_its_words_in_any_case(CommandName name, String payload, String value)
            throws MalformedPayloadException {
        assertThat(as(name, payload).value()).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "MUTE,maybe,mute takes ON or OFF or TOGGLE",
        "DND,toggle,dnd takes ON or OFF",
        "CALL_WAITING,toggle,call_waiting takes ON or OFF",
        "MISSED,press,missed takes RESET",
        "VOLUME,loud,volume takes UP or DOWN",
        "OPEN,a b,open takes PRESS",
        "OPEN,12345678901234567,open takes PRESS",
        "KEY,;;,key takes 1 to 32",
        "TEXT,'',text takes the text"
    })
    void wrong_word_is_refused_with_what_would_be_right(CommandName name, String payload, String rule) {
        refused(name, payload, rule);
    }

    @ParameterizedTest
    @EnumSource(names = {"FORWARD_ALWAYS", "FORWARD_BUSY", "FORWARD_NO_ANSWER"})
    void forwarding_is_switched_or_goes_to_a_number(CommandName name) throws MalformedPayloadException {
        assertThat(as(name, "off").value()).isEqualTo("OFF");
        assertThat(as(name, "on").number()).isEmpty();
        assertThat(as(name, "42").number()).contains(new DialNumber("42"));
        assertThat(as(name, "1").number()).as("a number here").contains(new DialNumber("1"));
        assertThat(as(name, "{\"value\":\"ON\",\"number\":\"42\"}").number()).contains(new DialNumber("42"));
        assertThat(as(name, "{\"number\":\"42\",\"after_s\":20}").afterSeconds())
                .contains(20);
        refused(name, "none", "a rule sends that where it has no value");
    }

    @Test
    void relay_of_a_door_is_named_by_a_short_word() throws MalformedPayloadException {
        assertThat(as(CommandName.OPEN, "1234567890abcXY@").value()).isEqualTo("1234567890abcXY@");
        assertThat(as(CommandName.OPEN, "").value()).isEmpty();
    }

    @Test
    void keys_stand_apart_by_semicolons_or_blanks() throws MalformedPayloadException {
        assertThat(as(CommandName.KEY, "1;; OK\t2").keys()).containsExactly("1", "OK", "2");
        assertThat(as(CommandName.KEY, "1 ".repeat(32)).keys()).hasSize(32);
        refused(CommandName.KEY, "1 ".repeat(33), "1 to 32");
        assertThat(as(CommandName.TEXT, "1 2").keys()).isEmpty();
    }

    @Test
    void tones_are_digits_with_star_and_pound() throws MalformedPayloadException {
        assertThat(as(CommandName.DTMF, "{\"value\":12.0}").value()).isEqualTo("12");
        assertThat(as(CommandName.DTMF, "*#".repeat(32)).value()).hasSize(64);
        refused(CommandName.DTMF, "1".repeat(65), "dtmf takes 1 to 64");
        refused(CommandName.DTMF, "PRESS", "dtmf takes 1 to 64");
    }

    @Test
    void number_is_shown_where_there_is_one() {
        assertThat(read("{\"value\":\"1\",\"number\":\"42\"}").dialNumber()).contains(new DialNumber("42"));
        assertThat(read("42").dialNumber()).contains(new DialNumber("42"));
        assertThat(read("none").dialNumber()).isEmpty();
    }

    @Test
    void dial_goes_on_with_what_its_payload_says() throws MalformedPayloadException {
        assertThat(read("42").afterDial().isNothing()).isTrue();
        DialFollowUp both =
                read("{\"number\":1,\"then\":\"7#\",\"hangup_s\":3600}").afterDial();
        assertThat(both.isNothing()).isFalse();
        assertThat(both).isEqualTo(new DialFollowUp(Optional.of("7#"), Optional.of(Duration.ofHours(1))));
        assertThat(read("{\"hangup_s\":\"1\"}").afterDial().isNothing()).isFalse();
        assertThat(read("{\"then\":\"1\"}").afterDial().isNothing()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "3601", "01", "12345", "1.5", "-1", "soon"})
    void seconds_are_whole_and_at_most_an_hour(String seconds) {
        refused(CommandName.FORWARD_BUSY, "{\"number\":\"42\",\"after_s\":\"" + seconds + "\"}", "after_s is whole");
        assertThatExceptionOfType(MalformedPayloadException.class)
                .isThrownBy(() -> read("{\"hangup_s\":\"" + seconds + "\"}").afterDial())
                .satisfies(fault -> assertThat(fault.reason()).contains("hangup_s is whole seconds, 1 to 3600"));
    }
}
