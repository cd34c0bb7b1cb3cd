package org.bellwire.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.PhoneId;

/**
 * What a phone's settings were before {@code phone:provision --push} wrote others, so that it can be undone. Only Bellwire's user
 * may read it: what was there before may hold somebody's token. Of what was written there is a hash only.
 */
final class PushedSettings {

    private static final int MAX_BYTES = 1024 * 1024;

    private final Path file;

    PushedSettings(Path folder, PhoneId phone) {
        file = folder.resolve(phone.value() + ".txt");
    }

    /**
     * One setting.
     *
     * @param before what to write again
     * @param pushed the hash of what was written
     */
    record Entry(String before, String pushed) {

        boolean isStill(String value) {
            return pushed.equals(hash(value));
        }

        @Override
        public String toString() {
            return "Entry";
        }
    }

    Path file() {
        return file;
    }

    /** Those that were written and not undone, by name. */
    Map<String, Entry> read() throws IOException {
        Map<String, Entry> all = new LinkedHashMap<>();
        if (Files.notExists(file)) {
            return all;
        }
        String text;
        try (InputStream in = Files.newInputStream(file)) {
            text = new String(in.readNBytes(MAX_BYTES), UTF_8);
        }
        for (String line : text.split("\n")) {
            String[] cells = line.split("\t", -1);
            if (cells.length == 3) {
                all.put(cells[0], new Entry(URLDecoder.decode(cells[1], UTF_8), cells[2]));
            }
        }
        return all;
    }

    /** These are about to be written: what was there before the first time stays. */
    void add(Map<String, String> before, Map<String, String> pushed) throws IOException {
        Map<String, Entry> all = read();
        pushed.forEach((name, value) -> {
            Optional<Entry> earlier = Optional.ofNullable(all.get(name));
            String was = before.getOrDefault(name, "");
            String first = earlier.filter(entry -> entry.isStill(was))
                    .map(Entry::before)
                    .orElse(was);
            all.put(name, new Entry(first, hash(value)));
        });
        write(all);
    }

    /** These are undone. */
    void remove(Iterable<String> names) throws IOException {
        Map<String, Entry> all = read();
        names.forEach(all::remove);
        if (all.isEmpty()) {
            Files.deleteIfExists(file);
        } else {
            write(all);
        }
    }

    private void write(Map<String, Entry> all) throws IOException {
        StringBuilder text = new StringBuilder();
        all.forEach((name, entry) -> text.append(name)
                .append('\t')
                .append(URLEncoder.encode(entry.before(), UTF_8))
                .append('\t')
                .append(entry.pushed())
                .append('\n'));
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        Path fresh = Files.createTempFile(
                folder,
                ".pushed-",
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(fresh, text);
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static String hash(String value) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
