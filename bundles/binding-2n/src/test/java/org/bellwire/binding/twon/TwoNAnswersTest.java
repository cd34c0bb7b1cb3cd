package org.bellwire.binding.twon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.CallState;
import org.bellwire.api.Direction;
import org.bellwire.api.Property;
import org.bellwire.api.spi.EventLog;
import org.bellwire.api.spi.EventRow;
import org.bellwire.api.spi.EventTable;
import org.bellwire.api.spi.ReadBack.SeenCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers have the form of the manual's examples; none was recorded. */
class TwoNAnswersTest {

    private static final EventTable TABLE = new TwoNBinding().events();

    private static SeenCall call(CallState state, Direction direction, Optional<String> number) {
        return new SeenCall(state, Optional.of(direction), number, Optional.empty());
    }

    private static String sessions(String list) {
        return "{ \"success\" : true, \"result\" : { \"sessions\" : [" + list + "] } }";
    }

    @Test
    void sessions_are_calls() {
        assertThat(TwoNAnswers.calls(
                                sessions(
                                        "{\"session\":1,\"direction\":\"outgoing\",\"state\":\"ringing\"},"
                                                + "{\"session\":2,\"direction\":\"incoming\",\"state\":\"connected\",\"peer\":\"sip:42@10.0.0.9\"}"))
                        .calls())
                .contains(List.of(
                        call(CallState.DIALING, Direction.OUTBOUND, Optional.empty()),
                        call(CallState.CONNECTED, Direction.INBOUND, Optional.of("42"))));
    }

    @Test
    void list_alone_and_calls_to_several_stations_are_read() {
        String body =
                "[{\"calls\":[{\"id\":6,\"peer\":\"sip:101@10.0.29.27\",\"state\":\"ringing\"},{\"id\":7,\"peer\":\"sip:10.0.29.31\","
                        + "\"state\":\"ringing\"}],\"direction\":\"outgoing\",\"session\":4,\"state\":\"ringing\"}]";
        assertThat(TwoNAnswers.calls(body).calls())
                .contains(List.of(call(CallState.DIALING, Direction.OUTBOUND, Optional.of("101"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{\"success\":true,\"result\":{\"sessions\":[]}}"})
    void no_session_is_no_call(String body) {
        assertThat(TwoNAnswers.calls(body).calls()).contains(List.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "OK",
                "{\"success\":true}",
                "<html>[sessions]</html>",
                "{\"success\":true,\"result\":{\"sessions\":[{\"session\":1,\"direction\":\"outgoing\",",
                "{\"success\":true,\"result\":{\"sessions\":[{\"session\":1,\"direction\":\"outgoing\",\"state\":\"parked\"}]}}"
            })
    void what_is_not_understood_tells_nothing(String body) {
        assertThat(TwoNAnswers.calls(body).calls()).isEmpty();
        assertThat(TwoNAnswers.accounts(body).states()).isEmpty();
    }

    @Test
    void one_registered_account_is_enough() {
        String body = "{\"success\":true,\"result\":{\"accounts\":["
                + "{\"account\":1,\"enabled\":true,\"sipNumber\":\"5207\",\"registrationEnabled\":true,\"registered\":%s},"
                + "{\"account\":2,\"enabled\":false,\"sipNumber\":\"5208\",\"registrationEnabled\":true,\"registered\":true},"
                + "{\"account\":3,\"accountType\":\"local\",\"enabled\":true,\"sipNumber\":\"Style-1\"},"
                + "{\"account\":4,\"sipNumber\":\"\",\"registered\":false}]}}";
        assertThat(TwoNAnswers.accounts(body.formatted("true")).states())
                .isEqualTo(Map.of(Property.REGISTRATION, "registered"));
        assertThat(TwoNAnswers.accounts(body.formatted("false")).states())
                .as("the second is off, the others are not set up")
                .isEqualTo(Map.of(Property.REGISTRATION, "unregistered"));
    }

    @Test
    void channel_is_asked_by_its_id() {
        assertThat(TwoNAnswers.LOG
                        .channel()
                        .of("{\"success\":true,\"result\":{\"id\":2121013117}}")
                        .map(Object::toString))
                .contains("/api/log/pull?id=2121013117&timeout=20");
        assertThat(TwoNAnswers.LOG.channel().of("{\"success\":true,\"result\":{\"id\":\"1&x=2\"}}"))
                .isEmpty();
    }

    private static List<EventLog.Entry> log(String... events) {
        return TwoNAnswers.LOG
                .reader()
                .read("{\"success\":true,\"result\":{\"events\":[" + String.join(",", events) + "]}}")
                .orElseThrow();
    }

    private static EventLog.Entry entry(String name, String params) {
        return log("{\"id\":3,\"tzShift\":0,\"utcTime\":1437987105,\"upTime\":11,\"event\":\"" + name
                        + "\",\"params\":{" + params + "}}")
                .get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "KeyPressed | \"key\":\"%1\" | door_bell",
                "KeyPressed | \"key\":\"5\" | key_pressed",
                "MotionDetected | \"state\":\"in\" | door_motion",
                "MotionDetected | \"state\":\"out\" | vendor_event",
                "CodeEntered | \"code\":\"4711\",\"valid\":true | door_granted",
                "CardEntered | \"uid\":\"4BD9E903\",\"valid\":false | door_denied",
                "InputChanged | \"port\":\"input1\",\"state\":false | input_off",
                "SwitchStateChanged | \"switch\":1,\"state\":true | door_opened",
                "SwitchStateChanged | \"switch\":1,\"state\":false | door_closed",
                "UnauthorizedDoorOpen | \"state\":\"in\" | door_forced",
                "UnauthorizedDoorOpen | \"state\":\"out\" | vendor_event",
                "DoorOpenTooLong | \"state\":\"out\" | vendor_event",
                "TamperSwitchActivated | \"state\":\"in\" | door_tamper",
                "RegistrationStateChanged | \"sipAccount\":1,\"state\":\"registering\" | vendor_event",
                "RegistrationStateChanged | \"sipAccount\":1,\"state\":\"registered\" | account_registered",
                "DeviceState | \"state\":\"startup\" | device_booted",
                "CallStateChanged | \"direction\":\"incoming\",\"state\":\"ringing\",\"session\":4 | call_incoming",
                "CallStateChanged | \"direction\":\"outgoing\",\"state\":\"connecting\",\"session\":4 | call_outgoing",
                "CallStateChanged | \"direction\":\"outgoing\",\"state\":\"connected\",\"session\":4 | call_connected",
                "CallStateChanged | \"direction\":\"outgoing\",\"state\":\"terminated\",\"session\":4 | call_ended"
            })
    void entry_of_the_log_means_what_the_table_says(String name, String params, String event) {
        EventLog.Entry entry = entry(name, params);
        var variables = new org.bellwire.api.Variables.Builder();
        entry.variables().forEach(variables::add);
        assertThat(TABLE.find(entry.event())
                        .orElseThrow()
                        .typeFor(variables.build())
                        .wire())
                .isEqualTo(event);
    }

    @Test
    void simulated_intercom_writes_each_row_of_the_table_so_that_it_is_read_as_the_same() {
        EventLog.Form form = TwoNAnswers.LOG.form().orElseThrow();
        for (EventRow row : TABLE.rows()) {
            EventLog.Entry read = reread(form, new EventLog.Entry(row.name(), Map.of()));
            assertThat(typeOf(read)).as(row.name()).isEqualTo(row.type().wire());
            for (EventRow.Variant variant : row.variants()) {
                var told = new EventLog.Entry(row.name(), Map.of(variant.variable(), variant.value()));
                assertThat(typeOf(reread(form, told)))
                        .as(told.toString())
                        .isEqualTo(variant.type().wire());
            }
        }
    }

    @Test
    void simulated_intercom_writes_the_call_and_what_would_break_the_text() {
        EventLog.Form form = TwoNAnswers.LOG.form().orElseThrow();
        var told = new EventLog.Entry(
                "CallStateChanged incoming",
                Map.of("session", "4", "peer", "sip:42@10.0.0.9", "peer_name", "a\"}],\\\n"));
        assertThat(reread(form, told).variables())
                .isEqualTo(Map.of(
                        "session", "4",
                        "peer", "sip:42@10.0.0.9",
                        "peer_name", "a\"}],\\ ",
                        "direction", "incoming",
                        "state", "ringing"));
    }

    @Test
    void simulated_intercom_opens_and_refuses_as_the_reader_expects() {
        EventLog.Form form = TwoNAnswers.LOG.form().orElseThrow();
        assertThat(TwoNAnswers.LOG.channel().of(form.opened().apply(7)).map(Object::toString))
                .contains("/api/log/pull?id=7&timeout=20");
        assertThat(TwoNAnswers.LOG.reader().read(form.gone())).isEmpty();
        assertThat(TwoNAnswers.LOG.reader().read(form.told().apply(List.of()))).contains(List.of());
    }

    private static EventLog.Entry reread(EventLog.Form form, EventLog.Entry told) {
        return TwoNAnswers.LOG
                .reader()
                .read(form.told().apply(List.of(told)))
                .orElseThrow()
                .get(0);
    }

    private static String typeOf(EventLog.Entry entry) {
        var variables = new org.bellwire.api.Variables.Builder();
        entry.variables().forEach(variables::add);
        return TABLE.find(entry.event())
                .orElseThrow()
                .typeFor(variables.build())
                .wire();
    }

    @Test
    void caller_whose_name_looks_like_a_cut_answer_hides_no_event() {
        assertThat(entry(
                                "CallStateChanged",
                                "\"direction\":\"incoming\",\"state\":\"ringing\",\"peer\":\"sip:{[@10.0.0.9\"")
                        .event())
                .isEqualTo("CallStateChanged incoming");
    }

    @Test
    void code_that_somebody_typed_is_left_out() {
        assertThat(entry("CodeEntered", "\"code\":\"4711\",\"valid\":true").variables())
                .isEqualTo(Map.of("valid", "true"));
    }

    @Test
    void entries_keep_their_order_and_what_is_not_known_its_name() {
        assertThat(log("{\"event\":\"B\",\"params\":{}}", "{\"event\":\"A\"}"))
                .extracting(EventLog.Entry::event)
                .containsExactly("B", "A");
        assertThat(log()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "OK", "{\"success\":true}", "{\"events\":[{\"event\":\"A\"}"})
    void answer_that_is_no_log_or_is_cut_is_none(String body) {
        assertThat(TwoNAnswers.LOG.reader().read(body)).isEmpty();
        assertThatCode(() -> TwoNAnswers.LOG.channel().of(body)).doesNotThrowAnyException();
    }
}
