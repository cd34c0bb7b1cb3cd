package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.bellwire.api.Property;
import org.bellwire.api.port.PhoneClient.Address;
import org.bellwire.api.port.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where requests, and the credentials with them, go is what the phone's file says, whatever anybody claims. */
class RedirectTest {

    private static final String EVIL = "203.0.113.66";

    private final House house = new House()
            .file(
                    "lobby",
                    "vendor",
                    "acme",
                    "host",
                    "192.0.2.7",
                    "port",
                    "8080",
                    "mac",
                    "001fc1000001",
                    "password",
                    "x")
            .file("deaf", "vendor", "acme", "mac", "001fc1000002");
    private final Address written = house.phone("lobby").address().orElseThrow();

    @AfterEach
    void leave() {
        house.close();
    }

    @Test
    void what_a_phone_reports_does_not_change_where_requests_go() {
        for (String claim :
                List.of("ip", "host", "url", "port", "scheme", "local", "address", "proxy", "outgoing_uri")) {
            assertThat(house.get("acme", "/ip-changed?mac=001fc1000001&" + claim + "=" + EVIL))
                    .isEqualTo(Reply.ACCEPTED);
        }
        house.get("acme", "/ip-changed/001fc1000001/" + EVIL);
        assertThat(house.get("acme", House.SITE_TOKEN, "/off-hook?mac=001fc1000001", EVIL))
                .as("also where it comes from")
                .isEqualTo(Reply.ACCEPTED);
        assertThat(house.phone("lobby").state(Property.IP)).as("it was heard").hasValue(EVIL);

        house.send("lobby", "dial", "42");
        house.time.pass(Duration.ofMinutes(2));
        assertThat(house.line.addresses()).containsExactly(written);
        assertThat(house.line.probedAddresses()).isNotEmpty().containsOnly(written);
    }

    @Test
    void what_a_payload_says_does_not_change_where_requests_go() {
        for (String key : List.of("host", "url", "ip", "port", "scheme", "phone", "address", "user", "password")) {
            house.send("lobby", "dial", "{\"number\":\"42\",\"" + key + "\":\"http://" + EVIL + ":1/\"}");
        }
        house.send("lobby", "dial", "{\"number\":\"42@" + EVIL + "\",\"account\":\"" + EVIL + "\",\"call\":\"a@b\"}");
        assertThat(house.line.addresses()).hasSize(10).containsOnly(written);
        assertThat(house.line.sent()).allMatch(sent -> sent.startsWith("lobby /dial?value=42"));
    }

    @Test
    void phone_without_a_host_is_not_spoken_to_at_the_address_it_reports() {
        house.get("acme", House.SITE_TOKEN, "/ip-changed?mac=001fc1000002&ip=" + EVIL, EVIL);
        house.send("deaf", "dial", "42");
        house.time.pass(Duration.ofMinutes(2));
        assertThat(house.bus.payloads("deaf/result/dial").toString()).contains("no host");
        assertThat(house.line.sent()).isEmpty();
        assertThat(house.line.probed()).doesNotContain("deaf");
    }
}
