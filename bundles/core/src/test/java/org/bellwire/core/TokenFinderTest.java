package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Optional;
import org.bellwire.api.config.Secret;
import org.bellwire.api.config.SecretName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenFinderTest {

    private static final String DESK = "Desk7vZq2LmW8rTn4YpBcD";
    private static final String LOBBY = "Lobby.-_~vZq2LmW8rTn4YpBcD-and-more";

    private final House house =
            new House().file("lobby", "vendor", "acme", "token", LOBBY).file("desk", "vendor", "acme", "token", DESK);

    @AfterEach
    void leave() {
        house.close();
    }

    private JsonObject params(String query) {
        house.bus.forget();
        house.get("acme", "/incoming-call?phone=lobby&" + query);
        return JsonParser.parseString(
                        house.bus.payloads("lobby/event/call_incoming").get(0))
                .getAsJsonObject()
                .getAsJsonObject("params");
    }

    @Test
    void token_is_found_wherever_it_stands() {
        for (String token : List.of(DESK, LOBBY)) {
            for (String text :
                    List.of("%s", "x%s", "%sy", "x-%s-y", "http://h/action/acme/%s/x?a=b", "äöü%s ", "%1$s%1$s")) {
                assertThat(house.tokens.in(text.formatted(token))).as(text).contains(token);
                assertThat(house.tokens.without(text.formatted(token))).doesNotContain(token);
            }
        }
        assertThat(house.tokens.in(DESK.substring(1))).isEmpty();
        assertThat(house.tokens.in(DESK.toLowerCase(java.util.Locale.ROOT))).isEmpty();
        assertThat(house.tokens.in("")).isEmpty();
    }

    @Test
    void token_of_any_phone_and_of_the_site_is_kept_out_of_params() {
        house.tokens.site(() -> Optional.of(new Secret("Site7vZq2LmW8rTn4YpBcD")));
        JsonObject params =
                params("model=" + DESK + "&firmware=x" + LOBBY + "&display_remote=Site7vZq2LmW8rTn4YpBcD&ip=10.0.0.1");
        assertThat(params.keySet()).containsOnly("phone", "ip");
        house.get("acme", LOBBY, "/x" + DESK + "?phone=lobby", "192.0.2.7");
        assertThat(house.bus.messages()).noneMatch(message -> message.payload().contains(DESK));
    }

    @Test
    void token_that_a_phone_has_no_longer_is_a_text_like_any_other() {
        house.file("desk", "vendor", "acme", "token", "An0ther7vZq2LmW8rTn4YpBcD");
        assertThat(params("model=" + DESK).get("model").getAsString()).isEqualTo(DESK);
        assertThat(params("model=An0ther7vZq2LmW8rTn4YpBcD").has("model")).isFalse();
        house.delete("desk");
        assertThat(params("model=An0ther7vZq2LmW8rTn4YpBcD").has("model")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sip_password",
                "userPassword",
                "admin-pwd",
                "api_key",
                "apikey",
                "APIKey",
                "ApiKEY",
                "key",
                "key2",
                "Key_value",
                "sip.secret",
                "secret",
                "Secret1",
                "pin",
                "PIN",
                "sipPIN",
                "PINCode",
                "pin-code",
                "user[password]",
                "pass",
                "passPhrase",
                "x_pass",
                "token",
                "X-Auth-Token",
                "authtoken",
                "userpassword",
                "accessToken",
                "_token_",
                "2token",
                "passwd",
                "auth",
                "code",
                "code_value",
                "Keypad_Input"
            })
    void value_of_such_a_name_is_kept_out_of_params(String name) {
        assertThat(SecretName.isOne(name)).isTrue();
        assertThat(params(name.replace("[", "%5B").replace("]", "%5D") + "=hunter2")
                        .toString())
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keypad",
                "barcode",
                "country_code",
                "monkey",
                "display_remote",
                "pinned",
                "spin",
                "shipping",
                "compass",
                "passenger",
                "secretary",
                "tokenring",
                "call_id",
                "author",
                "active_user",
                "callId",
                "",
                "-",
                "1"
            })
    void name_that_only_resembles_one_is_none(String name) {
        assertThat(SecretName.isOne(name)).isFalse();
    }
}
