package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.bellwire.api.CfgException;
import org.bellwire.api.DialNumber;
import org.bellwire.api.Rate;
import org.bellwire.api.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DialPolicyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "110",
                "112",
                "911",
                "999",
                "0112",
                "112@sip.example.org",
                "1-1-2",
                "112#",
                "*31#112",
                "#31#110##",
                "09001234567",
                "0900",
                "0-900.1234567",
                "+499001234567",
                "00499001234567",
                "00900123",
                "1-900-555-0199",
                "+19005550199",
                "*31#09001234567#",
                "0190123"
            })
    void emergency_and_premium_numbers_are_denied_by_default(String number) {
        assertThat(DialPolicy.parse(Map.of()).denies(new DialNumber(number))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "42",
                "1120",
                "0711900",
                "119",
                "+49711112",
                "09111234567",
                "1901",
                "reception",
                "*21*42#",
                "019",
                "9110"
            })
    void other_numbers_are_not_denied_by_default(String number) {
        assertThat(DialPolicy.parse(Map.of()).denies(new DialNumber(number))).isFalse();
    }

    @Test
    void shipped_file_says_what_the_code_takes_without_it() throws IOException {
        Properties file = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("../../config/org.bellwire.line.cfg"))) {
            file.load(reader);
        }
        Map<String, String> shipped =
                file.stringPropertyNames().stream().collect(Collectors.toMap(key -> key, file::getProperty));
        assertThat(shipped).containsKeys("deny", "rate.dial");
        assertThat(DialPolicy.parse(shipped)).isEqualTo(DialPolicy.USUAL);
        assertThat(DialPolicy.parse(Map.of())).isEqualTo(DialPolicy.USUAL);
    }

    @Test
    void own_patterns_take_the_place_of_the_usual_ones() {
        DialPolicy policy = DialPolicy.parse(Map.of("deny", "0049*, 4?", "rate.dial", "3/h"));
        assertThat(policy.denies(new DialNumber("0049711"))).isTrue();
        assertThat(policy.denies(new DialNumber("42"))).isTrue();
        assertThat(policy.denies(new DialNumber("420"))).isFalse();
        assertThat(policy.denies(new DialNumber("112"))).as("taken out").isFalse();
        assertThat(policy.perPhone()).isEqualTo(new Rate(3 / 3600.0, 3));
    }

    @Test
    void empty_deny_means_the_usual_numbers_and_none_means_no_number() {
        assertThat(DialPolicy.parse(Map.of("deny", " ")).denies(new DialNumber("112")))
                .isTrue();
        assertThat(DialPolicy.parse(Map.of("deny", "none")).denies(new DialNumber("112")))
                .isFalse();
    }

    @Test
    void wrong_patterns_are_named() {
        assertThatThrownBy(() -> DialPolicy.parse(Map.of("deny", "112, (0900)", "rate.dial", "often")))
                .isInstanceOf(CfgException.class)
                .hasMessageContaining("org.bellwire.line.cfg: deny: ")
                .hasMessageContaining("(0900)")
                .hasMessageContaining("org.bellwire.line.cfg: rate.dial: ");
    }

    @Test
    void denied_numbers_are_neither_dialled_nor_transferred_to() {
        try (House house = new House().file("lobby", "vendor", "acme", "host", "192.0.2.7")) {
            for (String command : new String[] {"dial", "transfer"}) {
                var result = house.send("lobby", command, "112")
                        .toCompletableFuture()
                        .getNow(null);
                assertThat(result.status()).as(command).isEqualTo(Status.REFUSED);
                assertThat(result.detail().orElse("")).contains("deny in org.bellwire.line.cfg");
            }
            assertThat(house.line.sent()).isEmpty();
        }
    }

    @Test
    void transfers_count_as_calls() {
        try (House house = new House().file("lobby", "vendor", "acme", "host", "192.0.2.7")) {
            for (int i = 0; i < 10; i++) {
                house.send("lobby", i % 2 == 0 ? "transfer" : "redial", "42");
            }
            assertThat(house.line.sent()).hasSize(10);
            assertThat(house.send("lobby", "transfer", "42")
                            .toCompletableFuture()
                            .getNow(null)
                            .detail()
                            .orElse(""))
                    .contains("rate.dial");
        }
    }
}
