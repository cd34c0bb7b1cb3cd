package org.bellwire.core.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * Writes a file whole or not at all: into another one beside it, to the disk, and then under its name. Nobody ever reads half of it,
 * not after a power cut either.
 */
public final class FileReplacement {

    /** Such files may hold passwords; the process's own mask takes away what the other files do not have either. */
    private static final Set<PosixFilePermission> NEW = PosixFilePermissions.fromString("rw-r-----");

    private FileReplacement() {}

    /** Throws {@link FileAlreadyExistsException} if there is anything of that name. */
    public static void create(Path file, byte[] content) throws IOException {
        Path fresh = write(file, content);
        try {
            put(fresh, file);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** A link fails where there is something already; a move might replace it. */
    private static void put(Path fresh, Path file) throws IOException {
        try {
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (FileSystemException | UnsupportedOperationException | SecurityException e) {
            Files.move(fresh, file); // a file system without links: looks first, and does not replace
        }
    }

    /** In the place of the file that is there, with its permissions. A link stays, and what it leads to is replaced. */
    public static void replace(Path file, byte[] content) throws IOException {
        Path real = file.toRealPath();
        Path fresh = write(real, content);
        try {
            if (isPosix(real)) {
                Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(real));
            }
            Files.move(fresh, real, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** Its name is not one that a reader of configurations looks for. */
    private static Path write(Path file, byte[] content) throws IOException {
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElseThrow();
        FileAttribute<?>[] attributes = isPosix(folder)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(NEW)}
                : new FileAttribute<?>[0];
        Path fresh = Files.createTempFile(folder, ".bellwire-", ".tmp", attributes);
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(fresh);
            throw e;
        }
        return fresh;
    }

    private static boolean isPosix(Path place) {
        return place.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
