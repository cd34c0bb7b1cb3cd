package org.bellwire.core.registry;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bellwire.api.runtime.LogText;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The names of the phones' files, and which there are. */
@Component(service = PhoneFiles.class)
public final class PhoneFiles {

    /** The system property that names the folder. */
    static final String FOLDER = "org.bellwire.phone.folder";

    public static final String FACTORY_PID = "org.bellwire.phone";
    static final String SITE_PID = "org.bellwire.site";
    /** Where File Install, and who stands in for it, notes a configuration's file. */
    static final String FILE_NAME = "felix.fileinstall.filename";

    /** Twice as many phones as one Bellwire is made for. */
    static final int MAX = 20_000;

    private static final Logger LOG = LoggerFactory.getLogger(PhoneFiles.class);
    private static final String PREFIX = FACTORY_PID + "-";
    private static final String SUFFIX = ".cfg";

    private final ConfigurationAdmin admin;
    private final Optional<Path> folder;

    @Activate
    public PhoneFiles(@Reference ConfigurationAdmin admin) {
        this(admin, Optional.ofNullable(System.getProperty(FOLDER)).map(Path::of));
    }

    public PhoneFiles(ConfigurationAdmin admin, Optional<Path> folder) {
        this.admin = admin;
        this.folder = folder;
    }

    /** The folder that File Install leaves the phones' files in; empty: it reads them itself. */
    Optional<Path> folder() {
        return folder;
    }

    /** Where a phone's file belongs, whoever reads it; empty: this is no Karaf, and there is no such folder. */
    Optional<Path> home() {
        return folder.or(() -> Optional.ofNullable(System.getProperty("karaf.etc"))
                .map(Path::of)
                .filter(Files::isDirectory));
    }

    /** The PIDs of the files that there are now. */
    public Set<String> pids() {
        Set<String> pids = configured();
        try {
            names().names().forEach(name -> pids.add(pidOf(name)));
        } catch (IOException e) {
            LOG.debug("the folder cannot be listed, as its reader will say", e);
        }
        return pids;
    }

    /** The PIDs of the sites' files that there are now. */
    Set<String> sites() {
        Set<String> pids = new HashSet<>();
        configurations(SITE_PID).forEach(configuration -> pids.add(configuration.getPid()));
        pids.removeIf(pid -> !isOfSite(pid));
        return pids;
    }

    /** It is the PID of a site's file. */
    static boolean isOfSite(String pid) {
        return pid.startsWith(SITE_PID + "~");
    }

    /**
     * The names of the phones' files in the folder, the first {@value #MAX} in the order of their names.
     *
     * @param more there are more, which are left out
     */
    record Listing(NavigableSet<String> names, boolean more) {}

    /** What there is now; nothing without a folder. */
    Listing names() throws IOException {
        return names(folder);
    }

    /** The same of a folder. */
    static Listing names(Optional<Path> place) throws IOException {
        NavigableSet<String> names = new TreeSet<>();
        boolean more = false;
        if (place.isPresent()) {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(place.get(), PhoneFiles::isPhone)) {
                for (Path file : stream) {
                    names.add(file.getFileName().toString());
                    if (names.size() > MAX) {
                        more = true;
                        names.remove(names.last());
                    }
                }
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
        return new Listing(names, more);
    }

    /** The PIDs of those that the configuration admin has. */
    Set<String> configured() {
        Set<String> pids = new HashSet<>();
        configurations(FACTORY_PID).forEach(configuration -> pids.add(configuration.getPid()));
        return pids;
    }

    private List<Configuration> configurations(String factory) {
        try {
            Configuration[] found = admin.listConfigurations("(service.factoryPid=" + factory + ")");
            return found == null ? List.of() : List.of(found);
        } catch (IOException | InvalidSyntaxException e) {
            LOG.warn("cannot list the files of {}, so they are taken as they come: {}", factory, e.toString());
            return List.of();
        }
    }

    private static boolean isPhone(Path file) {
        return isPhone(file.getFileName().toString());
    }

    private static boolean isPhone(String name) {
        return name.startsWith(PREFIX) && name.endsWith(SUFFIX) && name.length() > PREFIX.length() + SUFFIX.length();
    }

    /** The PID of a file: what stands behind the dash, behind the factory's. */
    static String pidOf(String name) {
        return FACTORY_PID + "~" + name.substring(PREFIX.length(), name.length() - SUFFIX.length());
    }

    /** It is such a PID. */
    static boolean isPid(String pid) {
        return pid.startsWith(FACTORY_PID + "~");
    }

    /** The name of a PID's file in the folder. */
    static String nameOfPid(String pid) {
        return PREFIX + idOf(pid, Map.of()) + SUFFIX;
    }

    /** The file's name for messages: {@code org.bellwire.phone-lobby.cfg}. */
    public static String fileOf(String pid, Map<String, ?> properties) {
        Object file = properties.get(FILE_NAME);
        return LogText.clean(file == null ? PREFIX + idOf(pid, properties) + SUFFIX : nameOf(file.toString()));
    }

    /** The id: what stands behind the dash of the file name. */
    public static String idOf(String pid, Map<String, ?> properties) {
        if (pid.startsWith(FACTORY_PID + "~")) {
            return pid.substring(FACTORY_PID.length() + 1);
        }
        Object file = properties.get(FILE_NAME);
        String name = file == null ? pid : nameOf(file.toString());
        return name.replaceFirst("^" + FACTORY_PID.replace(".", "\\.") + "[-.]", "")
                .replaceFirst("\\.(cfg|config)$", "");
    }

    private static String nameOf(String uri) {
        return uri.substring(uri.lastIndexOf('/') + 1);
    }
}
