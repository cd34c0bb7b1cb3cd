package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bellwire.api.Property;
import org.bellwire.api.Status;
import org.junit.jupiter.api.Test;

/** docs/topics.md names what there is, and nothing else. */
final class TopicsDocumentTest {

    private static final Pattern WORD = Pattern.compile("`([a-z_]+)`");
    private final String text = read();

    private static String read() {
        try {
            return Files.readString(Path.of("../docs/topics.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void the_table_of_states_has_every_state() {
        String rows = text.split("## States\n")[1]
                .split("\n\\*\\*Order")[0]
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|")[1])
                .collect(Collectors.joining("\n"));
        Set<String> named = WORD.matcher(rows)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named)
                .isEqualTo(Arrays.stream(Property.values())
                        .map(Property::wire)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void the_table_of_the_gateway_has_its_topics() {
        String rows = text.split("## The gateway\n")[1].split("\n## ")[0];
        assertThat(Pattern.compile("`bellwire/bridge/([a-z/<>]+)`")
                        .matcher(rows)
                        .results())
                .extracting(found -> found.group(1))
                .containsExactly(
                        "status",
                        "info",
                        "health",
                        "gateway/<name>/health",
                        "gateway/<name>/result",
                        "gateway/<name>/trigger",
                        "inbox",
                        "trigger/<id>");
    }

    @Test
    void every_status_of_a_result_is_named() {
        assertThat(Arrays.stream(Status.values()).map(Status::wire))
                .allMatch(status -> text.contains("`" + status + "`"));
    }
}
