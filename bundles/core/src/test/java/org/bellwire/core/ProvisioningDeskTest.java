package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.bellwire.api.port.ProvisioningTexts.Found;
import org.bellwire.api.port.ProvisioningTexts.Request;
import org.bellwire.api.port.Reply;
import org.bellwire.core.event.ProvisioningDesk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProvisioningDeskTest {

    private static final String OWN = "own-token-of-one-phone-1";

    private final House house = new House();
    private final ProvisioningDesk desk = new ProvisioningDesk(house.registry);

    @AfterEach
    void leave() {
        house.close();
    }

    private Found find(String vendor, String token, String file) {
        return desk.find(new Request(vendor, token, token.equals(House.SITE_TOKEN), file, "10.0.0.1", 8087));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cfg001fc11a8b6c.xml", "CFG001FC11A8B6C.XML", "cfg$mac.xml"})
    void a_vendors_text_is_found_by_the_name_that_its_phones_ask_for(String file) {
        Found found = find("acme", House.SITE_TOKEN, file);
        assertThat(found.reply()).isEqualTo(Reply.ACCEPTED);
        assertThat(found.text().orElseThrow().xml()).isTrue();
        assertThat(found.text().orElseThrow().content())
                .contains("http://10.0.0.1:8087/action/acme/" + House.SITE_TOKEN + "/off-hook?mac=$mac");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cfg.xml",
                "cfg001fc11a8b6.xml",
                "cfg001fc11a8b6x.xml",
                "001fc11a8b6c.xml",
                "cfg001fc11a8b6c.xml2",
                ""
            })
    void another_name_is_not_found(String file) {
        assertThat(find("acme", House.SITE_TOKEN, file)).isEqualTo(Found.none(Reply.NOT_FOUND));
    }

    @Test
    void a_vendor_without_a_text_or_that_there_is_not_is_not_found() {
        assertThat(find("zenith", House.SITE_TOKEN, "cfg001fc11a8b6c.xml").reply())
                .isEqualTo(Reply.NOT_FOUND);
        assertThat(find("nobody", House.SITE_TOKEN, "cfg001fc11a8b6c.xml").reply())
                .isEqualTo(Reply.NOT_FOUND);
    }

    @Test
    void a_wrong_token_finds_nothing() {
        assertThat(find("acme", "wrong-token-of-this-house", "cfg001fc11a8b6c.xml"))
                .isEqualTo(Found.none(Reply.NOT_FOUND));
    }

    @Test
    void a_phones_own_token_finds_its_own_file_with_that_token() {
        house.file("lobby", "vendor", "acme", "mac", "001fc11a8b6c", "token", OWN, "password", "geheim");
        assertThat(find("acme", OWN, "cfg001fc11a8b6c.xml").text().orElseThrow().content())
                .contains("/action/acme/" + OWN + "/")
                .doesNotContain(House.SITE_TOKEN, "geheim");
        assertThat(find("acme", OWN, "cfg001fc11a8b6d.xml").reply()).isEqualTo(Reply.NOT_FOUND);
        assertThat(find("zenith", OWN, "cfg001fc11a8b6c.xml").reply()).isEqualTo(Reply.NOT_FOUND);
    }

    @Test
    void while_files_are_being_read_a_token_may_still_become_right() {
        try (House starting = new House(House.pid("lobby"))) {
            Request request = new Request("acme", OWN, false, "cfg001fc11a8b6c.xml", "10.0.0.1", 8087);
            assertThat(new ProvisioningDesk(starting.registry).find(request).reply())
                    .isEqualTo(Reply.UNAVAILABLE);
        }
    }
}
