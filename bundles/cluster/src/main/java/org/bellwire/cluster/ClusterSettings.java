package org.bellwire.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bellwire.api.config.Cfg;
import org.bellwire.api.config.Pem;
import org.bellwire.api.config.Secret;
import org.bellwire.api.config.TlsIdentity;

/**
 * What a gateway of a cluster relies on.
 *
 * @param servers of Kafka; none: there is no cluster
 * @param partitions counts only until the topics are there
 * @param tls Kafka is spoken to over TLS
 * @param spool of reports that Kafka does not take
 */
record ClusterSettings(
        List<String> servers,
        String group,
        int partitions,
        boolean tls,
        Optional<Path> trust,
        Optional<TlsIdentity> identity,
        Optional<String> user,
        Optional<Secret> password,
        SpoolBounds spool) {

    private static final Pattern SERVER = Pattern.compile("[^\\s:/,]+:\\d{1,5}");
    private static final Pattern GROUP = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    /**
     * The bounds of the disk, as the file of the spool has them.
     *
     * @param maxAge an older event is history when it is published
     */
    record SpoolBounds(Path dir, int maxEvents, long maxBytes, Duration maxAge, Duration keep) {}

    /**
     * Reads both files.
     *
     * @throws org.bellwire.api.config.CfgException if anything is wrong
     */
    static ClusterSettings of(Map<String, ?> properties) {
        Cfg cfg = Cfg.of("org.bellwire.cluster.cfg", properties);
        List<String> servers = cfg.list("servers");
        servers.stream()
                .filter(server -> !SERVER.matcher(server).matches())
                .findFirst()
                .ifPresent(wrong -> cfg.fault("servers", "must be host:port, separated by commas"));
        String group = cfg.text("group", "bellwire");
        if (!GROUP.matcher(group).matches()) {
            cfg.fault("group", "must be 1 to 64 of a-z 0-9 . _ -, beginning with a letter or digit");
        }
        int partitions = cfg.integer("partitions", 24, 1, 1_000);
        Optional<Path> trust = Pem.file(cfg, "tls.trust", Pem::certificates);
        Optional<TlsIdentity> identity = TlsIdentity.of(cfg);
        Optional<String> user = cfg.text("user");
        Optional<Secret> password = cfg.secret("password");
        if (user.isPresent() != password.isPresent()) {
            cfg.fault(user.isPresent() ? "password" : "user", "is missing: they go together");
        }
        if (identity.isPresent() && trust.isEmpty()) {
            cfg.fault("tls.trust", "is missing: with it Kafka is spoken to over TLS");
        }
        cfg.check();
        return new ClusterSettings(
                servers, group, partitions, trust.isPresent(), trust, identity, user, password, spool(properties));
    }

    private static SpoolBounds spool(Map<String, ?> properties) {
        Cfg spool = Cfg.of("org.bellwire.spool.cfg", properties);
        SpoolBounds bounds = new SpoolBounds(
                spool.folder("dir", "data/spool"),
                spool.integer("max.events", 100_000, 1, 10_000_000),
                (long) spool.integer("max.mb", 256, 1, 1_000_000) << 20,
                Duration.ofSeconds(spool.integer("event.max.age.s", 30, 1, 86_400)),
                Duration.ofHours(spool.integer("keep.h", 72, 1, 8_760)));
        spool.check();
        return bounds;
    }

    String reports() {
        return group + ".reports";
    }

    String commands() {
        return group + ".commands";
    }

    /** What is known of the phones. */
    String phones() {
        return group + ".phones";
    }
}
