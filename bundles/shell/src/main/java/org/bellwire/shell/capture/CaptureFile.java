package org.bellwire.shell.capture;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.stream.Stream;
import org.bellwire.api.PhoneId;

/** The file that a capture goes to, block by block: it can be read however it ends. Only Bellwire's user may read it. */
final class CaptureFile implements AutoCloseable {

    static final int MAX_BYTES = 1024 * 1024;
    static final int MAX_FILES = 100;

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Path path;
    /** No channel: an interrupt closes it. */
    private final OutputStream out;

    private long bytes;

    private CaptureFile(Path path, OutputStream out) {
        this.path = path;
        this.out = out;
    }

    /** There are {@value #MAX_FILES} captures already. */
    static final class TooMany extends IOException {
        private static final long serialVersionUID = 1L;

        TooMany(Path folder) {
            super("there are " + MAX_FILES + " captures in " + folder + ": remove old ones");
        }
    }

    static CaptureFile create(Path folder, PhoneId phone, Instant now) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        try (Stream<Path> there = Files.list(folder)) {
            if (there.limit(MAX_FILES).count() == MAX_FILES) {
                throw new TooMany(folder);
            }
        }
        Path path = folder.resolve(phone.value() + "-" + STAMP.format(now) + ".txt");
        Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return new CaptureFile(path, new FileOutputStream(path.toFile()));
    }

    Path path() {
        return path;
    }

    /** False, and nothing is written, where the file would be larger than {@value #MAX_BYTES} bytes. */
    boolean write(String text) throws IOException {
        byte[] block = text.getBytes(UTF_8);
        if (bytes + block.length > MAX_BYTES) {
            return false;
        }
        bytes += block.length;
        out.write(block);
        return true;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
