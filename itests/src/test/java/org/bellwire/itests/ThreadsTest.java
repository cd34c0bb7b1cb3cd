package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of threads in docs/architecture.md names all that the code makes. */
final class ThreadsTest {

    private static final Path ARCHITECTURE = Path.of("../docs/architecture.md");
    private static final Path BUNDLES = Path.of("../bundles");
    private static final Pattern NAME = Pattern.compile("\"(bellwire-[a-z]+(?:-[a-z]+)*-?)\"");
    private static final Pattern SUFFIX = Pattern.compile("THREADS? \\+ \"(-[a-z-]+)\"|connector\\(\"(-[a-z-]+)\"\\)");

    @Test
    void every_thread_is_in_the_table() throws IOException {
        String[] sections = Files.readString(ARCHITECTURE).split("(?m)^## ");
        String table = Arrays.stream(sections)
                .filter(section -> section.startsWith("Whose thread"))
                .findFirst()
                .orElseThrow();
        Set<String> rows = Pattern.compile("`(bellwire-[^`]+)`")
                .matcher(table)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(names())
                .hasSizeGreaterThan(20)
                .allSatisfy(name -> assertThat(rows)
                        .as("the table 'Whose thread' in docs/architecture.md")
                        .containsAnyOf(name, name + "*", name + "-*"));
    }

    @Test
    void only_one_class_makes_threads() {
        assertThat(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.bellwire").stream()
                                .filter(type -> Stream.of(
                                                "org.bellwire.itests", "org.bellwire.testkit", "org.bellwire.bench")
                                        .noneMatch(type.getPackageName()::startsWith))
                                .flatMap(type -> type.getConstructorCallsFromSelf().stream())
                                .filter(call -> call.getTargetOwner().isEquivalentTo(Thread.class))
                                .map(JavaConstructorCall::getOriginOwner)
                                .map(type -> type.getSimpleName())
                                .distinct())
                .as("makers of threads; the launcher has no bundle of ours")
                .isSubsetOf("DaemonThreads", "ThreadWatch")
                .contains("DaemonThreads");
    }

    /** Texts in the sources that look like a thread's name, whole or put together of two. */
    private static Set<String> names() throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(BUNDLES)) {
            for (Path file : files.filter(path -> path.toString().contains("/src/main/java/"))
                    .filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> !path.toString().contains("/testkit/"))
                    .toList()) {
                String text = Files.readString(file);
                List<String> found = NAME.matcher(text)
                        .results()
                        .map(match -> match.group(1))
                        .toList();
                names.addAll(found);
                String stem = file.toString().contains("/health/") ? "bellwire-console" : "bellwire-ingress";
                SUFFIX.matcher(text).results().map(ThreadsTest::suffix).forEach(end -> names.add(stem + end));
            }
        }
        return names;
    }

    private static String suffix(MatchResult match) {
        return match.group(1) == null ? match.group(2) : match.group(1);
    }
}
