package org.bellwire.core.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What stands under a file's name at one moment, links followed. Two equal looks are of the same content.
 *
 * @param modified in nanoseconds; 0 unless it is a file of a sensible size
 * @param identity of the file that the name leads to: a link may lead elsewhere, to a file just as long and just as old
 */
public record FileStamp(Kind kind, long modified, long size, Object identity) {

    /** What it is. */
    enum Kind {
        /** There is nothing of this name. */
        AWAY,
        /** A file of a sensible size. */
        FILE,
        /** Something that cannot be read for one reason or another, which {@link SmallFile} finds out. */
        UNREADABLE
    }

    public static final FileStamp AWAY = new FileStamp(Kind.AWAY, 0, 0, "");

    private static final FileStamp UNREADABLE = new FileStamp(Kind.UNREADABLE, 0, 0, "");

    /** Never fails, whatever is there. */
    public static FileStamp at(Path file) {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            if (!now.isRegularFile() || now.size() > SmallFile.MAX) {
                return UNREADABLE; // a size that goes on growing is no news
            }
            Optional<Object> key = Optional.ofNullable(now.fileKey());
            return new FileStamp(
                    Kind.FILE,
                    now.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                    now.size(),
                    key.isPresent() ? key.get() : file.toRealPath());
        } catch (NoSuchFileException e) {
            return Files.isSymbolicLink(file) ? UNREADABLE : AWAY;
        } catch (IOException | SecurityException e) {
            return UNREADABLE;
        }
    }

    public boolean isAway() {
        return kind == Kind.AWAY;
    }
}
