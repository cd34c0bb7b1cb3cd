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
import org.bellwire.api.DialNumber;
import org.bellwire.api.Status;
import org.bellwire.api.config.CfgException;
import org.bellwire.api.config.Rate;
import org.bellwire.core.command.DialPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
                "0190123",
                "+112",
                "+0112",
                "+911",
                "112.0",
                "112.00",
                "*31#*31#112",
                "#31#*31#0112",
                "0*31#112",
                "*67911",
                "*31*112",
                "112w",
                "112W5",
                "0w112",
                "112p0#",
                "1_1.2",
                "1*1*2",
                "0911",
                "+0900123",
                "0900w123",
                "*31#+49900123",
                "00900.123",
                "1.1.2@10.0.0.9"
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
                "9110",
                "room112",
                "112.5",
                "+49112",
                "+4991112345",
                "*21*0711#",
                "09110",
                "00112345"
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
    void country_behind_a_plus_is_no_number_of_the_house() {
        DialPolicy policy = DialPolicy.parse(Map.of("deny", "49*, 118??, reception"));
        assertThat(policy.denies(new DialNumber("+4930123456"))).isFalse();
        assertThat(policy.denies(new DialNumber("4912"))).isTrue();
        assertThat(policy.denies(new DialNumber("+11833"))).isTrue();
        assertThat(policy.denies(new DialNumber("Reception@pbx"))).isTrue();
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

    @ParameterizedTest
    @CsvSource({
        "key,1 1 2 OK",
        "key,1;1;2",
        "key,0 1 1 2 POUND",
        "key,* 3 1 POUND 1 1 2",
        "key,OK 1 1 2 OK",
        "dtmf,112",
        "dtmf,09001234"
    })
    void denied_numbers_are_not_typed_on_a_phone_without_a_call(String command, String payload) {
        try (House house = new House().file("lobby", "vendor", "acme", "host", "192.0.2.7")) {
            var result =
                    house.send("lobby", command, payload).toCompletableFuture().getNow(null);
            assertThat(result.status()).isEqualTo(Status.REFUSED);
            assertThat(result.detail().orElse("")).contains("deny in org.bellwire.line.cfg");
            assertThat(house.line.sent()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"key,1 1 2,true", "dtmf,112,true", "key,OK 1 1 2 OK,false", "key,4 2 OK,true"})
    void digits_alone_are_tones_while_a_call_is_connected(String command, String payload, boolean sent) {
        try (House house = new House().file("lobby", "vendor", "acme", "host", "192.0.2.7")) {
            house.get("acme", "/established?phone=lobby&call_id=1");
            house.send("lobby", command, payload);
            assertThat(house.line.sent().isEmpty()).isEqualTo(!sent);
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
