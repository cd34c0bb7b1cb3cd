package org.bellwire.mqtt;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.Cfg;

/**
 * What the spool relies on.
 *
 * @param maxEvents more than these are refused
 * @param maxBytes more than these are refused
 * @param maxAge an older event is history when it is published
 * @param keep an older event is removed unpublished
 */
record SpoolSettings(Path dir, int maxEvents, long maxBytes, Duration maxAge, Duration keep) {

    static final String FILE = "org.bellwire.spool.cfg";

    /**
     * Reads the file.
     *
     * @throws org.bellwire.api.CfgException if anything is wrong
     */
    static SpoolSettings of(Map<String, ?> properties) {
        Cfg cfg = Cfg.of(FILE, properties);
        Path dir = cfg.parsed("dir", SpoolSettings::path, "the name of a folder")
                .orElseGet(() -> resolve(Path.of("data/spool")));
        int maxEvents = cfg.integer("max.events", 100_000, 1, 10_000_000);
        long maxBytes = (long) cfg.integer("max.mb", 256, 1, 1_000_000) << 20;
        Duration maxAge = Duration.ofSeconds(cfg.integer("event.max.age.s", 30, 1, 86_400));
        Duration keep = Duration.ofHours(cfg.integer("keep.h", 72, 1, 8_760));
        cfg.check();
        return new SpoolSettings(dir, maxEvents, maxBytes, maxAge, keep);
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(resolve(Path.of(text)));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** {@code data/…} is in Karaf's data folder, wherever that is; the rest begins in Karaf's own folder. */
    private static Path resolve(Path path) {
        String data = System.getProperty("karaf.data", "");
        if (!data.isEmpty() && path.startsWith("data") && path.getNameCount() > 1) {
            return Path.of(data).resolve(path.subpath(1, path.getNameCount()));
        }
        return Path.of(System.getProperty("karaf.base", "")).resolve(path).toAbsolutePath();
    }
}
