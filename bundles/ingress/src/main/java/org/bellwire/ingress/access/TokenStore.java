package org.bellwire.ingress.access;

import java.io.IOException;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Optional;
import org.bellwire.api.config.Secret;
import org.bellwire.ingress.http.IngressFile;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ReadOnlyConfigurationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a new token into the configuration, where it survives a restart. Where the configuration comes from a file, Felix
 * fileinstall carries the change into the file and keeps the file's comments.
 */
public final class TokenStore {

    private static final Logger LOG = LoggerFactory.getLogger(TokenStore.class);
    private static final String KEY = "token";
    /** Set by fileinstall for a configuration that comes from a file. */
    private static final String FROM_FILE = "felix.fileinstall.filename";

    private final ConfigurationAdmin admin;

    public TokenStore(ConfigurationAdmin admin) {
        this.admin = admin;
    }

    /** Writes the token, unless somebody has written one. */
    @SuppressWarnings("JdkObsolete")
    public // the configuration admin wants a Dictionary
    void keep(Secret token) {
        try {
            Configuration configuration = admin.getConfiguration(IngressFile.PID, "?");
            Dictionary<String, Object> properties =
                    Optional.ofNullable(configuration.getProperties()).orElseGet(Hashtable::new);
            if (Optional.ofNullable(properties.get(KEY))
                    .map(Object::toString)
                    .orElse("")
                    .isBlank()) {
                properties.put(KEY, token.reveal());
                configuration.update(properties);
                LOG.info(
                        "{}: token: there was none; the one that was made for this site is kept in {}",
                        IngressFile.NAME,
                        properties.get(FROM_FILE) == null ? "the container's configuration" : "this file");
            }
        } catch (IOException | IllegalStateException | ReadOnlyConfigurationException e) {
            LOG.warn(
                    "{}: token: a new one was made but cannot be kept ({}): enter one, or phones have to be set up again after the next start",
                    IngressFile.NAME,
                    e.getMessage());
        }
    }
}
