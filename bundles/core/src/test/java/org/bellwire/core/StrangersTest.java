package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.bellwire.api.Variables;
import org.bellwire.api.port.Limit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The inbox stays small, whatever strangers send. */
class StrangersTest {

    private final House house = new House();

    @AfterEach
    void leave() {
        house.close();
    }

    private void reports(int number, String model) {
        Variables variables = Variables.NONE
                .with("mac", mac(number).replace(":", ""))
                .with("model", model)
                .with("firmware", model);
        house.receive("acme", House.SITE_TOKEN, List.of("off-hook"), variables, "192.0.2.99");
    }

    private static String mac(int number) {
        return String.format(Locale.ROOT, "00:00:00:%02x:%02x:%02x", number >> 16, number >> 8 & 255, number & 255);
    }

    private String published() {
        house.settle();
        return house.bus.retained("bridge/inbox").orElseThrow();
    }

    private JsonArray inbox() {
        return JsonParser.parseString(published()).getAsJsonArray();
    }

    private static String macOf(JsonArray inbox, int index) {
        return inbox.get(index).getAsJsonObject().get("mac").getAsString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"S500", "\u00fc\u4e16\ud83d\ude00\u2028\"\\", "<&'="})
    void the_topic_holds_the_newest_that_fit_in_32_kb(String model) {
        for (int i = 0; i < 1100; i++) {
            reports(i, model.repeat(256));
        }
        JsonArray inbox = inbox();
        assertThat(published().getBytes(StandardCharsets.UTF_8).length).isBetween(30_000, 32 * 1024);
        assertThat(macOf(inbox, inbox.size() - 1)).isEqualTo(mac(1099));
        assertThat(macOf(inbox, 0)).isEqualTo(mac(1100 - inbox.size()));
        assertThat(house.bus.payloads("bridge/inbox"))
                .as("said once, not 1100 times")
                .hasSizeLessThan(4);
        assertThat(house.log.warnings())
                .as("one line for each bound")
                .hasSize(2)
                .anyMatch(l -> l.contains("of 1000"));
        assertThat(house.counters.count(Limit.INBOX_PHONES)).isEqualTo(100);
        assertThat(house.counters.count(Limit.INBOX_SIZE)).isPositive();
    }

    @Test
    void few_strangers_are_all_told_and_nothing_is_said_in_the_log() {
        for (int i = 0; i < 100; i++) {
            reports(i, "S500");
        }
        assertThat(inbox()).hasSize(100);
        assertThat(house.log.warnings()).isEmpty();
    }

    @Test
    void one_that_reports_again_is_the_newest() {
        for (int i = 0; i < 1000; i++) {
            reports(i, "S500");
        }
        reports(0, "S500");
        JsonArray inbox = inbox();
        assertThat(macOf(inbox, inbox.size() - 1)).isEqualTo(mac(0));
    }

    @Test
    void those_that_had_no_room_come_in_when_others_get_their_files() {
        for (int i = 0; i < 400; i++) {
            reports(i, "S500");
        }
        int told = inbox().size();
        for (int i = 399; i > 200; i--) {
            house.file("p" + i, "vendor", "acme", "mac", mac(i));
        }
        assertThat(told).isLessThan(400);
        assertThat(macOf(inbox(), 0)).isLessThan(mac(201 - told / 2));
    }

    @Test
    void what_a_stranger_says_of_itself_is_cut() {
        reports(1, "\ud83d\ude00".repeat(128));
        String model = inbox().get(0).getAsJsonObject().get("model").getAsString();
        assertThat(model.codePointCount(0, model.length())).isEqualTo(64);
    }
}
