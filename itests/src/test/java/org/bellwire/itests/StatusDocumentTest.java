package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code docs/status.md} names a test for each feature, and both are there. */
final class StatusDocumentTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern NAMED_TEST = Pattern.compile("`([A-Z]\\w*(?:Test|IT))`");
    private static final Pattern FEATURE = Pattern.compile("<feature name=\"(bellwire[a-z-]*)\"[^>]*>");

    private static List<String[]> rows;
    private static Set<String> tests;

    @BeforeAll
    static void read() throws IOException {
        try (Stream<String> lines = Files.lines(ROOT.resolve("docs/status.md"))) {
            rows = lines.filter(line -> line.startsWith("| ") && !line.startsWith("| feature |"))
                    .map(line -> line.split("\\|", -1))
                    .toList();
        }
        tests = new TreeSet<>();
        for (String folder : List.of("bundles", "itests", "launcher", "maintenance", "site", "bench")) {
            try (Stream<Path> files = Files.find(
                    ROOT.resolve(folder),
                    20,
                    (file, attributes) -> file.toString().endsWith(".java"))) {
                files.map(file -> file.getFileName().toString().replace(".java", ""))
                        .forEach(tests::add);
            }
        }
    }

    @Test
    void each_feature_is_shown_by_tests_that_there_are() {
        assertThat(rows).hasSizeGreaterThan(30).allSatisfy(row -> {
            Set<String> named = NAMED_TEST
                    .matcher(row[3])
                    .results()
                    .map(found -> found.group(1))
                    .collect(Collectors.toSet());
            assertThat(named).as(row[1]).isNotEmpty();
            assertThat(tests).as(row[1]).containsAll(named);
        });
    }

    @Test
    void each_feature_says_whether_it_is_done() {
        assertThat(rows).allSatisfy(row -> assertThat(row[2].strip()).as(row[1]).matches("(done|in part)\\b.*"));
    }

    @Test
    void each_feature_of_karaf_has_a_row() throws IOException {
        String features = Files.readString(ROOT.resolve("features/src/main/feature/features.xml"));
        List<String> named = FEATURE.matcher(features)
                .results()
                .filter(found -> !found.group().contains("hidden=\"true\""))
                .map(found -> "`" + found.group(1) + "`")
                .toList();
        assertThat(named).contains("`bellwire-broker`");
        String text = rows.stream().map(row -> row[1]).collect(Collectors.joining());
        assertThat(named).allSatisfy(feature -> assertThat(text).contains(feature));
    }
}
