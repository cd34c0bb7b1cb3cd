package org.bellwire.api.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.bellwire.api.EventType;
import org.bellwire.api.Property;
import org.bellwire.api.Variables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTableTest {

    private static final CallVariables CALL = CallVariables.id("id").other("number", "name");
    private static final EventRow HOOK =
            EventRow.on("Off-hook", EventType.HOOK_OFF).alias("Picked up");
    private static final EventRow IN = EventRow.on("Incoming", EventType.CALL_INCOMING);
    private static final EventRow END = EventRow.on("Ended", EventType.CALL_ENDED);
    private static final EventRow HELD =
            EventRow.on("Hold", EventType.CALL_HELD).when("state", "off", EventType.CALL_RESUMED);

    @ParameterizedTest
    @ValueSource(strings = {"Off-hook", "off hook", "OFFHOOK", "off_hook!", "pickedUP"})
    void name_counts_by_its_letters_and_digits_without_case(String name) {
        assertThat(EventTable.namedInPath(CALL, HOOK).find(name)).contains(HOOK);
    }

    @Test
    void two_rows_of_one_name_are_a_mistake_in_the_table() {
        EventRow again = EventRow.on("Other", EventType.HOOK_ON).alias("off hook");
        assertThatThrownBy(() -> EventTable.namedInPath(CALL, HOOK, again)).hasMessageContaining("two rows");
        assertThatThrownBy(() -> EventTable.namedInPath(CALL, EventRow.on("--", EventType.HOOK_ON)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void event_is_named_by_the_variable_or_the_path() {
        Variables variables = new Variables.Builder().add("event", "incoming").build();
        assertThat(EventTable.namedBy("event", CALL, IN).eventName(List.of("path"), variables))
                .contains("incoming");
        assertThat(EventTable.namedBy("event", CALL, IN).eventName(List.of("path"), Variables.NONE))
                .contains("path");
        assertThat(EventTable.namedInPath(CALL, IN).eventName(List.of("path"), variables))
                .contains("path");
        assertThat(EventTable.namedInPath(CALL, IN).eventName(List.of("-"), variables))
                .isEmpty();
    }

    @Test
    void a_missed_call_is_derived_where_the_vendor_does_not_report_it() {
        EventTable derives = EventTable.namedInPath(CALL, IN, END);
        assertThat(derives.derives(EventType.CALL_MISSED)).isTrue();
        assertThat(derives.reports(EventType.CALL_MISSED)).isTrue();
        assertThat(derives.events()).contains(EventType.CALL_MISSED, EventType.VENDOR_EVENT);
        EventTable reports = EventTable.namedInPath(CALL, IN, END, EventRow.on("Missed", EventType.CALL_MISSED));
        assertThat(reports.derives(EventType.CALL_MISSED)).isFalse();
        assertThat(EventTable.namedInPath(CALL, IN).derives(EventType.CALL_MISSED))
                .isFalse();
    }

    @Test
    void a_variant_is_reported_not_derived() {
        EventTable table = EventTable.namedInPath(CALL, HELD);
        assertThat(table.derives(EventType.CALL_RESUMED)).isFalse();
        assertThat(table.reports(EventType.CALL_RESUMED)).isTrue();
        assertThat(EventTable.namedInPath(CALL, EventRow.on("Hold", EventType.CALL_HELD))
                        .derives(EventType.CALL_RESUMED))
                .isTrue();
    }

    @Test
    void a_variant_counts_when_its_variable_has_its_value() {
        assertThat(HELD.typeFor(new Variables.Builder().add("STATE", "OFF").build()))
                .isEqualTo(EventType.CALL_RESUMED);
        assertThat(HELD.typeFor(new Variables.Builder().add("state", "on").build()))
                .isEqualTo(EventType.CALL_HELD);
        assertThat(HELD.typeFor(Variables.NONE)).isEqualTo(EventType.CALL_HELD);
    }

    @Test
    void properties_are_those_that_the_rows_set() {
        assertThat(EventTable.namedInPath(CALL, HOOK).properties()).containsExactly(Property.OFF_HOOK);
        assertThat(EventTable.namedInPath(CALL, END.sets(Property.MUTE, "OFF")).properties())
                .contains(Property.CALL, Property.BUSY, Property.MUTE)
                .doesNotContain(Property.DND, Property.IP);
    }

    @Test
    void door_that_nobody_tells_to_be_closed_has_no_state_but_an_event() {
        EventRow opened = EventRow.on("Relay", EventType.DOOR_OPENED);
        EventTable one = EventTable.namedInPath(CALL, opened);
        assertThat(one.has(Property.DOOR)).isFalse();
        assertThat(one.events()).contains(EventType.DOOR_OPENED);
        assertThat(EventTable.namedInPath(CALL, opened, EventRow.on("No Relay", EventType.DOOR_CLOSED))
                        .has(Property.DOOR))
                .isTrue();
        assertThat(EventTable.namedInPath(CALL, opened.when("state", "0", EventType.DOOR_CLOSED))
                        .has(Property.DOOR))
                .isTrue();
    }

    @Test
    void slug_is_the_name_as_urls_spell_it() {
        assertThat(EventRow.on("Answer New-InCall", EventType.CALL_CONNECTED).slug())
                .isEqualTo("answer-new-incall");
        assertThat(EventRow.on(" (Off) Hook! ", EventType.HOOK_OFF).slug()).isEqualTo("off-hook");
    }

    @Test
    void variable_that_the_vendor_calls_otherwise_is_found_by_its_usual_name_and_kept_as_it_was_sent() {
        EventTable table = EventTable.namedInPath(CALL, HOOK).naming("phone_ip", "ip");
        Variables sent = new Variables.Builder().add("Phone_IP", "192.0.2.7").build();
        assertThat(table.named(sent).get("ip")).contains("192.0.2.7");
        assertThat(table.named(sent).asSent()).containsOnlyKeys("Phone_IP");
        Variables both = new Variables.Builder()
                .add("ip", "192.0.2.8")
                .add("phone_ip", "192.0.2.7")
                .build();
        assertThat(table.named(both).get("ip")).contains("192.0.2.8");
    }

    @Test
    void vendor_may_begin_with_a_digit() {
        assertThat(new VendorInfo("2n", "2N", "a document").id()).isEqualTo("2n");
        assertThatThrownBy(() -> new VendorInfo("2-n", "2N", "a document"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void table_tells_what_it_was_made_of() {
        EventTable table = EventTable.namedBy("event", CALL, IN, END)
                .naming("sw_version", "firmware")
                .naming("ip_address", "ip");
        assertThat(table.nameVariable()).contains("event");
        assertThat(table.callVariables()).isEqualTo(CALL);
        assertThat(table.rows()).containsExactly(IN, END);
        assertThat(table.otherNames()).isEqualTo(Map.of("sw_version", "firmware", "ip_address", "ip"));
        Variables sent = new Variables.Builder().add("sw_version", "1.2").build();
        assertThat(table.named(sent).get("firmware")).contains("1.2");
        assertThat(EventTable.namedInPath(CALL, IN).nameVariable()).isEmpty();
    }

    @Test
    void busy_line_is_told_by_calls_where_only_some_phones_report_it() {
        EventTable table = EventTable.namedInPath(CALL, IN, END, EventRow.on("Busy", EventType.LINE_BUSY));
        assertThat(table.reportsBusy()).isTrue();
        assertThat(table.busyByCalls().reportsBusy()).isFalse();
    }

    @Test
    void what_older_firmware_lacks_is_derived_and_reported() {
        EventTable table = EventTable.namedInPath(CALL, IN, END, EventRow.on("Missed", EventType.CALL_MISSED))
                .olderFirmwareLacks(EventType.CALL_MISSED);
        assertThat(table.derives(EventType.CALL_MISSED)).isTrue();
        assertThat(table.reports(EventType.CALL_MISSED)).isTrue();
    }
}
