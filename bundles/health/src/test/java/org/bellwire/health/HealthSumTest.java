package org.bellwire.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HealthSumTest {

    private static final String OWN = "{\"connected\":true,\"accepted\":3,\"refused\":{\"404\":1,\"429\":0}}";

    private static String sum(String... others) {
        return HealthSum.of(OWN, List.of(others));
    }

    @Test
    void counts_are_added_and_all_else_is_as_the_first_says() {
        assertThat(sum(
                        "{\"connected\":false,\"accepted\":4,\"refused\":{\"404\":2,\"503\":5}}",
                        "{\"accepted\":1,\"late\":2,\"refused\":{}}"))
                .isEqualTo(
                        "{\"connected\":true,\"accepted\":8,\"refused\":{\"404\":3,\"429\":0,\"503\":5},\"late\":2}");
    }

    @Test
    void what_is_no_report_adds_nothing() {
        assertThat(sum(
                        "",
                        "null",
                        "[1]",
                        "{\"accepted\":",
                        "{\"accepted\":\"5\",\"connected\":7,\"refused\":8}",
                        "{\"accepted\":1e999999999,\"refused\":{\"404\":-1,\"429\":0.5}}",
                        "{\"accepted\":99999999999999999999999999}",
                        "{\"accepted\":" + "[".repeat(5000) + "]".repeat(5000) + "}",
                        "{\"accepted\":5,\"x\":\"" + "y".repeat(HealthSum.MAX_REPORT) + "\"}"))
                .isEqualTo(OWN);
    }
}
