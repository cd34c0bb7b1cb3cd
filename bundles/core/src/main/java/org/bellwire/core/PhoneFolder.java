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
import java.time.Duration;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.osgi.service.cm.ConfigurationPlugin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the phones' files to the directory, in the place of File Install and the configuration admin. Those look through all
 * files for each one, copy each into a file of their own and write it back: ten thousand would take them half a minute, and a
 * power cut meanwhile some files. Works on the folder that the system property {@value #FOLDER} names, which File Install is
 * told to leave these files in ({@code felix.fileinstall.filter}); without the property there is nothing to do.
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

    private final PhoneDirectory directory;
    private final PhoneFiles files;
    private final Plugins plugins;
    private final Optional<Path> folder;
    private final LongSupplier nanos;
    private final ScheduledExecutorService thread;
    /** By name. Kept from look to look: ones made anew would live just long enough to cost a collection of the whole heap. */
    private final Map<String, Seen> seen = new HashMap<>();

    private int looks;

    /** A file as it was at the last look. */
    private static final class Seen {
        private long modified;
        private long size = -1;
        private boolean handedOver;
        private int look;

        /** Takes note of how it is now; true if that is how it was. */
        boolean rests(BasicFileAttributes now) {
            long then = now.lastModifiedTime().to(TimeUnit.NANOSECONDS);
            boolean rests = then == modified && now.size() == size;
            modified = then;
            size = now.size();
            handedOver &= rests;
            return rests;
        }
    }

    @Activate
    public PhoneFolder(
            @Reference PhoneDirectory directory,
            @Reference PhoneFiles files,
            // A new one may fill in what the others could not: all is read again then.
            @Reference(
                            service = ConfigurationPlugin.class,
                            cardinality = ReferenceCardinality.MULTIPLE,
                            policyOption = ReferencePolicyOption.GREEDY)
                    List<Map.Entry<Map<String, Object>, ConfigurationPlugin>> plugins) {
        this(directory, files, new Plugins(plugins), Timing.real("bellwire-phone-files"));
    }

    PhoneFolder(PhoneDirectory directory, PhoneFiles files, Plugins plugins, Timing timing) {
        this.directory = directory;
        this.files = files;
        this.plugins = plugins;
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

    /** Hands over what has changed and rests by now; false if something changed just now. */
    private boolean look(Path path) throws IOException {
        looks++;
        boolean settled = true;
        // In the order of their names, so that what is alike in two files is settled the same way at each start.
        Map<String, Seen> due = new TreeMap<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(path, PhoneFiles::isPhone)) {
            for (Path file : stream) {
                String name = file.getFileName().toString();
                Optional<BasicFileAttributes> now = attributes(file);
                if (now.isPresent()) {
                    Seen one = seen.computeIfAbsent(name, unknown -> new Seen());
                    one.look = looks;
                    boolean rests = one.rests(now.get()) || looks == 1;
                    settled &= rests;
                    if (rests && !one.handedOver) {
                        due.put(name, one);
                    }
                }
            }
        }
        for (Map.Entry<String, Seen> file : due.entrySet()) {
            handOver(path.resolve(file.getKey()));
            file.getValue().handedOver = true;
        }
        gone().forEach(directory::deleted);
        return settled;
    }

    private static Optional<BasicFileAttributes> attributes(Path file) throws IOException {
        try {
            return Optional.of(Files.readAttributes(file, BasicFileAttributes.class));
        } catch (NoSuchFileException e) {
            LOG.debug("{}: gone in the meantime", file);
            return Optional.empty();
        }
    }

    /** The PIDs of files that are no longer there; at the first look, those that went while nobody looked. */
    private Set<String> gone() {
        Set<String> gone = new HashSet<>();
        seen.entrySet().removeIf(file -> file.getValue().look != looks && gone.add(PhoneFiles.pidOf(file.getKey())));
        if (looks == 1) {
            gone.addAll(directory.pids());
            gone.removeAll(files.configured());
            seen.keySet().forEach(name -> gone.remove(PhoneFiles.pidOf(name)));
        }
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
        String pid = PhoneFiles.pidOf(file.getFileName().toString());
        Dictionary<String, Object> values = dictionary(read, file.toFile());
        plugins.fillIn(pid, values);
        try {
            directory.updated(pid, values);
        } catch (RuntimeException e) {
            LOG.error("{}: met a fault of Bellwire", file.getFileName(), e);
        }
    }

    @SuppressWarnings("JdkObsolete") // configuration plugins speak in dictionaries
    private static Dictionary<String, Object> dictionary(Properties read, File file) {
        Dictionary<String, Object> values = new Hashtable<>();
        read.stringPropertyNames().forEach(key -> values.put(key, read.getProperty(key)));
        values.put(PhoneFiles.FILE_NAME, file.toURI().toString());
        return values;
    }
}
