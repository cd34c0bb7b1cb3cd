package org.bellwire.maintenance;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Writes configuration, secrets, contacts and states to one encrypted file. Bellwire may run meanwhile. */
final class Backup {

    /** What a file of these has is not worth a word: each is made anew. */
    private static final String EXAMPLES = ".example";

    private final Installation source;
    private final PrintStream out;

    Backup(Installation source, PrintStream out) {
        this.source = source;
        this.out = out;
    }

    /** Writes the file; it replaces an earlier backup, and nothing else. */
    void write(Path file, OpenSslCipher cipher) throws IOException, Refused {
        refuseOtherFiles(file);
        Map<String, Path> files = files();
        if (files.isEmpty()) {
            throw Refused.because("there is no configuration in " + source.etc());
        }
        // Made by createTempFile: closed to others from the first byte on.
        Path folder = file.toAbsolutePath().getParent();
        Path fresh = Files.createTempFile(folder, ".bellwire-", ".new");
        try {
            BackupFile backup = new BackupFile(fresh, cipher);
            List<BackupItem> items = backup.write(files);
            backup.check();
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            long bytes = items.stream().mapToLong(BackupItem::size).sum();
            out.println(file + ": " + items.size() + " files, " + bytes + " bytes, encrypted");
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static void refuseOtherFiles(Path file) throws IOException, Refused {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            try (InputStream in = Files.newInputStream(file)) {
                if (new String(in.readNBytes(8), StandardCharsets.US_ASCII).equals("Salted__")) {
                    return;
                }
            }
        }
        throw Refused.because(file + " is there already and is no backup: name another file");
    }

    private Map<String, Path> files() throws IOException {
        FolderListing etc = FolderListing.of(source.etc(), this::isConfiguration);
        Map<String, Path> files = new TreeMap<>();
        for (Map.Entry<String, Path> file : etc.files().entrySet()) {
            String name = BackupItem.ETC + file.getKey();
            if (!BackupItem.isName(name)) {
                out.println("left out, for its name: " + file.getValue());
            } else if (isWorthKeeping(file.getKey(), file.getValue())) {
                files.put(name, file.getValue());
            }
        }
        for (String link : etc.links()) {
            out.println("left out, for it is a link: " + source.etc().resolve(link));
        }
        for (Path outside : namedOutside(etc)) {
            out.println("left out, for it is not in " + source.etc() + ": " + outside);
        }
        Path states = source.spool().resolve("states.txt");
        if (Files.isRegularFile(states)) {
            files.put(BackupItem.STATES + "states.txt", states);
        }
        return files;
    }

    private boolean isConfiguration(String name) {
        return !VersionFiles.contains(name) && !name.endsWith(EXAMPLES) && !name.startsWith(".");
    }

    /** All of Bellwire's own; of Karaf's only what somebody has changed. */
    private boolean isWorthKeeping(String name, Path file) throws IOException {
        Path shipped = source.shippedEtc().resolve(name);
        return name.startsWith("org.bellwire.") || !Files.isRegularFile(shipped) || Files.mismatch(file, shipped) >= 0;
    }

    /** Files that the configuration names and that lie elsewhere, such as a certificate. */
    private Set<Path> namedOutside(FolderListing etc) throws IOException {
        Set<Path> outside = new TreeSet<>();
        for (Map.Entry<String, Path> file : etc.files().entrySet()) {
            if (file.getKey().matches("org\\.bellwire\\.[^/]*\\.cfg")) {
                Properties properties = Installation.properties(file.getValue());
                for (String key : properties.stringPropertyNames()) {
                    String value = properties.getProperty(key).strip();
                    if (value.startsWith("/")
                            && !value.startsWith(source.etc() + "/")
                            && Files.isRegularFile(Path.of(value))) {
                        outside.add(Path.of(value));
                    }
                }
            }
        }
        return outside;
    }
}
