package org.bellwire.core.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.bellwire.api.runtime.LogText;

/**
 * Reads a file whole, if it is one and small. What else may stand in its place is not opened: a pipe would hold the reader for
 * ever, and a file without a sensible size would take the memory of all.
 */
public final class SmallFile {

    /** A phone's file has some hundred bytes. */
    public static final int MAX = 64 * 1024;

    private static final String NO_PERMISSION =
            "cannot be read, Bellwire's user may not: change its owner or mode (chown, chmod), or those of the folder";

    private SmallFile() {}

    /** Its content; throws what names the reason and what to change. */
    public static byte[] read(Path file) throws UnreadableFileException {
        try {
            check(Files.readAttributes(file, BasicFileAttributes.class));
            try (InputStream in = Files.newInputStream(file)) {
                byte[] content = in.readNBytes(MAX + 1); // it may have grown since it was looked at
                checkSize(content.length);
                return content;
            }
        } catch (NoSuchFileException e) {
            throw new UnreadableFileException("is a link to a file that there is not: replace or delete it");
        } catch (AccessDeniedException e) {
            throw new UnreadableFileException(NO_PERMISSION);
        } catch (IOException | SecurityException e) {
            throw new UnreadableFileException("cannot be read: " + LogText.clean(why(e)) + "; replace or delete it");
        }
    }

    private static void check(BasicFileAttributes now) throws UnreadableFileException {
        if (now.isDirectory()) {
            throw new UnreadableFileException("is a folder: rename or delete it");
        }
        if (!now.isRegularFile()) {
            throw new UnreadableFileException("is no file but a pipe, a socket or a device: delete it");
        }
        checkSize(now.size());
    }

    /** Throws if it is more than is read. */
    public static void checkSize(long bytes) throws UnreadableFileException {
        if (bytes > MAX) {
            String size = bytes < 10L * 1024 * 1024 ? bytes / 1024 + " KB" : bytes / 1024 / 1024 + " MB";
            throw new UnreadableFileException(
                    "is not read, it has " + size + " (" + bytes + " bytes): a phone's file has at most " + MAX / 1024
                            + " KB, replace or delete it",
                    true);
        }
    }

    /** In the system's words, without the path. */
    private static String why(Exception e) {
        Optional<String> reason =
                e instanceof FileSystemException system ? Optional.ofNullable(system.getReason()) : Optional.empty();
        return reason.orElseGet(e::toString);
    }
}
