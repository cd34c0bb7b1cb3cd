package org.bellwire.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberFormTest {

    private static final String[] BEGINNINGS = {"0", "00", "+", "0049", "+49", "00390", "+1650", "0711", "0171", ""};

    @ParameterizedTest
    @ValueSource(ints = {49, 39, 1, 44, 54, 55, 7, 36})
    void number_of_a_kind_that_is_known_is_read_as_the_library_reads_it(int country) {
        NumberForm experienced = new NumberForm(country, "30", "0");
        Random random = new Random(97);
        for (int i = 0; i < 4_000; i++) {
            String number = BEGINNINGS[random.nextInt(BEGINNINGS.length)]
                    + random.ints(4 + random.nextInt(9), 0, 10)
                            .mapToObj(String::valueOf)
                            .reduce("", String::concat);
            assertThat(experienced.likeliest(number))
                    .as(number)
                    .isEqualTo(new NumberForm(country, "30", "0").likeliest(number));
        }
    }
}
