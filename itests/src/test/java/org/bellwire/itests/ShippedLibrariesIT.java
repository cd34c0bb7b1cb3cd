package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** {@code docs/dependencies.md} has a row for each library of others in the distribution, with its version, and no row too many. */
final class ShippedLibrariesIT {

    private static final Path DOCUMENT = Path.of("..", "docs", "dependencies.md");
    private static final Pattern NAME = Pattern.compile("`([a-z][\\w.*-]*)`");
    /** In {@code lib}: name and version in the file's name. */
    private static final Pattern FILE = Pattern.compile("(.+?)-(\\d[\\w.]*(?:-[\\d._]+)?)\\.jar");

    private record Library(String name, String version) {}

    private record Row(List<String> names, String versions) {
        boolean has(String name) {
            return names.stream()
                    .anyMatch(pattern -> pattern.endsWith("*")
                            ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                            : name.equals(pattern));
        }
    }

    @Test
    void each_library_has_a_row_with_its_version() throws IOException {
        List<Row> rows = rows();
        List<Library> shipped = shipped();
        assertThat(shipped).hasSizeGreaterThan(60);
        assertThat(shipped)
                .allSatisfy(library -> assertThat(rows)
                        .as(library.toString())
                        .anyMatch(
                                row -> row.has(library.name()) && row.versions().contains(library.version())));
    }

    @Test
    void each_row_is_of_a_library_that_is_shipped() throws IOException {
        List<Library> shipped = shipped();
        List<String> inside = List.of("kafka-clients", "lit-html", "uplot", "asm");
        assertThat(rows())
                .allSatisfy(row -> assertThat(shipped)
                        .as(row.toString())
                        .anyMatch(library ->
                                row.has(library.name()) || inside.stream().anyMatch(row::has)));
    }

    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        try (Stream<String> lines = Files.lines(DOCUMENT)) {
            lines.filter(line -> line.startsWith("| `")).forEach(line -> {
                String[] cells = line.split("\\|", -1);
                List<String> names = NAME.matcher(cells[1])
                        .results()
                        .map(found -> found.group(1))
                        .toList();
                rows.add(new Row(names, cells[2]));
            });
        }
        return rows;
    }

    /** As their places in the archive say. */
    private static List<Library> shipped() throws IOException {
        String archive = Distribution.archive().toString().replace(".tar.gz", ".zip");
        try (ZipFile zip = new ZipFile(archive)) {
            return zip.stream()
                    .map(entry -> entry.getName().substring(entry.getName().indexOf('/') + 1))
                    .filter(name -> name.endsWith(".jar") && !name.contains("bellwire"))
                    .filter(name -> !name.endsWith("/asm.jar")) // its version is in the build's own file only
                    .map(ShippedLibrariesIT::library)
                    .toList();
        }
    }

    private static Library library(String place) {
        String[] levels = place.split("/", -1);
        String file = levels[levels.length - 1];
        if (place.startsWith("system/")) {
            return new Library(levels[levels.length - 3], levels[levels.length - 2]);
        }
        Matcher parts = FILE.matcher(file);
        assertThat(parts.matches()).as(place).isTrue();
        return new Library(parts.group(1), parts.group(2));
    }
}
