package org.bellwire.maintenance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Set;

/**
 * Puts files in their place: whole or not at all, readable for whom the folder's others are, with what was there before kept
 * aside.
 */
final class Replacement {

    private static final Set<PosixFilePermission> OURS = PosixFilePermissions.fromString("rw-------");

    private static final FileAttribute<Set<PosixFilePermission>> CLOSED =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Installation target;
    private final Path aside;
    private int kept;

    /** @param aside where files go that are replaced */
    Replacement(Installation target, Path aside) {
        this.target = target;
        this.aside = aside;
    }

    /** How many files were put aside. */
    int kept() {
        return kept;
    }

    Path aside() {
        return aside;
    }

    /** Writes a file. Its name is the one under which what was there is kept. */
    Digests.Copied write(String name, Path file, InputStream content) throws IOException {
        Path fresh = Files.createTempFile(madeFolderOf(file), ".bellwire-", ".new");
        try {
            Digests.Copied copied;
            try (OutputStream out = Files.newOutputStream(fresh)) {
                copied = Digests.copy(content, out, BackupFile.MAX_FILE);
            }
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                keep(name, file);
                Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(file));
                own(fresh, file);
            } else {
                Files.setPosixFilePermissions(fresh, OURS);
                own(fresh, target.data());
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return copied;
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private void keep(String name, Path file) throws IOException {
        Path place = aside.resolve(name);
        madeFolderOf(place);
        Files.copy(file, place, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
        own(place, file);
        kept++;
    }

    private Path madeFolderOf(Path file) throws IOException {
        Path folder = Objects.requireNonNull(file.getParent(), "a file is in a folder");
        Deque<Path> missing = new ArrayDeque<>();
        for (Path each = folder; each != null && !Files.exists(each); each = each.getParent()) {
            missing.push(each);
        }
        for (Path each : missing) {
            Files.createDirectory(each, CLOSED);
            own(each, target.data());
        }
        return folder;
    }

    /** Root writes for the user that Bellwire runs as; any other user can only write for himself. */
    private static void own(Path file, Path model) throws IOException {
        if (!"root".equals(System.getProperty("user.name")) || !Files.exists(model)) {
            return;
        }
        for (String id : new String[] {"unix:uid", "unix:gid"}) {
            Files.setAttribute(file, id, Files.getAttribute(model, id), LinkOption.NOFOLLOW_LINKS);
        }
    }
}
