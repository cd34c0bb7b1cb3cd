package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A vendor is one folder. Beside it there is only its name in bundles/bindings/pom.xml; the README may have a row for it. */
final class VendorFoldersTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| \\[`([a-z0-9]+)`\\]\\(bundles/binding-([a-z0-9]+)/README.md\\) \\|");

    static Stream<String> folders() throws IOException {
        try (Stream<Path> all = Files.list(ROOT.resolve("bundles"))) {
            return all
                    .filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> name.startsWith("binding-"))
                    .map(name -> name.substring("binding-".length()))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @Test
    void every_folder_is_in_the_list_of_bindings() throws IOException {
        assertThat(Vendors.ids())
                .as("folders that bundles/bindings/pom.xml names as module and as dependency")
                .containsExactlyElementsOf(folders().toList());
    }

    @ParameterizedTest
    @MethodSource("folders")
    void folder_has_the_feature_of_its_vendor(String vendor) throws IOException {
        assertThat(Vendors.folder(vendor).resolve("src/main/feature/feature.xml"))
                .content()
                .contains(
                        "<feature name=\"bellwire-" + vendor + "\" ",
                        "bellwire-binding-" + vendor + "/${project.version}");
    }

    @Test
    void readme_has_no_row_for_a_vendor_that_is_not_there() throws IOException {
        List<String> rows = ROW.matcher(Files.readString(ROOT.resolve("README.md")))
                .results()
                .map(row -> row.group(1).equals(row.group(2)) ? row.group(1) : row.group())
                .toList();
        assertThat(rows)
                .hasSizeGreaterThan(1)
                .doesNotHaveDuplicates()
                .isSubsetOf(folders().toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pom.xml",
                "bundles/pom.xml",
                "features/pom.xml",
                "features/src/main/feature/features.xml",
                "karaf-assembly/pom.xml",
                "itests/pom.xml"
            })
    void build_names_no_vendor_but_in_the_list_of_bindings(String file) throws IOException {
        String text = Files.readString(ROOT.resolve(file)).toLowerCase(Locale.ROOT);
        assertThat(folders().filter(text::contains)).isEmpty();
    }
}
