package org.bellwire.maintenance;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A backup: a ZIP of files, and behind them a list of their digests, encrypted as {@link OpenSslCipher} does. The list is what shows
 * that the whole is whole: the cipher itself does not notice a change.
 */
final class BackupFile {

    private static final String LIST = "bellwire-backup.txt";
    private static final String FORMAT = "bellwire-backup 1";

    static final long MAX_FILE = 512L << 20;
    private static final long MAX_ALL = 2L << 30;
    private static final int MAX_FILES = 200_000;
    private static final int MAX_LIST = 100 << 20;

    private final Path file;
    private final OpenSslCipher cipher;

    BackupFile(Path file, OpenSslCipher cipher) {
        this.file = file;
        this.cipher = cipher;
    }

    /** Takes a file's content. */
    @FunctionalInterface
    interface Sink {
        void take(String name, InputStream content) throws IOException;
    }

    /** Writes these files, by their names in the backup. */
    List<BackupItem> write(Map<String, Path> sources) throws IOException {
        List<BackupItem> items = new ArrayList<>();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
                ZipOutputStream zip = new ZipOutputStream(cipher.encrypting(out))) {
            for (Map.Entry<String, Path> source : sources.entrySet()) {
                zip.putNextEntry(new ZipEntry(source.getKey()));
                try (InputStream in = Files.newInputStream(source.getValue())) {
                    Digests.Copied copied = Digests.copy(in, zip, MAX_FILE);
                    items.add(new BackupItem(source.getKey(), copied.size(), copied.sha256()));
                }
            }
            zip.putNextEntry(new ZipEntry(LIST));
            zip.write(list(items).getBytes(StandardCharsets.UTF_8));
        }
        return items;
    }

    private static String list(List<BackupItem> items) {
        StringBuilder list = new StringBuilder(FORMAT).append('\n');
        items.forEach(item -> list.append(item.line()).append('\n'));
        return list.toString();
    }

    /** What is in it, if all of it is whole. */
    List<BackupItem> check() throws IOException, Refused {
        Map<String, BackupItem> found = new LinkedHashMap<>();
        String list;
        try (ZipInputStream zip = open()) {
            list = readAll(zip, found);
        } catch (ZipException | IllegalArgumentException e) {
            throw broken("it is damaged (" + e.getMessage() + ")");
        }
        List<String> lines = list.lines().toList();
        if (lines.isEmpty() || !lines.get(0).equals(FORMAT)) {
            throw broken("it was written by another version of Bellwire");
        }
        List<BackupItem> promised = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            promised.add(BackupItem.parse(line).orElseThrow(() -> broken("its list of files is damaged")));
        }
        if (!promised.equals(List.copyOf(found.values()))) {
            throw broken("its files are not those of its list: it is damaged");
        }
        return promised;
    }

    /** The list, which is the last entry; what came before it is noted. */
    private String readAll(ZipInputStream zip, Map<String, BackupItem> found) throws IOException, Refused {
        long all = 0;
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (entry.getName().equals(LIST)) {
                ByteArrayOutputStream list = new ByteArrayOutputStream();
                Digests.copy(zip, list, MAX_LIST);
                return list.toString(StandardCharsets.UTF_8);
            }
            if (!BackupItem.isName(entry.getName()) || found.size() >= MAX_FILES) {
                throw broken("it holds what is no file of Bellwire");
            }
            Digests.Copied copied =
                    Digests.copy(zip, OutputStream.nullOutputStream(), Math.min(MAX_FILE, MAX_ALL - all));
            all += copied.size();
            found.put(entry.getName(), new BackupItem(entry.getName(), copied.size(), copied.sha256()));
        }
        throw broken(
                found.isEmpty()
                        ? "the passphrase is wrong, or this is no backup"
                        : "its end is missing: it is damaged");
    }

    /** Hands out all that is in it, unchecked. */
    void read(Sink sink) throws IOException {
        try (ZipInputStream zip = open()) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                sink.take(entry.getName(), zip);
            }
        }
    }

    private ZipInputStream open() throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file));
        try {
            return new ZipInputStream(new BufferedInputStream(cipher.decrypting(in)));
        } catch (IOException e) {
            in.close();
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private Refused broken(String reason) {
        return Refused.because(file + ": " + reason + "; nothing was changed");
    }
}
