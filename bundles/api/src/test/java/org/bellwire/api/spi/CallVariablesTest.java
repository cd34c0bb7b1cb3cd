package org.bellwire.api.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.bellwire.api.CallInfo;
import org.bellwire.api.Direction;
import org.bellwire.api.Variables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallVariablesTest {

    private final CallVariables sides = CallVariables.id("call_id")
            .own("local")
            .other("remote", "display_remote")
            .account("active_user");
    private final CallVariables roles =
            CallVariables.id("call_id").callee("local", "display_local").caller("remote", "display_remote");
    private final CallVariables told = CallVariables.id("guid")
            .other("party", "alias")
            .direction("way", "inbound", "outbound")
            .direction("way_as_int", "0", "1")
            .answeredAt("connected_time", "1899-12-31T00-00-00");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "42 | 42",
                "sip:42@10.0.0.9 | 42",
                "sips:42@10.0.0.9:5061;transport=tls | 42",
                "<sip:42@10.0.0.9> | 42",
                "\"Peter\" <sip:42@10.0.0.9;user=phone> | 42",
                "Peter < sip:42@h > | 42",
                "tel:+49-30-123;phone-context=x | +4930123",
                "tel:863-1234 | 8631234",
                "TEL:+1.201.555-0123;ext=5 | +12015550123",
                "tel:1-800-FLOWERS | 1800FLOWERS",
                "+49 (0) 30-1234 | +49301234",
                "+49(0)30 1234 | +49301234",
                "0049 (0)30 1234 | 0049301234",
                "(0) 30 1234 | 0301234",
                "(030) 1234 | 0301234",
                "sip:863-1234@h;user=phone | 8631234",
                "\u202a+49\u00a030\u2011123\u202c | +4930123",
                "\u200esip:42\u200b@h\ufeff | 42",
                "sip:4\u00ad2%E2%80%8F@h | 42",
                "sip:ussd@1@h | ussd@1",
                "sip:ussd%401@h | ussd@1",
                "sip:42@[2001:db8::1]:5060 | 42",
                "sip:42@h;x=a@b | 42",
                "sip:42@h?Subject=a@b | 42",
                "sip:42 | 42",
                "\"Pan <Peter>\" <sip:42@h>;tag=<x> | 42",
                "\"Peter <sip:42@h> | 42",
                "<sip:42@h | 42",
                "\"Peter\" sip:42@h | 42",
                "sip:4%0A2%00@h | 42",
                "peter-pan | peter-pan",
                "+49.30 | +49.30",
                "+49 (30) 1234/56 | +4930123456",
                "42;phone-context=x@h | 42",
                "42@h | 42",
                "42:secret@h | 42",
                "SIP:peter.pan@h | peter.pan",
                "sip:%2B4930@h | +4930",
                "sip:+4930@h | +4930",
                "sip:100%@h | 100%",
                "303-14943821 | 30314943821"
            })
    void number_is_the_user_part(String sent, String number) {
        assertThat(read(sides, "remote", sent).number()).contains(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "sip:",
                "sip:@h",
                "<>",
                "<sip:@h>",
                "sip:[2001:db8::1]:5060",
                "[2001:db8::1]",
                "2001:db8::1",
                "fe80::1%eth0",
                "sip:10.0.0.9",
                "<SIPS:10.0.0.9:5061;transport=tls>",
                "10.0.0.9",
                "10.0.0.9:5060",
                "sip:pbx.example.com",
                "sip:pbx:5060",
                "sip:localhost",
                "\u200e\u200f",
                "tel:",
                "tel:-"
            })
    void party_without_a_user_part_has_no_number(String sent) {
        assertThat(read(sides, "remote", sent).number()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "Peter Pan | Peter Pan",
                "\"Peter Pan\" | Peter Pan",
                "\"Michael D785\" (420) | Michael D785",
                "\"A\" \"B\" (1) | A\" \"B",
                "\u202ePeter\u2066 Pan\u2069 | Peter Pan",
                "Z\u200dJ\u200e | Z\u200dJ\u200e",
                "Peter (office) | Peter (office)",
                "\" | \""
            })
    void name_stands_without_quotes_and_number(String sent, String name) {
        assertThat(read(sides, "display_remote", sent).name()).contains(name);
    }

    @Test
    void own_number_keeps_its_hyphen() {
        assertThat(read(sides, "local", "303-14943821").local()).contains("303-14943821");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<", "\"", "<\"", " \t", "(", "@", ":", "%", "-", "\" (", "\\", "sip:", "a\"", "+("})
    @Timeout(10)
    void long_text_of_any_kind_is_read_in_one_pass(String part) {
        for (String end : new String[] {"", "!", ">", "\"", ")"}) {
            String text = part.repeat(200_000) + end;
            SipAddress.number(text);
            SipAddress.name(text);
        }
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void sides_stay_in_both_directions(Direction way) {
        CallInfo call = sides.read(of("local", "101", "remote", "42"), Optional.of(way));
        assertThat(call.number()).contains("42");
        assertThat(call.local()).contains("101");
        assertThat(call.direction()).contains(way);
    }

    @Test
    void roles_change_with_the_direction() {
        Variables variables = of("local", "3", "display_local", "Me", "remote", "42", "display_remote", "Peter");
        CallInfo inbound = roles.read(variables, Optional.of(Direction.INBOUND));
        assertThat(inbound.number()).contains("42");
        assertThat(inbound.name()).contains("Peter");
        assertThat(inbound.local()).contains("3");
        CallInfo outbound = roles.read(variables, Optional.of(Direction.OUTBOUND));
        assertThat(outbound.number()).contains("3");
        assertThat(outbound.name()).contains("Me");
        assertThat(outbound.local()).isEmpty();
    }

    @Test
    void a_caller_makes_the_call_inbound_but_an_empty_one_does_not() {
        assertThat(read(roles, "remote", "sip:42@h").direction()).contains(Direction.INBOUND);
        CallInfo unknown = roles.read(of("local", "43", "remote", ""), Optional.empty());
        assertThat(unknown.direction()).isEmpty();
        assertThat(unknown.number()).as("nobody is guessed").isEmpty();
        assertThat(unknown.local()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "way, Inbound, INBOUND",
        "way, inbound, INBOUND",
        "way, OUTBOUND, OUTBOUND",
        "way_as_int, 0, INBOUND",
        "way_as_int, 1, OUTBOUND"
    })
    void direction_is_told_by_word_or_number(String name, String value, Direction way) {
        assertThat(read(told, name, value).direction()).contains(way);
    }

    @Test
    void a_direction_that_is_neither_is_unknown() {
        assertThat(read(told, "way", "sideways").direction()).isEmpty();
        assertThat(read(sides, "way", "inbound").direction()).isEmpty();
    }

    @Test
    void what_is_known_of_the_direction_goes_before_what_is_told() {
        assertThat(told.read(of("way", "inbound"), Optional.of(Direction.OUTBOUND))
                        .direction())
                .contains(Direction.OUTBOUND);
    }

    @Test
    void a_call_was_answered_unless_its_time_is_never() {
        assertThat(told.wasAnswered(of("connected_time", "2022-02-13T17-43-50")))
                .contains(true);
        assertThat(told.wasAnswered(of("connected_time", "1899-12-31T00-00-00")))
                .contains(false);
        assertThat(told.wasAnswered(of("connected_time", ""))).isEmpty();
        assertThat(told.wasAnswered(Variables.NONE)).isEmpty();
        assertThat(sides.wasAnswered(of("connected_time", "x"))).isEmpty();
    }

    @Test
    void a_blank_id_or_account_is_none() {
        CallInfo call = sides.read(of("call_id", " ", "active_user", ""), Optional.empty());
        assertThat(call.id()).isEmpty();
        assertThat(call.account()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void what_is_written_is_read_again(Direction way) {
        CallInfo call = new CallInfo(
                Optional.of("TC@1"),
                Optional.empty(),
                Optional.of(way),
                Optional.of("42"),
                Optional.of("Peter"),
                Optional.empty(),
                Optional.empty());
        for (CallVariables variables : new CallVariables[] {sides, roles, told}) {
            Variables.Builder sent = new Variables.Builder();
            variables.write(call).forEach(sent::add);
            assertThat(variables.read(sent.build(), Optional.of(way))).isEqualTo(call);
        }
    }

    private static CallInfo read(CallVariables variables, String name, String value) {
        return variables.read(of(name, value), Optional.empty());
    }

    private static Variables of(String... pairs) {
        Variables.Builder builder = new Variables.Builder();
        for (int i = 0; i < pairs.length; i += 2) {
            builder.add(pairs[i], pairs[i + 1]);
        }
        return builder.build();
    }

    @Test
    void spare_variables_count_where_those_of_the_other_party_are_empty() {
        CallVariables spare = sides.orOther("callee", "caller_text");
        Variables dialled = new Variables.Builder().add("callee", "43").build();
        assertThat(spare.read(dialled, Optional.of(Direction.OUTBOUND)).number())
                .contains("43");
        Variables named = new Variables.Builder()
                .add("remote", "42")
                .add("callee", "43")
                .add("caller_text", "Peter")
                .build();
        CallInfo call = spare.read(named, Optional.of(Direction.INBOUND));
        assertThat(call.number()).contains("42");
        assertThat(call.name()).contains("Peter");
    }

    @Test
    void spare_name_that_is_only_the_number_is_none() {
        Variables sent = new Variables.Builder()
                .add("remote", "sip:42@h")
                .add("caller_text", "42")
                .build();
        assertThat(sides.orOther("callee", "caller_text")
                        .read(sent, Optional.of(Direction.INBOUND))
                        .name())
                .isEmpty();
    }
}
