package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import aQute.bnd.service.diff.Delta;
import aQute.bnd.service.diff.Diff;
import aQute.bnd.service.diff.Tree;
import aQute.bnd.service.diff.Type;
import aQute.bnd.version.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What bundles export fits the version of their packages: each {@code baseline.txt} is what was exported at the last release. With
 * {@code -Dbaseline.write=true} the files are written anew, which a release does.
 */
final class ApiBaselineTest {

    private static final Path BUNDLES = Path.of("../bundles").toAbsolutePath().normalize();

    static Stream<Path> exporting() throws IOException {
        try (Stream<Path> bundles = Files.list(BUNDLES)) {
            return bundles.filter(ApiBaselineTest::exports).sorted().toList().stream();
        }
    }

    private static boolean exports(Path bundle) {
        Path manifest = classes(bundle).resolve("META-INF/MANIFEST.MF");
        if (!Files.exists(manifest) || bundle.endsWith("testkit")) { // of which nothing is installed
            return false;
        }
        try (InputStream in = Files.newInputStream(manifest)) {
            return new Manifest(in).getMainAttributes().getValue("Export-Package") != null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path classes(Path bundle) {
        return bundle.resolve("target/classes");
    }

    private static Path baseline(Path bundle) {
        return bundle.resolve("baseline.txt");
    }

    @ParameterizedTest
    @MethodSource("exporting")
    void exports_fit_the_versions_of_their_packages(Path bundle) throws Exception {
        Tree now = ApiText.exportsOf(classes(bundle).toFile());
        if (Boolean.getBoolean("baseline.write")) {
            Files.write(baseline(bundle), ApiText.lines(now));
        }
        assertThat(faults(now, ApiText.tree(Files.readAllLines(baseline(bundle)))))
                .as("raise the version in package-info, or keep what was exported")
                .isEmpty();
    }

    @Test
    void interface_is_the_one_that_others_build_on() throws IOException {
        assertThat(exporting().map(bundle -> bundle.getFileName().toString())).contains("api", "store");
    }

    @Test
    void what_is_gone_asks_for_a_major_version() throws Exception {
        List<String> before = exportsOfApi();
        before.add(firstMethod(before), "      METHOD MINOR MAJOR isGone()");
        assertThat(faults(ApiText.tree(exportsOfApi()), ApiText.tree(before)))
                .singleElement()
                .asString()
                .contains("MAJOR", "2.0.0");
    }

    @Test
    void what_is_new_asks_for_a_minor_version() throws Exception {
        List<String> before = exportsOfApi();
        int method = firstMethod(before);
        before.remove(method);
        while (before.get(method).startsWith("        ")) { // what belongs to it
            before.remove(method);
        }
        assertThat(faults(ApiText.tree(exportsOfApi()), ApiText.tree(before)))
                .singleElement()
                .asString()
                .contains("MINOR", "1.1.0");
    }

    private static List<String> exportsOfApi() throws Exception {
        return new ArrayList<>(
                ApiText.lines(ApiText.exportsOf(classes(BUNDLES.resolve("api")).toFile())));
    }

    private static int firstMethod(List<String> lines) {
        return lines.indexOf(lines.stream()
                .filter(line -> line.startsWith("      METHOD MINOR MAJOR"))
                .findFirst()
                .orElseThrow());
    }

    private static List<String> faults(Tree now, Tree before) {
        List<String> faults = new ArrayList<>();
        for (Diff diff : now.diff(before).getChildren()) {
            if (diff.getType() == Type.PACKAGE && diff.getDelta() != Delta.ADDED) {
                check(diff, faults);
            }
        }
        return faults;
    }

    private static void check(Diff diff, List<String> faults) {
        if (diff.getDelta() == Delta.REMOVED) {
            faults.add(diff.getName() + " is no longer exported");
            return;
        }
        Version was = version(diff.getOlder());
        Version is = version(diff.getNewer());
        Version needed = switch (diff.getDelta()) {
            case MAJOR -> new Version(was.getMajor() + 1, 0, 0);
            case MINOR -> new Version(was.getMajor(), was.getMinor() + 1, 0);
            default -> was;
        };
        if (is.compareTo(needed) < 0) {
            faults.add(diff.getName() + " " + is + ": a " + diff.getDelta() + " change asks for " + needed + ": "
                    + changes(diff));
        }
    }

    private static Version version(Tree packageOf) {
        return Stream.of(packageOf.getChildren())
                .filter(child -> child.getType() == Type.VERSION)
                .map(child -> new Version(child.getName()))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> changes(Diff diff) {
        return diff.getChildren().stream()
                .filter(child -> child.getDelta() == diff.getDelta()
                        || child.getDelta() == Delta.REMOVED
                        || child.getDelta() == Delta.ADDED)
                .map(child -> child.getDelta() + " " + child.getName())
                .toList();
    }
}
