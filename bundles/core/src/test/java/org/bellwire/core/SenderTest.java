package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Variables;
import org.bellwire.api.config.Rate;
import org.bellwire.api.port.ActionUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose request it is that somebody captures. */
class SenderTest {

    private static final String OWN = "own-token-of-the-lobby-22";

    private final House house = new House();

    @BeforeEach
    void write_files() {
        house.file("lobby", "vendor", "acme", "mac", "00:1F:C1:1A:8B:6C", "token", OWN);
        house.settle();
    }

    @AfterEach
    void leave() {
        house.close();
    }

    private Optional<PhoneId> sender(String vendor, String token, List<String> path) {
        return house.events.sender(new ActionUrl(
                vendor,
                token,
                token.equals(House.SITE_TOKEN),
                path,
                Variables.NONE,
                InetAddress.getLoopbackAddress(),
                new Rate(1, 1)));
    }

    @Test
    void a_phone_is_known_by_its_mac_or_its_own_token() {
        assertThat(sender("acme", House.SITE_TOKEN, List.of("x", "001fc11a8b6c")))
                .contains(new PhoneId("lobby"));
        assertThat(sender("acme", OWN, List.of("x"))).contains(new PhoneId("lobby"));
    }

    @Test
    void with_its_own_token_also_where_the_vendor_is_unknown() {
        assertThat(sender("brandnew", OWN, List.of("x"))).contains(new PhoneId("lobby"));
    }

    @Test
    void a_wrong_token_is_nobodys() {
        assertThat(sender("acme", "wrong-token-of-nobody-222", List.of("x", "001fc11a8b6c")))
                .isEmpty();
    }

    @Test
    void an_unknown_phone_is_nobody_and_does_not_come_into_the_inbox() {
        assertThat(sender("acme", House.SITE_TOKEN, List.of("x", "02005e000099")))
                .isEmpty();
        assertThat(house.bus.retained("bridge/inbox").orElse("[]")).isEqualTo("[]");
    }
}
