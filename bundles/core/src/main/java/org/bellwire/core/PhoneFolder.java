package org.bellwire.core;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the phones' files to the configuration admin, in the place of File Install, which looks through all files for each one:
 * ten thousand would take it half a minute. Works on the folder that the system property {@value #FOLDER} names, which File
 * Install is told to leave these files in ({@code felix.fileinstall.filter}); without the property there is nothing to do.
 */
@Component(service = PhoneFolder.class, immediate = true)
public final class PhoneFolder {

    static final String FOLDER = "org.bellwire.phone.folder";

    private static final Logger LOG = LoggerFactory.getLogger(PhoneFolder.class);
    /** A file that has just changed may be in the middle of being written. */
    private static final Duration SETTLING = Duration.ofMillis(200);

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(3);
    /** A look at the folder may cost one part in so many of the time. */
    private static final int PART = 50;

    private final ConfigurationAdmin admin;
    private final PhoneFiles files;
    private final Optional<Path> folder;
    private final LongSupplier nanos;
    private final ScheduledExecutorService thread;
    private final Map<String, Stamp> handedOver = new HashMap<>();
    private Map<String, Stamp> seen = Map.of();
    private boolean first = true;

    /** By what a change of a file is known. */
    private record Stamp(FileTime modified, long size) {}

    @Activate
    public PhoneFolder(@Reference ConfigurationAdmin admin, @Reference PhoneFiles files) {
        this(admin, files, Timing.real("bellwire-phone-files"));
    }

    PhoneFolder(ConfigurationAdmin admin, PhoneFiles files, Timing timing) {
        this.admin = admin;
        this.files = files;
        folder = files.folder();
        nanos = timing.nanos();
        thread = timing.timer();
        folder.ifPresent(path -> thread.execute(() -> lookAgain(path)));
    }

    @Deactivate
    void stop() {
        thread.shutdownNow();
    }

    private void lookAgain(Path path) {
        long begin = nanos.getAsLong();
        boolean settled = true;
        try {
            settled = look(path);
        } catch (IOException | RuntimeException e) {
            LOG.error("{}: the phones' files cannot be read; trying again", path, e);
        }
        long cost = (nanos.getAsLong() - begin) * PART;
        long wait = Math.max(SHORTEST.toNanos(), Math.min(LONGEST.toNanos(), cost));
        if (!thread.isShutdown()) {
            thread.schedule(() -> lookAgain(path), settled ? wait : SETTLING.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** Hands over what has changed since the last look; false if something changed just now. */
    private boolean look(Path path) throws IOException {
        Map<String, Stamp> now = list(path);
        boolean settled = true;
        for (Map.Entry<String, Stamp> file : now.entrySet()) {
            String name = file.getKey();
            Stamp stamp = file.getValue();
            if (stamp.equals(handedOver.get(name))) {
                continue;
            }
            if (first || stamp.equals(seen.get(name))) {
                handOver(path.resolve(name));
                handedOver.put(name, stamp);
            } else {
                settled = false;
            }
        }
        for (String name : gone(path, now.keySet())) {
            admin.getFactoryConfiguration(PhoneFiles.FACTORY_PID, PhoneFiles.idOf(name), "?")
                    .delete();
            handedOver.remove(name);
        }
        first = false;
        seen = now;
        return settled;
    }

    /** In the order of their names, so that what is alike in two files is settled the same way at each start. */
    private static Map<String, Stamp> list(Path path) throws IOException {
        Map<String, Stamp> found = new TreeMap<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(path, PhoneFiles::isPhone)) {
            for (Path file : stream) {
                try {
                    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                    found.put(
                            file.getFileName().toString(), new Stamp(attributes.lastModifiedTime(), attributes.size()));
                } catch (NoSuchFileException e) {
                    LOG.debug("{}: gone in the meantime", file);
                }
            }
        }
        return found;
    }

    private Set<String> gone(Path path, Set<String> now) {
        Set<String> gone = new HashSet<>(first ? files.handedOver(path) : handedOver.keySet());
        gone.removeAll(now);
        return gone;
    }

    private void handOver(Path file) throws IOException {
        Properties read = new Properties();
        // As File Install reads it; what is UTF-8 is mended later.
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            read.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("{}: cannot be read: {}", file.getFileName(), e.toString());
            return;
        }
        String id = PhoneFiles.idOf(file.getFileName().toString());
        admin.getFactoryConfiguration(PhoneFiles.FACTORY_PID, id, "?")
                .updateIfDifferent(dictionary(read, file.toFile()));
    }

    @SuppressWarnings("JdkObsolete") // the configuration admin speaks in dictionaries
    private static Dictionary<String, Object> dictionary(Properties read, File file) {
        Dictionary<String, Object> values = new Hashtable<>();
        read.stringPropertyNames().forEach(key -> values.put(key, read.getProperty(key)));
        // With it, a change made in the console finds its way into the file.
        values.put(PhoneFiles.FILE_NAME, file.toURI().toString());
        return values;
    }
}
