package org.bellwire.api.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bellwire.api.CallState;
import org.bellwire.api.CommandName;
import org.bellwire.api.DialNumber;
import org.bellwire.api.TransferKind;
import org.junit.jupiter.api.Test;

class KeyPadTest {

    private final KeyPad keys = KeyPad.of("OK X 0-9 * POUND L1-L12 F_X DndOn DndOff Reboot", KeyPadTest::press)
            .onlyInCall("X", "OK")
            .gatedBy(Map.of("Reboot", CommandName.REBOOT));
    private final CommandTable table = CommandTable.of(
            Access.http(Access.Authentication.NONE),
            keys,
            keys.transfer("F_X"),
            keys.choice(CommandName.DND, Map.of("ON", "DndOn", "OFF", "DndOff")));

    @Test
    void ranges_are_written_out() {
        assertThat(KeyPad.of("0-2 L9-L11 F_X", KeyPadTest::press).keys())
                .containsExactly("0", "1", "2", "L9", "L10", "L11", "F_X");
    }

    @Test
    void keys_are_pressed_in_order_one_request_each() {
        assertThat(key(FakePhone.UNKNOWN, "L12", "*", "POUND")).isEqualTo(sent("L12", "*", "POUND"));
    }

    @Test
    void an_unknown_key_refuses_all_and_names_those_there_are() {
        assertThat(reason(key(FakePhone.UNKNOWN, "L1", "l1"))).contains("'l1'").contains("L12");
    }

    @Test
    void a_key_for_calls_is_pressed_during_a_call_only() {
        assertThat(key(FakePhone.in(CallState.CONNECTED), "X")).isEqualTo(sent("X"));
        assertThat(reason(key(FakePhone.in(CallState.IDLE), "X")))
                .contains("key X")
                .contains("idle");
        assertThat(reason(key(FakePhone.UNKNOWN, "OK"))).contains("not known");
    }

    @Test
    void a_key_for_calls_is_the_last_of_a_list() {
        FakePhone phone = FakePhone.in(CallState.CONNECTED);
        assertThat(key(phone, "1", "X")).isEqualTo(sent("1", "X"));
        assertThat(reason(key(phone, "X", "OK"))).contains("key X must be the last");
    }

    @Test
    void a_gated_key_needs_its_permission() {
        assertThat(reason(key(FakePhone.UNKNOWN, "Reboot"))).contains("allow = reboot");
        assertThat(key(FakePhone.UNKNOWN.allowing(CommandName.REBOOT), "Reboot"))
                .isEqualTo(sent("Reboot"));
    }

    @Test
    void tones_are_typed_and_the_hash_has_its_name() {
        assertThat(plan(Command.of(CommandName.DTMF, "1*#"))).isEqualTo(sent("1", "*", "POUND"));
        assertThat(reason(plan(Command.of(CommandName.DTMF, "1A")))).contains("0-9 * #");
    }

    @Test
    void a_hash_key_of_its_own_name_is_used() {
        assertThat(KeyPad.of("# 1", KeyPadTest::press).type("#1")).contains(List.of(press("#"), press("1")));
    }

    @Test
    void a_transfer_types_the_number_between_two_presses() {
        assertThat(plan(transfer("45", Optional.empty()))).isEqualTo(sent("F_X", "4", "5", "F_X"));
        assertThat(plan(transfer("45", Optional.of(TransferKind.BLIND)))).isEqualTo(sent("F_X", "4", "5", "F_X"));
    }

    @Test
    void a_transfer_that_keys_cannot_make_is_refused() {
        assertThat(reason(plan(transfer("45", Optional.of(TransferKind.ATTENDED)))))
                .contains("blind transfers only");
        assertThat(reason(plan(transfer("peter", Optional.empty())))).contains("digits, * and # only");
        assertThat(reason(plan(Command.of(CommandName.TRANSFER, "")))).contains("name the number");
    }

    @Test
    void a_choice_presses_the_key_of_the_payload() {
        assertThat(plan(Command.of(CommandName.DND, "ON"))).isEqualTo(sent("DndOn"));
        assertThat(plan(Command.of(CommandName.DND, "off"))).isEqualTo(sent("DndOff"));
        assertThat(reason(plan(Command.of(CommandName.DND, "TOGGLE")))).isEqualTo("dnd is OFF or ON");
    }

    @Test
    void a_row_for_a_key_that_is_not_there_is_a_mistake_in_the_table() {
        assertThatThrownBy(() -> keys.row(CommandName.REDIAL, "RD")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> keys.transfer("RD")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> keys.choice(CommandName.DND, Map.of("ON", "RD")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void two_rows_for_one_command_are_a_mistake_in_the_table() {
        CommandRow row = keys.row(CommandName.HOLD, "F_X");
        assertThatThrownBy(() -> CommandTable.of(Access.http(Access.Authentication.NONE), row, row))
                .hasMessageContaining("two rows");
    }

    private Plan key(FakePhone phone, String... names) {
        Command command = new Command(
                CommandName.KEY,
                String.join(";", names),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(names));
        return table.find(CommandName.KEY).orElseThrow().plan(command, phone);
    }

    @Test
    void keys_of_a_vendor_that_joins_them_are_one_request() {
        KeyPad pad = KeyPad.of("0-9 STAR POUND OK", PhoneRequestOf::key).joinedBy(":");
        CommandTable table = CommandTable.of(Access.http(Access.Authentication.NONE), pad);
        assertThat(table.find(CommandName.DTMF)
                        .orElseThrow()
                        .plan(Command.of(CommandName.DTMF, "5*#"), FakePhone.UNKNOWN))
                .isEqualTo(Plan.send(PhoneRequestOf.key("5:STAR:POUND")));
        assertThat(pad.typeBetween("OK", "42")).isEqualTo(Plan.send(PhoneRequestOf.key("OK:4:2:OK")));
    }

    @Test
    void row_of_its_own_goes_before_that_of_the_keys() {
        PhoneRequest own = new PhoneRequest("/tones");
        CommandTable table =
                CommandTable.of(Access.http(Access.Authentication.NONE), keys, CommandRow.on(CommandName.DTMF, own));
        assertThat(table.find(CommandName.DTMF)
                        .orElseThrow()
                        .plan(Command.of(CommandName.DTMF, "5"), FakePhone.UNKNOWN))
                .isEqualTo(Plan.send(own));
        assertThat(table.names()).contains(CommandName.KEY);
    }

    private static final class PhoneRequestOf {
        static PhoneRequest key(String key) {
            return new PhoneRequest("/press?keys=" + key);
        }
    }

    private Plan plan(Command command) {
        return table.find(command.name()).orElseThrow().plan(command, FakePhone.UNKNOWN);
    }

    private static Command transfer(String number, Optional<TransferKind> kind) {
        return new Command(
                CommandName.TRANSFER,
                number,
                DialNumber.parse(number),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                kind,
                Optional.empty(),
                List.of());
    }

    private static Plan sent(String... names) {
        return Plan.send(Stream.of(names).map(KeyPadTest::press).toList());
    }

    private static String reason(Plan plan) {
        assertThat(plan).isInstanceOf(Plan.Refuse.class);
        return ((Plan.Refuse) plan).reason();
    }

    private static PhoneRequest press(String key) {
        return new PhoneRequest("/press?key=" + PhoneRequest.encode(key));
    }
}
