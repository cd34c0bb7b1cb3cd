package org.bellwire.mqtt.spool;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.bellwire.api.config.Cfg;

/**
 * What the spool relies on.
 *
 * @param maxEvents more than these are refused
 * @param maxBytes more than these are refused
 * @param maxAge an older event is history when it is published
 * @param keep an older event is removed unpublished
 */
public record SpoolSettings(Path dir, int maxEvents, long maxBytes, Duration maxAge, Duration keep) {

    static final String FILE = "org.bellwire.spool.cfg";

    /**
     * Reads the file.
     *
     * @throws org.bellwire.api.config.CfgException if anything is wrong
     */
    public static SpoolSettings of(Map<String, ?> properties) {
        Cfg cfg = Cfg.of(FILE, properties);
        Path dir = cfg.folder("dir", "data/spool");
        int maxEvents = cfg.integer("max.events", 100_000, 1, 10_000_000);
        long maxBytes = (long) cfg.integer("max.mb", 256, 1, 1_000_000) << 20;
        Duration maxAge = Duration.ofSeconds(cfg.integer("event.max.age.s", 30, 1, 86_400));
        Duration keep = Duration.ofHours(cfg.integer("keep.h", 72, 1, 8_760));
        cfg.check();
        return new SpoolSettings(dir, maxEvents, maxBytes, maxAge, keep);
    }
}
