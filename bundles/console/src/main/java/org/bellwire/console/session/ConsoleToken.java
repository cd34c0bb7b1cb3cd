package org.bellwire.console.session;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Optional;
import org.bellwire.api.config.Secret;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ReadOnlyConfigurationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the page's token and keeps it in the configuration, where it survives a restart. Where the configuration comes from a file,
 * Felix fileinstall carries the change into the file and keeps the file's comments.
 */
public final class ConsoleToken {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleToken.class);
    private static final int RANDOM_BYTES = 18;
    private static final String KEY = "token";

    private final ConfigurationAdmin admin;

    public ConsoleToken(ConfigurationAdmin admin) {
        this.admin = admin;
    }

    /** A new one: 24 characters, 144 bits of them random. */
    public static Secret random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Writes the token, unless somebody has written one. */
    @SuppressWarnings("JdkObsolete") // the configuration admin wants a Dictionary
    public void keep(Secret token) {
        try {
            Configuration configuration = admin.getConfiguration(ConsoleSettings.PID, "?");
            Dictionary<String, Object> properties =
                    Optional.ofNullable(configuration.getProperties()).orElseGet(Hashtable::new);
            if (Optional.ofNullable(properties.get(KEY))
                    .map(Object::toString)
                    .orElse("")
                    .isBlank()) {
                properties.put(KEY, token.reveal());
                configuration.update(properties);
                LOG.info("{}: token: there was none; one was made and is kept there", ConsoleSettings.FILE);
            }
        } catch (IOException | IllegalStateException | ReadOnlyConfigurationException e) {
            LOG.warn(
                    "{}: token: a new one was made but cannot be kept ({}): enter one, or it is another after the next start",
                    ConsoleSettings.FILE,
                    e.getMessage());
        }
    }
}
