package org.bellwire.maintenance;

import java.util.Set;

/** The files of {@code etc} that belong to a version and are no configuration: another version has its own. */
final class VersionFiles {

    /** They name the version's bundles and what these need of Java. */
    private static final Set<String> NAMES = Set.of(
            "config.properties",
            "custom.properties",
            "distribution.info",
            "jre.properties",
            "org.apache.karaf.features.cfg",
            "org.apache.karaf.features.repos.cfg",
            "org.apache.karaf.features.xml",
            "startup.properties",
            "system.properties");

    private VersionFiles() {}

    /** Whether a file below {@code etc} is one of them. */
    static boolean contains(String name) {
        return NAMES.contains(name);
    }
}
