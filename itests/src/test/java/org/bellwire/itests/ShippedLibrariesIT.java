package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
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
        List<String> inside = List.of("kafka-clients", "prometheus-metrics-core", "lit-html", "uplot", "asm");
        assertThat(rows())
                .allSatisfy(row -> assertThat(shipped)
                        .as(row.toString())
                        .anyMatch(library ->
                                row.has(library.name()) || inside.stream().anyMatch(row::has)));
    }

    @Test
    void archive_holds_the_licence_and_the_notices_of_others() throws IOException {
        try (ZipFile zip = zip()) {
            assertThat(zip.stream().map(entry -> inArchive(entry.getName()))).contains("LICENSE", "NOTICE");
        }
    }

    @Test
    void each_jar_of_ours_that_holds_code_of_others_has_their_licence_inside() throws IOException {
        List<String> holders = new ArrayList<>();
        try (ZipFile zip = zip()) {
            for (ZipEntry jar : Collections.list(zip.entries())) {
                if (inArchive(jar.getName()).matches("system/org/bellwire/.*\\.jar")) {
                    List<String> files = files(zip.getInputStream(jar));
                    if (files.stream().anyMatch(ShippedLibrariesIT::isOfOthers)) {
                        holders.add(jar.getName().replaceAll(".*/(bellwire-[a-z]+)-.*", "$1"));
                        assertThat(files).as(jar.getName()).anyMatch(file -> file.matches("(META-INF/.*)?LICENSE"));
                    }
                }
            }
        }
        assertThat(holders).containsExactlyInAnyOrder("bellwire-cluster", "bellwire-console", "bellwire-health");
    }

    private static boolean isOfOthers(String file) {
        return (file.endsWith(".class") && !file.startsWith("org/bellwire/")) || file.matches(".*/lib/[^/]+\\.js");
    }

    private static List<String> files(InputStream jar) throws IOException {
        List<String> files = new ArrayList<>();
        try (ZipInputStream entries = new ZipInputStream(jar)) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                files.add(entry.getName());
            }
        }
        return files;
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
        try (ZipFile zip = zip()) {
            return zip.stream()
                    .map(entry -> inArchive(entry.getName()))
                    .filter(name -> name.endsWith(".jar") && !name.contains("bellwire"))
                    .filter(name -> !name.endsWith("/asm.jar")) // its version is in the build's own file only
                    .map(ShippedLibrariesIT::library)
                    .toList();
        }
    }

    private static ZipFile zip() throws IOException {
        return new ZipFile(Distribution.archive().toString().replace(".tar.gz", ".zip"));
    }

    /** Without the folder at the top. */
    private static String inArchive(String entry) {
        return entry.substring(entry.indexOf('/') + 1);
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
