package org.bellwire.store;

import java.io.IOException;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Optional;
import org.bellwire.api.config.Secret;
import org.jspecify.annotations.Nullable;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ReadOnlyConfigurationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a token that was made, since none was entered, into the configuration, where it survives a restart. Where the
 * configuration comes from a file, Felix fileinstall carries the change into the file and keeps the file's comments.
 */
public final class GeneratedToken {

    private static final Logger LOG = LoggerFactory.getLogger(GeneratedToken.class);
    private static final String KEY = "token";
    /** Set by fileinstall for a configuration that comes from a file. */
    private static final String FROM_FILE = "felix.fileinstall.filename";

    private final ConfigurationAdmin admin;
    private final String pid;
    private final String otherwise;

    /** @param otherwise what follows when it cannot be kept, as the log says it after "enter one, or" */
    public GeneratedToken(ConfigurationAdmin admin, String pid, String otherwise) {
        this.admin = admin;
        this.pid = pid;
        this.otherwise = otherwise;
    }

    /** Writes the token, unless somebody has written one. */
    @SuppressWarnings("JdkObsolete") // the configuration admin wants a Dictionary
    public void keep(Secret token) {
        try {
            Configuration configuration = admin.getConfiguration(pid, "?");
            Dictionary<String, Object> properties =
                    Optional.ofNullable(configuration.getProperties()).orElseGet(Hashtable::new);
            if (isBlank(properties.get(KEY))) {
                properties.put(KEY, token.reveal());
                configuration.update(properties);
                LOG.info(
                        "{}.cfg: token: there was none; one was made and is kept in {}",
                        pid,
                        properties.get(FROM_FILE) == null ? "the container's configuration" : "this file");
            }
        } catch (IOException | IllegalStateException | ReadOnlyConfigurationException e) {
            LOG.warn(
                    "{}.cfg: token: a new one was made but cannot be kept ({}): enter one, or {}",
                    pid,
                    e.getMessage(),
                    otherwise);
        }
    }

    private static boolean isBlank(@Nullable Object value) {
        return value == null || value.toString().isBlank();
    }
}
