package org.bellwire.core;

import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The phones' files as the configuration admin knows them. */
@Component(service = PhoneFiles.class)
public final class PhoneFiles {

    static final String FACTORY_PID = "org.bellwire.phone";

    private static final Logger LOG = LoggerFactory.getLogger(PhoneFiles.class);

    private final ConfigurationAdmin admin;

    @Activate
    public PhoneFiles(@Reference ConfigurationAdmin admin) {
        this.admin = admin;
    }

    /** The PIDs of the files that there are now. */
    Set<String> pids() {
        Set<String> pids = new HashSet<>();
        try {
            Configuration[] found = admin.listConfigurations("(service.factoryPid=" + FACTORY_PID + ")");
            if (found != null) {
                for (Configuration configuration : found) {
                    pids.add(configuration.getPid());
                }
            }
        } catch (IOException | InvalidSyntaxException e) {
            LOG.warn("cannot list the phones' files, so they are taken as they come: {}", e.toString());
        }
        return pids;
    }

    /** The file's name for messages: {@code org.bellwire.phone-lobby.cfg}. */
    static String fileOf(String pid, Map<String, ?> properties) {
        Object file = properties.get("felix.fileinstall.filename");
        return file == null
                ? FACTORY_PID + "-" + idOf(pid, properties) + ".cfg"
                : file.toString().substring(file.toString().lastIndexOf('/') + 1);
    }

    /** The id: what stands behind the dash of the file name. */
    static String idOf(String pid, Map<String, ?> properties) {
        if (pid.startsWith(FACTORY_PID + "~")) {
            return pid.substring(FACTORY_PID.length() + 1);
        }
        Object file = properties.get("felix.fileinstall.filename");
        String name =
                file == null ? pid : file.toString().substring(file.toString().lastIndexOf('/') + 1);
        return name.replaceFirst("^" + FACTORY_PID.replace(".", "\\.") + "[-.]", "")
                .replaceFirst("\\.(cfg|config)$", "");
    }
}
