package org.bellwire.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People learn the commands from two tables, and each has them all. */
class CommandListTest {

    private static final Pattern NAMED = Pattern.compile("`(phone:[a-z]+)");

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "../../README.md"})
    void every_command_stands_in_the_tables_and_none_that_is_not_there(String file) throws IOException {
        String rows = Files.readString(Path.of(file))
                .lines()
                .filter(line -> line.startsWith("| `phone:"))
                .collect(Collectors.joining("\n"));
        Set<String> named = NAMED.matcher(rows)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).isNotEmpty().isEqualTo(commands());
    }

    private static Set<String> commands() throws IOException {
        try (Stream<Path> classes = Files.list(Path.of("src/main/java/org/bellwire/shell"))) {
            return classes.map(CommandListTest::text)
                    .filter(text -> text.contains("scope = \"phone\""))
                    .flatMap(text -> Pattern.compile("@Command\\([^)]*?name = \"([a-z]+)\"")
                            .matcher(text)
                            .results()
                            .map((MatchResult found) -> "phone:" + found.group(1)))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static String text(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
