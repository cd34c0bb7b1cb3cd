package org.bellwire.core.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bellwire.api.CallState;
import org.bellwire.api.CommandName;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Property;
import org.bellwire.api.Scheme;
import org.bellwire.api.Variables;
import org.bellwire.api.config.CfgException;
import org.bellwire.api.port.PhoneClient.Address;
import org.bellwire.api.port.Site;
import org.bellwire.api.spi.Access;
import org.bellwire.api.spi.CommandTable;
import org.bellwire.api.spi.Credential;
import org.bellwire.api.spi.VendorInfo;
import org.bellwire.core.Acme;
import org.bellwire.core.common.Moment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhoneTest {

    private static final Access ACCESS = Access.http(Access.Authentication.NONE).onPort(8000);
    private static final Moment NOW = new Moment(Instant.parse("2026-11-21T08:15:30Z"), 0);

    private final PhoneSession session = new PhoneSession();

    /** The file of a phone; keys and values in turn. */
    private static PhoneSettings file(String... keysAndValues) {
        Map<String, String> all = new HashMap<>(Map.of("vendor", "acme"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            all.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return PhoneSettings.parse("a file", new PhoneId("lobby"), all, List.of());
    }

    private Phone phone(String... keysAndValues) {
        Acme vendor = new Acme(new VendorInfo("acme", "Acme", "none"), Acme.PLAIN, CommandTable.of(ACCESS));
        return new Phone(file(keysAndValues), vendor, session);
    }

    private void reports(String event, String name, String value) {
        session.takeIn(
                Acme.PLAIN, event, new Variables.Builder().add(name, value).build(), NOW);
    }

    @Test
    void phone_is_what_its_file_says() {
        Phone phone = phone("account", "2", "outgoing.uri", "3@192.0.2.1", "allow", "reboot, open");
        assertThat(phone.id()).isEqualTo("lobby");
        assertThat(phone.site()).isEqualTo(Site.OWN);
        assertThat(phone.account()).contains("2");
        assertThat(phone.outgoingUri()).contains("3@192.0.2.1");
        assertThat(phone.allows(CommandName.REBOOT)).isTrue();
        assertThat(phone.allows(CommandName.PROVISION)).isFalse();
        assertThat(phone().account()).isEmpty();
        assertThat(phone().outgoingUri()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"USER,user", "PASSWORD,password", "API_TOKEN,api.token"})
    void phone_has_the_credentials_that_its_file_holds_and_no_others(Credential credential, String key) {
        Phone phone = phone(key, "geheim");
        for (Credential any : Credential.values()) {
            assertThat(phone.has(any)).as(any.key()).isEqualTo(any == credential);
        }
    }

    @Test
    void mac_of_the_file_goes_before_the_one_that_is_reported() {
        assertThat(phone().mac()).isEmpty();
        reports("update", "mac", "001fc1000001");
        assertThat(phone().mac()).isEqualTo(session.device().mac()).isPresent();
        assertThat(phone("mac", "001fc1000002").mac())
                .hasValueSatisfying(mac -> assertThat(mac).endsWith("02"));
    }

    @Test
    void phone_shows_its_calls_and_states() {
        reports("incoming", "callId", "1");
        assertThat(phone().callState()).contains(CallState.RINGING);
        assertThat(phone().callId(List.of(CallState.RINGING))).contains("1");
        assertThat(phone().state(Property.DIRECTION)).contains("inbound");
    }

    @ParameterizedTest
    @CsvSource({"'','',HTTP,8000", "http,'',HTTP,8000", "https,'',HTTPS,443", "https,8443,HTTPS,8443", "'',81,HTTP,81"})
    void requests_go_to_the_port_of_the_file_or_the_vendor_or_the_scheme(
            String scheme, String port, Scheme expected, int number) {
        Address address = phone("host", "192.0.2.1", "scheme", scheme, "port", port, "user", "u")
                .address()
                .orElseThrow();
        assertThat(address.phone()).isEqualTo("lobby");
        assertThat(address.host()).isEqualTo("192.0.2.1");
        assertThat(address.scheme()).isEqualTo(expected);
        assertThat(address.port()).isEqualTo(number);
        assertThat(address.user()).contains("u");
    }

    @Test
    void phone_without_a_host_only_reports() {
        assertThat(phone().address()).isEmpty();
    }

    @Test
    void what_is_kept_holds_for_the_vendor_and_the_tenant() {
        assertThat(file().keptFor()).isEqualTo("acme");
        assertThat(file("site", "north").keptFor()).isEqualTo("acme of north");
    }

    @Test
    void texts_of_a_file_are_bounded() {
        assertThat(file("name", "x".repeat(255)).name()).hasSize(255);
        assertThatExceptionOfType(CfgException.class)
                .isThrownBy(() -> file("name", "x".repeat(256)))
                .withMessageContaining("name: has more than 255 characters");
    }

    @Test
    void first_faults_of_a_list_are_named_and_the_others_counted() {
        assertThatExceptionOfType(CfgException.class)
                .isThrownBy(() -> file("allow", "reboot " + "nonsense ".repeat(12)))
                .withMessageContaining("and 2 more faults")
                .satisfies(
                        fault -> assertThat(String.valueOf(fault.getMessage()).split("no command 'nonsense'", -1))
                                .hasSize(11));
        assertThatExceptionOfType(CfgException.class)
                .isThrownBy(() -> file("allow", "nonsense ".repeat(10)))
                .satisfies(fault -> assertThat(fault.getMessage()).doesNotContain("more faults"));
    }

    @Test
    void probe_is_due_at_once_and_then_once_in_each_period() {
        ProbeTurn turn = new ProbeTurn();
        long period = Duration.ofSeconds(60).toNanos();
        assertThat(turn.isDue(0, 60)).isTrue();
        assertThat(turn.isDue(0, 60)).isFalse();
        assertThat(turn.isDue(period, 60))
                .as("the second is somewhere in the period")
                .isTrue();
        assertThat(turn.isDue(2 * period - 1, 60)).isFalse();
        assertThat(turn.isDue(2 * period, 60)).isTrue();
    }
}
