package org.bellwire.console.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.bellwire.api.config.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MaskedTargetTest {

    private static final String SITE = "my-own-words-for-a-token";

    private final MaskedTarget mask = new MaskedTarget(() -> Optional.of(new Secret(SITE)));

    private String asked(String target) {
        return mask.asked(target.getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/action/acme/%s/off-hook",
                "//action//acme//%s/off-hook?x=1",
                "/Action/acme/%s/x",
                "/provision/acme/%s/cfg.xml",
                "/action/trigger/%s/door/cancel",
                "http://10.0.0.5:8087/action/acme/%s/x",
                "http://user:%s@10.0.0.5/action/acme/t/x",
                "/action/acme/t/x?token=%s",
                "/action/acme/t/x?AuthToken=%s&b=1",
                "/action/acme/t/x?sip_password=%s",
                "/action/acme/t/x?pin=%s",
                "/action/acme/t/x?to%%6ben=%s",
                "/action/acme/t/x?back=http%%3A%%2F%%2Fh%%2Faction%%2Facme%%2F%s%%2Fx",
                "/action/acme/t/x?back=http%%253A%%252F%%252Fh%%252Faction%%252Facme%%252F%s",
                "/action/acme/t/x?contact=sip:42:%s@10.0.0.9"
            })
    void what_may_be_a_secret_is_not_shown(String target) {
        assertThat(asked(target.formatted("hunter2"))).doesNotContain("hunter2").contains(MaskedTarget.MASK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%s", "/x/y/z/%s", "/action/acme/t/%s/x", "/x?%s", "/x?%s=1", "/x?a=%s", "/x?a=b%s"})
    void what_looks_like_a_token_or_is_the_sites_is_not_shown_in_any_place(String target) {
        String other = "Zm9vYmFyYmF6cXV4MTIzNDU2";
        assertThat(asked(target.formatted(other))).doesNotContain(other);
        assertThat(asked(target.formatted(SITE))).doesNotContain(SITE);
        assertThat(asked(target.formatted(SITE.replace("own", "%6Fw%6e")))).doesNotContain("for-a-token");
    }

    @ParameterizedTest
    @CsvSource({
        "/action/acme/t/Off-hook?mac=001fc1000301&remote=sip:42@10.0.0.9&display_remote=Peter Pan <x>,"
                + "/action/acme/•••/Off-hook?mac=001fc1000301&remote=sip:42@10.0.0.9&display_remote=Peter Pan <x>",
        "/action/acme/t/call-completed-elsewhere, /action/acme/•••/call-completed-elsewhere",
        "/favicon.ico, /favicon.ico",
        "/action, /action",
        "/x?lone=%&y, /x?lone=%&y"
    })
    void all_else_is_shown_as_it_came(String target, String shown) {
        assertThat(asked(target)).isEqualTo(shown);
    }

    @Test
    void bytes_of_any_kind_are_text_without_control_characters_and_an_end() {
        assertThat(asked("/x?name=J\u00f6rg\r\n\u0007")).isEqualTo("/x?name=J\u00f6rg   ");
        assertThat(mask.asked("/x?name=J\u00f6rg".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("/x?name=J\u00f6rg");
        assertThat(mask.asked(new byte[0])).isEmpty();
        assertThat(asked("/x?" + "a=1&".repeat(2000))).hasSizeLessThan(410);
    }

    @Test
    void credentials_of_a_request_to_a_phone_are_marks_and_other_secrets_are_masked() {
        assertThat(mask.sent("/cgi?passcode={password}&user={user}&number=42&key=OK"))
                .isEqualTo("/cgi?passcode=•••&user=•••&number=42&key=OK");
        assertThat(mask.sent("/api/v1/exec/command?AuthToken=hunter2&action=call"))
                .isEqualTo("/api/v1/exec/command?AuthToken=•••&action=call");
    }
}
