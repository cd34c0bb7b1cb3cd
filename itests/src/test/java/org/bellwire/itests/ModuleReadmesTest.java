package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each module says what it is for and where to begin to read, and the classes that it names are there. */
final class ModuleReadmesTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    /** Two words in one, as only classes are written: {@code EventDesk}. */
    private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+)`");

    static Stream<Path> modules() throws IOException {
        try (Stream<Path> bundles = Files.list(ROOT.resolve("bundles"))) {
            return Stream.concat(
                    bundles.toList().stream(),
                    Stream.of("launcher", "maintenance", "site").map(ROOT::resolve))
                    .filter(module -> Files.isDirectory(module.resolve("src")))
                    .filter(module ->
                            !module.getFileName().toString().startsWith("binding-")) // vendors have a test of theirs
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void module_has_a_readme_whose_classes_exist(Path module) throws IOException {
        Path readme = module.resolve("README.md");
        assertThat(readme).exists();
        Set<String> named = CLASS.matcher(Files.readString(readme))
                .results()
                .map(MatchResult::group)
                .map(text -> text.replace("`", ""))
                .collect(Collectors.toSet());
        assertThat(Sources.names()).containsAll(named);
    }

    /** All classes of the project, by their files. */
    private static final class Sources {

        private static final Set<String> NAMES = read();

        private static Set<String> names() {
            return NAMES;
        }

        private static Set<String> read() {
            return Stream.of("bundles", "launcher", "maintenance", "site", "itests", "bench")
                    .flatMap(folder -> files(ROOT.resolve(folder)))
                    .collect(Collectors.toSet());
        }

        private static Stream<String> files(Path folder) {
            try (Stream<Path> files = Files.walk(folder)) {
                return files
                        .map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(".java"))
                        .map(name -> name.substring(0, name.length() - ".java".length()))
                        .toList()
                        .stream();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
