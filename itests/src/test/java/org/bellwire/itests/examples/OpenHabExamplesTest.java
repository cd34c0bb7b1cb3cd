package org.bellwire.itests.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Things, Items and rules in docs/examples/openhab fit together. openHAB itself cannot be had for a test. */
final class OpenHabExamplesTest {

    private static final String THINGS =
            ExampleFile.named("openhab/things/bellwire.things").text();
    private static final String ITEMS =
            ExampleFile.named("openhab/items/bellwire.items").text();
    private static final String RULES =
            ExampleFile.named("openhab/rules/bellwire.rules").text();

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    @Test
    void items_are_linked_to_channels_that_there_are() {
        assertThat(found("channel=\"mqtt:topic:reception:(\\w+)\"", ITEMS))
                .hasSizeGreaterThan(5)
                .containsExactlyInAnyOrderElementsOf(found("(?m)^ +Type (?:string|switch|number) : (\\w+)", THINGS));
    }

    @Test
    void items_have_the_type_of_their_channel() {
        for (String type : List.of("String", "Switch", "Number")) {
            assertThat(found("(?m)^" + type + " .*channel=\"mqtt:topic:reception:(\\w+)\"", ITEMS))
                    .containsExactlyInAnyOrderElementsOf(
                            found("(?m)^ +Type " + type.toLowerCase(Locale.ROOT) + " : (\\w+)", THINGS));
        }
    }

    @Test
    void rules_speak_of_items_and_channels_that_there_are() {
        assertThat(found("\\b((?:Reception|Hall)_\\w+)", RULES))
                .isNotEmpty()
                .isSubsetOf(found("(?m)^(?:String|Switch|Number|Player) (\\w+)", ITEMS));
        assertThat(found("Channel \"mqtt:broker:building:(\\w+)\"", RULES))
                .isNotEmpty()
                .isSubsetOf(found("Type publishTrigger : (\\w+)", THINGS));
    }

    @Test
    void no_command_is_retained() {
        assertThat(THINGS).doesNotContain("retained=true]").doesNotContainPattern("commandTopic=[^\\]]*retained");
    }

    @Test
    void brackets_are_closed() {
        for (String text : List.of(THINGS, ITEMS, RULES)) {
            for (String pair : List.of("[]", "{}", "()")) {
                String code = text.replaceAll("(?m)^ *//.*$", "").replaceAll("\"[^\"]*\"", "");
                assertThat(code.chars().filter(c -> c == pair.charAt(0)).count())
                        .as(pair)
                        .isEqualTo(code.chars().filter(c -> c == pair.charAt(1)).count());
            }
        }
        assertThat(found("(?m)^(rule) \"", RULES)).hasSameSizeAs(found("(?m)^(end)$", RULES));
    }
}
