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

    /** Who may use which command of Karaf; Karaf writes what it derives into them, so that they are never as shipped. */
    private static final String ACCESS = "org.apache.karaf.command.acl.";

    private VersionFiles() {}

    /** Whether a file below {@code etc} is one of them. */
    static boolean contains(String name) {
        return NAMES.contains(name) || name.startsWith(ACCESS);
    }

    /** Whether a difference to what was shipped is somebody's work, and no upgrade does it again. */
    static boolean isWorthAWord(String name) {
        return !name.startsWith(ACCESS) && !name.startsWith("org.apache.karaf.features");
    }
}
