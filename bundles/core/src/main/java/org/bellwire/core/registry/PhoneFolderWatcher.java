package org.bellwire.core.registry;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.Limit;
import org.bellwire.api.runtime.LogText;
import org.bellwire.api.runtime.Timing;
import org.bellwire.core.files.CfgText;
import org.bellwire.core.files.FileStamp;
import org.bellwire.core.files.SeenFile;
import org.bellwire.core.files.SmallFile;
import org.bellwire.core.files.UnreadableFileException;
import org.osgi.service.cm.ConfigurationPlugin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the phones' files to the registry, in the place of File Install and the configuration admin. Those look through all
 * files for each one, copy each into a file of their own and write it back: ten thousand would take them half a minute, and a
 * power cut meanwhile some files. Works on the folder that the system property {@value PhoneFiles#FOLDER} names, which File Install is
 * told to leave these files in ({@code felix.fileinstall.filter}); without the property there is nothing to do.
 *
 * <p>Whatever is wrong with one file concerns its phone only. What would take a working phone away has to last: editors and
 * scripts write a file in more than one step, and for a moment it is gone, empty or half of itself.
 */
@Component(service = {})
public final class PhoneFolderWatcher {

    private static final Logger LOG = LoggerFactory.getLogger(PhoneFolderWatcher.class);
    /** A file that has just changed may be in the middle of being written. */
    private static final Duration SETTLING = Duration.ofMillis(200);
    /** A file that changes all the time is read as it is then. */
    private static final Duration RESTLESS = Duration.ofSeconds(3);
    /** So long has to last what takes a working phone away. */
    private static final Duration LASTING = Duration.ofMillis(2500);
    /** And with the pause before it was seen, no longer than this: what a file says is to be true 5 s later. */
    private static final Duration AT_MOST = Duration.ofSeconds(4);

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(3);
    /** A look at the folder may cost one part in so many of the time. */
    private static final int PART = 50;

    private static final long NEVER = Long.MAX_VALUE;

    /** Who counts now, if somebody does. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Optional<Counters> counters;

    private final PhoneRegistry registry;
    private final PhoneFiles files;
    private final ConfigurationPlugins plugins;
    private final Content content;
    private final LongSupplier nanos;
    private final ScheduledExecutorService thread;
    /** In the order of their names, so that what is alike in two files is settled the same way at each start. */
    private final NavigableMap<String, SeenFile> seen = new TreeMap<>();

    private boolean first = true;
    private Duration pause = SHORTEST;
    private String trouble = "";

    /** Reads what a file holds. */
    public interface Content {
        byte[] of(Path file) throws UnreadableFileException;
    }

    /**
     * @param names is there for the order: what is handed over has been activated, so somebody looks up the hosts of the phones
     *     before their files are read
     */
    @Activate
    public PhoneFolderWatcher(
            @Reference PhoneRegistry registry,
            @Reference PhoneFiles files,
            @Reference HostNameResolver names,
            // A new one may fill in what the others could not: all is read again then.
            @Reference(
                            service = ConfigurationPlugin.class,
                            cardinality = ReferenceCardinality.MULTIPLE,
                            policyOption = ReferencePolicyOption.GREEDY)
                    List<Map.Entry<Map<String, Object>, ConfigurationPlugin>> plugins) {
        this(
                registry,
                files,
                new ConfigurationPlugins(plugins),
                SmallFile::read,
                Timing.real("bellwire-phone-files"),
                Optional.empty());
    }

    public PhoneFolderWatcher(
            PhoneRegistry registry,
            PhoneFiles files,
            ConfigurationPlugins plugins,
            Content content,
            Timing timing,
            Optional<Counters> counters) {
        this.counters = counters;
        this.registry = registry;
        this.files = files;
        this.plugins = plugins;
        this.content = content;
        nanos = timing.nanos();
        thread = timing.timer();
    }

    /** Begins to look, at once. */
    @Activate
    public void start() {
        files.folder().ifPresent(path -> thread.execute(() -> lookAgain(path)));
    }

    @Deactivate
    public void stop() {
        thread.shutdownNow();
    }

    private void lookAgain(Path path) {
        long begin = nanos.getAsLong();
        long due = NEVER;
        try {
            due = look(path);
        } catch (RuntimeException | Error e) { // the timer would keep it to itself
            LOG.error("{}: looking for the phones' files met a fault of Bellwire and goes on", path, e);
        } finally {
            long cost = (nanos.getAsLong() - begin) * PART;
            pause = Duration.ofNanos(Math.max(SHORTEST.toNanos(), Math.min(LONGEST.toNanos(), cost)));
            if (!thread.isShutdown()) {
                thread.schedule(() -> lookAgain(path), Math.min(pause.toNanos(), due), TimeUnit.NANOSECONDS);
            }
        }
    }

    /** Hands over what has changed and rests by now; tells in how many nanoseconds something of the rest is due. */
    private long look(Path path) {
        Optional<Set<String>> names = names(path);
        if (names.isEmpty()) {
            return NEVER;
        }
        names.get().forEach(name -> seen.computeIfAbsent(name, one -> new SeenFile()));
        if (first) {
            addThoseOfBefore();
        }
        long due = NEVER;
        Iterator<Map.Entry<String, SeenFile>> each = seen.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<String, SeenFile> one = each.next();
            Path file = path.resolve(one.getKey());
            FileStamp now = names.get().contains(one.getKey()) ? FileStamp.at(file) : FileStamp.AWAY;
            long next = visit(file, one.getValue(), now);
            if (now.isAway() && next == NEVER) {
                each.remove();
            }
            due = Math.min(due, next);
        }
        first = false;
        return due;
    }

    /** Which files there are; empty while nobody can tell, which is told once. */
    private Optional<Set<String>> names(Path path) {
        try {
            PhoneFiles.Listing listing = files.names();
            if (listing.more()
                    && tell(path + ": holds more than " + PhoneFiles.MAX + " phones' files; only the first in the"
                            + " order of their names are read: take some out")) {
                counters.orElse(Counters.NONE).reached(Limit.PHONE_FILES);
            } else if (!listing.more()) {
                tell("");
            }
            return Optional.of(listing.names());
        } catch (IOException | SecurityException e) {
            tell(path + ": the phones' files cannot be listed, so they stay as they are; is the folder there, and may"
                    + " Bellwire's user read it? " + LogText.clean(e.toString()));
            return Optional.empty();
        }
    }

    /** Tells what is wrong with the folder, or that nothing is any more; true if that is news. */
    private boolean tell(String what) {
        if (what.equals(trouble)) {
            return false;
        }
        trouble = what;
        if (what.isEmpty()) {
            LOG.info("all phones' files are listed again");
        } else {
            LOG.error("{}", what);
        }
        return true;
    }

    /** Those that the registry knows or waits for, and that went while nobody looked. */
    private void addThoseOfBefore() {
        Set<String> pids = registry.pids();
        pids.removeAll(files.configured());
        pids.forEach(pid -> seen.computeIfAbsent(PhoneFiles.nameOfPid(pid), one -> new SeenFile()));
    }

    /** Hands a file over if that is due, else tells in how many nanoseconds it is. */
    private long visit(Path file, SeenFile one, FileStamp now) {
        long time = nanos.getAsLong();
        boolean rests = one.sees(now, time) || first || one.isUnsettledFor(RESTLESS, time);
        if (one.isDone()) {
            return NEVER;
        }
        if (!rests) {
            return SETTLING.toNanos();
        }
        String pid = PhoneFiles.pidOf(file.getFileName().toString());
        Reading reading = now.isAway() ? Reading.GONE : read(file, pid);
        if (reading.fault().filter(one::isStill).isPresent()) {
            return NEVER;
        }
        long left = registry.isTakenAwayBy(pid, reading.entry()) ? lasting() - one.restsFor(time) : 0;
        if (left > 0) {
            return left;
        }
        one.settle(reading.fault());
        handOver(file, pid, reading);
        return NEVER;
    }

    /**
     * What came of reading a file.
     *
     * @param entry empty: there is no file any more
     * @param fault why it could not be read
     */
    private record Reading(Optional<PhoneEntry> entry, Optional<UnreadableFileException> fault) {

        static final Reading GONE = new Reading(Optional.empty(), Optional.empty());
    }

    private long lasting() {
        return Math.min(LASTING.toNanos(), AT_MOST.minus(pause).toNanos());
    }

    private Reading read(Path file, String pid) {
        try {
            return new Reading(Optional.of(parse(file, pid)), Optional.empty());
        } catch (UnreadableFileException e) {
            return new Reading(Optional.of(PhoneEntry.unreadable(pid, e.reason())), Optional.of(e));
        }
    }

    @SuppressWarnings("JdkObsolete") // configuration plugins speak in dictionaries
    private PhoneEntry parse(Path file, String pid) throws UnreadableFileException {
        CfgText text = CfgText.parse(content.of(file));
        Dictionary<String, Object> values = new Hashtable<>(text.values());
        values.put(PhoneFiles.FILE_NAME, file.toUri().toString());
        plugins.fillIn(pid, values);
        return PhoneEntry.read(pid, values, text.oddities());
    }

    private void handOver(Path file, String pid, Reading reading) {
        try {
            boolean news = reading.entry()
                    .filter(entry -> registry.updated(pid, entry))
                    .isPresent();
            if (reading.entry().isEmpty()) {
                registry.deleted(pid);
            }
            if (news
                    && reading.fault().filter(UnreadableFileException::isTooBig).isPresent()) {
                counters.orElse(Counters.NONE).reached(Limit.PHONE_FILE_SIZE);
            }
        } catch (RuntimeException e) {
            LOG.error(
                    "{}: met a fault of Bellwire",
                    LogText.clean(file.getFileName().toString()),
                    e);
        }
    }
}
