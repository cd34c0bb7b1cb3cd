package org.bellwire.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The files of the repository that become the site. */
final class SiteSources {

    private static final Predicate<String> HIDDEN =
            path -> path.contains("/target/") || path.contains("/.") || path.startsWith(".");

    private final Path root;
    private final List<String> all;

    SiteSources(Path root) {
        this.root = root;
        all = Stream.of("docs", "bundles", "itests", ".")
                .flatMap(this::files)
                .filter(HIDDEN.negate())
                .filter(path -> SitePaths.of(path).isPresent())
                .sorted()
                .toList();
    }

    private Stream<String> files(String folder) {
        int depth = folder.equals("docs") ? Integer.MAX_VALUE : folder.equals(".") ? 1 : 2;
        try (Stream<Path> files = Files.walk(root.resolve(folder).normalize(), depth)) {
            return files
                    .filter(Files::isRegularFile)
                    .map(file -> root.normalize().relativize(file).toString().replace('\\', '/'))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<SitePage> pages() {
        return all.stream()
                .filter(path -> path.endsWith(".md"))
                .map(path -> new SitePage(path, text(path)))
                .toList();
    }

    /** Pictures and examples, which stay as they are. */
    List<String> others() {
        return all.stream().filter(path -> !path.endsWith(".md")).toList();
    }

    String text(String path) {
        try {
            return Files.readString(root.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }

    Path file(String path) {
        return root.resolve(path);
    }
}
