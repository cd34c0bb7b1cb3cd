package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each command of the documents is tried by a test, or {@code docs/tested-commands.md} says why by none. */
final class DocumentedCommandsTest {

    @Test
    void each_command_of_the_documents_has_a_row() throws IOException {
        assertThat(DocumentedCommands.all())
                .hasSizeGreaterThan(80)
                .allSatisfy(command -> assertThat(DocumentedCommands.rowOf(command))
                        .as(command)
                        .isPresent());
    }

    @Test
    void each_row_is_of_a_command_that_a_document_has() throws IOException {
        SortedSet<String> commands = DocumentedCommands.all();
        assertThat(DocumentedCommands.rows())
                .allSatisfy(row -> assertThat(commands).as(row.beginning()).anyMatch(row::covers));
    }

    @Test
    void each_row_names_tests_that_there_are_or_a_reason() throws IOException {
        Set<String> tests = new TreeSet<>();
        for (String folder : new String[] {"bundles", "itests", "maintenance", "site", "bench"}) {
            try (Stream<Path> files = Files.find(
                    Path.of("..", folder),
                    20,
                    (file, attributes) -> file.toString().endsWith(".java"))) {
                files.map(file -> file.getFileName().toString().replace(".java", ""))
                        .forEach(tests::add);
            }
        }
        assertThat(DocumentedCommands.rows()).isNotEmpty().allSatisfy(row -> {
            if (!row.by().matches("none: .{10,}")) {
                assertThat(row.tests()).as(row.beginning()).isNotEmpty();
                assertThat(tests).as(row.beginning()).containsAll(row.tests());
            }
        });
    }
}
