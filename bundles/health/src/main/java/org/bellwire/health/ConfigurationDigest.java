package org.bellwire.health;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bellwire.api.config.SecretName;

/**
 * What the files of phones, groups, triggers and sites say, as one word: the same on two gateways with the same files, whatever
 * their order, dates and comments. Secrets have no part in it, so that nobody can try them out against it. For one thread.
 */
final class ConfigurationDigest {

    private static final String FILES = "org.bellwire.{phone,group,trigger,site}-*.cfg";
    /** Of a file; more of one says nothing that a gateway reads. */
    private static final int MAX_FILE = 64 << 10;

    private final Path folder;
    private Map<Path, Seen> seen = Map.of();

    /** What a file said when it was as old and as long as this. */
    private record Seen(String stamp, long said) {}

    ConfigurationDigest(Path folder) {
        this.folder = folder;
    }

    /** Reads what has changed since it was asked last. Empty: the folder cannot be read. */
    Optional<String> now() {
        Map<Path, Seen> there = new HashMap<>();
        long sum = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, FILES)) {
            for (Path file : files) {
                Optional<Seen> look = look(file);
                if (look.isPresent()) {
                    there.put(file, look.get());
                    sum += look.get().said(); // in any order
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return Optional.empty();
        }
        seen = there;
        return Optional.of("%016x".formatted(sum));
    }

    /** What is no file, or cannot be read, has a name only: it concerns nobody else, and is never waited for. */
    private Optional<Seen> look(Path file) throws IOException {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            String stamp = now.lastModifiedTime() + " " + now.size() + " " + now.fileKey();
            Optional<Seen> before = Optional.ofNullable(seen.get(file))
                    .filter(last -> last.stamp().equals(stamp));
            return before.isPresent()
                    ? before
                    : Optional.of(new Seen(stamp, now.isRegularFile() ? read(file) : named(file)));
        } catch (NoSuchFileException e) { // it has just gone
            return Optional.empty();
        }
    }

    private static long named(Path file) {
        return hash(String.valueOf(file.getFileName()));
    }

    private static long read(Path file) throws NoSuchFileException {
        try (InputStream in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(MAX_FILE), StandardCharsets.UTF_8);
            return hash(file.getFileName() + "\n"
                    + text.lines()
                            .map(String::strip)
                            .filter(line -> !line.isEmpty() && line.charAt(0) != '#' && line.charAt(0) != '!')
                            .map(ConfigurationDigest::withoutSecret)
                            .sorted()
                            .collect(Collectors.joining("\n")));
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            return named(file);
        }
    }

    private static String withoutSecret(String line) {
        String[] parts = line.split("[=:\\s]", 2);
        String key = parts[0].strip();
        return SecretName.isOne(key)
                ? key
                : key + "=" + (parts.length < 2 ? "" : parts[1].replaceFirst("^[=:\\s]+", ""));
    }

    private static long hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            long first = 0;
            for (int i = 0; i < Long.BYTES; i++) {
                first = (first << Byte.SIZE) | (hash[i] & 0xff);
            }
            return first;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
