package org.bellwire.console.view;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of its vendor's events each phone ever reported, so that an installer sees which URL is missing. Kept in a file, one line
 * for each phone: its id and the events in the vendor's words, with tabs between. What is lost with it is a tick, so its faults
 * are no faults of Bellwire.
 */
public final class SeenEvents {

    static final int PHONES = 20_000;
    static final int EACH = 100;
    private static final int NAMES = 4_000;
    private static final int LONGEST = 64;
    private static final int LARGEST_FILE = 16 << 20;
    private static final Logger LOG = LoggerFactory.getLogger(SeenEvents.class);

    private final Path file;
    private final Map<String, List<String>> phones = new LinkedHashMap<>();
    /** Each name once: 10,000 phones report the same twenty. */
    private final Map<String, String> names = new HashMap<>();

    private boolean changed;

    /** Reads nothing yet. */
    public SeenEvents(Path file) {
        this.file = file;
    }

    /** Takes in that it reported this. */
    public synchronized void add(String phone, String event) {
        changed |= remember(phone, event);
    }

    private boolean remember(String phone, String event) {
        List<String> seen = phones.getOrDefault(phone, List.of());
        boolean room = seen.size() < EACH && (phones.size() < PHONES || phones.containsKey(phone));
        if (event.isEmpty() || event.length() > LONGEST || seen.contains(event) || !room) {
            return false;
        }
        if (!names.containsKey(event) && names.size() < NAMES) {
            names.put(event, event);
        }
        return phones.computeIfAbsent(phone, any -> new ArrayList<>(4)).add(names.getOrDefault(event, event));
    }

    /** The events that it ever reported, in the vendor's words. */
    public synchronized Set<String> of(String phone) {
        return Set.copyOf(phones.getOrDefault(phone, List.of()));
    }

    /** Adds what the file says. Waits for the disk. */
    public void read() {
        if (!Files.isRegularFile(file)) {
            return;
        }
        try (InputStream in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(LARGEST_FILE), StandardCharsets.UTF_8);
            synchronized (this) {
                text.lines().map(line -> line.split("\t")).forEach(this::readLine);
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be read ({}): the page's ticks begin anew", file, e.getMessage());
        }
    }

    private void readLine(String... parts) {
        for (int i = 1; i < parts.length; i++) {
            remember(parts[0], parts[i]);
        }
    }

    /**
     * Writes the file, if something is new. Waits for the disk.
     *
     * @param isThere phones that are no more are forgotten
     */
    public void keep(Predicate<String> isThere) {
        List<String> gone = known().stream().filter(isThere.negate()).toList();
        String text = changes(gone);
        if (text.isEmpty()) {
            return;
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path next = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(next, text);
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.warn("{} cannot be written ({}): the page's ticks are not there after a restart", file, e.getMessage());
        }
    }

    /** Who looks for a phone may have to wait for one that reports, which waits here: so nobody is asked with the monitor held. */
    private synchronized List<String> known() {
        return changed ? List.copyOf(phones.keySet()) : List.of();
    }

    private synchronized String changes(List<String> gone) {
        if (!changed) {
            return "";
        }
        changed = false;
        gone.forEach(phones::remove);
        StringBuilder text = new StringBuilder();
        phones.forEach((phone, events) -> text.append(phone)
                .append('\t')
                .append(String.join("\t", events))
                .append('\n'));
        return text.toString();
    }
}
