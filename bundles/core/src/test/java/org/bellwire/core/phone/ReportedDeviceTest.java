package org.bellwire.core.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.bellwire.api.EventType;
import org.bellwire.api.Variables;
import org.bellwire.api.spi.CallVariables;
import org.bellwire.api.spi.EventRow;
import org.bellwire.api.spi.EventTable;
import org.bellwire.core.Acme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportedDeviceTest {

    private static final EventTable TABLE = EventTable.namedInPath(
            CallVariables.id("id"),
            EventRow.on("moved", EventType.DEVICE_IP_CHANGED),
            EventRow.on("tunnel", EventType.VENDOR_EVENT));

    private static Variables of(String name, String value) {
        return new Variables.Builder().add(name, value).build();
    }

    private static Optional<String> ip(String event, String address) {
        return ReportedDevice.ip(TABLE, of("ip", address), TABLE.find(event));
    }

    @Test
    void what_is_not_said_stays() {
        ReportedDevice device = ReportedDevice.UNKNOWN
                .with(of("model", "D785"))
                .with(of("firmware", "10.1"))
                .with(of("mac", "00:1f:c1:1a:8b:6c"));
        assertThat(device.model()).contains("D785");
        assertThat(device.firmware()).contains("10.1");
        assertThat(device.mac()).contains("00:1f:c1:1a:8b:6c");
        assertThat(device.with(of("number", "42"))).isEqualTo(device);
        assertThat(device.with(of("model", "D862")).model()).contains("D862");
    }

    @Test
    void what_is_no_mac_is_not_believed() {
        ReportedDevice device = ReportedDevice.UNKNOWN.with(of("mac", "001fc11a8b6c"));
        assertThat(device.with(of("mac", "none"))).isEqualTo(device);
        assertThat(ReportedDevice.UNKNOWN.with(of("mac", "none"))).isEqualTo(ReportedDevice.UNKNOWN);
    }

    @Test
    void address_is_what_the_phone_reports() {
        assertThat(ip("moved", "192.0.2.7")).contains("192.0.2.7");
        assertThat(ip("an event that the table does not know", "192.0.2.7")).contains("192.0.2.7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"phone.example", "192.0.2", ""})
    void what_is_no_address_is_none(String text) {
        assertThat(ip("moved", text)).isEmpty();
    }

    @Test
    void address_in_an_event_without_a_meaning_may_be_another_one() {
        assertThat(ip("tunnel", "10.8.0.2")).isEmpty();
    }

    @Test
    void phones_of_a_vendor_that_report_no_address_have_none() {
        assertThat(ReportedDevice.ip(Acme.PLAIN, of("ip", "192.0.2.7"), Optional.empty()))
                .isEmpty();
    }
}
