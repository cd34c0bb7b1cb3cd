package org.bellwire.maintenance;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * One Bellwire on disk.
 *
 * @param home the program
 * @param etc its configuration
 * @param data what it writes
 */
record Installation(Path home, Path etc, Path data) {

    private static final long MAX_CFG = 1 << 20;

    Installation {
        home = home.toAbsolutePath().normalize();
        etc = etc.toAbsolutePath().normalize();
        data = data.toAbsolutePath().normalize();
    }

    /** The one that an archive was unpacked to. */
    static Installation unpackedIn(Path home) {
        return new Installation(home, home.resolve("etc"), home.resolve("data"));
    }

    /** The files of {@code etc} as this version ships them; in a version that did not keep them there is no such folder. */
    Path shippedEtc() {
        return home.resolve("lib/etc");
    }

    /** The folder of the spool and of what is known of the phones, as its file says. */
    Path spool() throws IOException {
        Path dir = Path.of(key("org.bellwire.spool.cfg", "dir").orElse("data/spool"));
        if (dir.startsWith("data") && dir.getNameCount() > 1) {
            return data.resolve(dir.subpath(1, dir.getNameCount()));
        }
        return home.resolve(dir);
    }

    /** The value of a key of a file, if it has one. */
    Optional<String> key(String file, String key) throws IOException {
        return Optional.ofNullable(properties(etc.resolve(file)).getProperty(key))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    /** What a configuration file says; nothing if there is none, or if it is no such file. */
    static Properties properties(Path file) throws IOException {
        Properties properties = new Properties();
        if (Files.isRegularFile(file) && Files.size(file) <= MAX_CFG) {
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
                properties.load(reader);
            } catch (IllegalArgumentException e) {
                throw new IOException(file + " cannot be read: " + e.getMessage(), e);
            }
        }
        return properties;
    }

    /** The number of the process that runs from this data folder. A file may be left over from a crash. */
    Optional<Long> running() throws IOException {
        Path file = data.resolve("karaf.pid");
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        if (!text.matches("[0-9]{1,10}")) {
            return Optional.empty();
        }
        long pid = Long.parseLong(text);
        return ProcessHandle.of(pid)
                .filter(process -> command(process).contains("-Dkaraf.data=" + data))
                .map(ProcessHandle::pid);
    }

    /** From /proc: what Java tells of a process leaves long commands out. */
    private static String command(ProcessHandle process) {
        try (InputStream in = Files.newInputStream(Path.of("/proc", String.valueOf(process.pid()), "cmdline"))) {
            return new String(in.readNBytes(1 << 20), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return process.info().commandLine().orElse("");
        }
    }

    void refuseWhileRunning(String what) throws Refused, IOException {
        Optional<Long> pid = running();
        if (pid.isPresent()) {
            throw Refused.because(
                    "the Bellwire of " + data + " runs (pid " + pid.get() + "): stop it before you " + what);
        }
    }
}
