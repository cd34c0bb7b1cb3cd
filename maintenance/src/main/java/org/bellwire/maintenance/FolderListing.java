package org.bellwire.maintenance;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The files below a folder, by their names with slashes.
 *
 * @param files regular files
 * @param links links, which are not followed
 */
record FolderListing(NavigableMap<String, Path> files, TreeSet<String> links) {

    /** More than ten thousand phones have. */
    private static final int MAX_FILES = 200_000;

    private static final int MAX_DEPTH = 16;

    /**
     * What there is now; nothing if there is no folder.
     *
     * @param wanted by its name; a folder that is not wanted is not looked into
     */
    static FolderListing of(Path folder, Predicate<String> wanted) throws IOException {
        FolderListing found = new FolderListing(new TreeMap<>(), new TreeSet<>());
        if (!Files.isDirectory(folder)) {
            return found;
        }
        Files.walkFileTree(folder, java.util.Set.of(), MAX_DEPTH, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
                return dir.equals(folder) || wanted.test(name(folder, dir))
                        ? FileVisitResult.CONTINUE
                        : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                found.add(name(folder, file), file, attributes, wanted);
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }

    private void add(String name, Path file, BasicFileAttributes attributes, Predicate<String> wanted)
            throws IOException {
        if (!wanted.test(name)) {
            return;
        }
        if (attributes.isSymbolicLink()) {
            links.add(name);
        } else if (attributes.isRegularFile()) {
            files.put(name, file);
        }
        if (files.size() > MAX_FILES) {
            throw new IOException("there are more than " + MAX_FILES + " files: this is no folder of Bellwire");
        }
    }

    private static String name(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }
}
