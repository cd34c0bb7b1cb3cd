package org.bellwire.mqtt.connection;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bellwire.api.config.Cfg;
import org.bellwire.api.config.Secret;

/**
 * What the connection relies on.
 *
 * @param root the topic that everything of Bellwire stands below
 * @param keepAlive in seconds
 * @param tls empty: not encrypted
 */
public record MqttSettings(
        BrokerUrl broker,
        String clientId,
        Optional<String> user,
        Optional<Secret> password,
        String root,
        int keepAlive,
        Optional<MqttTls> tls) {

    /** The root topic of who names none. */
    public static final String USUAL_ROOT = "bellwire";

    static final String FILE = "org.bellwire.mqtt.cfg";

    private static final Pattern ROOT = Pattern.compile("[\\p{L}\\p{N}_.-]{1,64}(/[\\p{L}\\p{N}_.-]{1,64}){0,7}");
    private static final Pattern CLIENT_ID = Pattern.compile("\\P{Cntrl}{1,256}");

    /**
     * Reads the file.
     *
     * @param clientIdOtherwise the client id where the file names none
     * @throws org.bellwire.api.config.CfgException if anything is wrong
     */
    public static MqttSettings of(Map<String, ?> properties, String clientIdOtherwise) {
        Cfg cfg = Cfg.of(FILE, properties);
        BrokerUrl broker = broker(cfg);
        String clientId = matching(cfg, "client.id", CLIENT_ID, "at most 256 characters", clientIdOtherwise);
        Optional<String> user = cfg.text("user");
        Optional<Secret> password = cfg.secret("password");
        if (password.isPresent() && user.isEmpty()) {
            cfg.fault("user", "is missing: MQTT has no password without a user");
        }
        String root = matching(
                cfg,
                "topic",
                ROOT,
                "levels of letters, digits, _ . - with / between them, without + and #",
                USUAL_ROOT);
        int keepAlive = cfg.integer("keep.alive.s", 15, 1, 3600);
        Optional<MqttTls> tls = MqttTls.of(cfg, broker.encrypted());
        cfg.check();
        return new MqttSettings(broker, clientId, user, password, root, keepAlive, tls);
    }

    private static BrokerUrl broker(Cfg cfg) {
        try {
            return BrokerUrl.parse(cfg.text("url", "tcp://127.0.0.1:1883"));
        } catch (IllegalArgumentException e) {
            cfg.fault("url", String.valueOf(e.getMessage()));
            return new BrokerUrl(false, "", 0);
        }
    }

    private static String matching(Cfg cfg, String key, Pattern form, String expected, String otherwise) {
        Optional<String> text = cfg.text(key);
        if (text.isPresent() && !form.matcher(text.get()).matches()) {
            cfg.fault(key, "must be " + expected + (isShown(text.get()) ? ", not '" + text.get() + "'" : ""));
            return otherwise;
        }
        return text.orElse(otherwise);
    }

    /** Before an {@code @} there may be a password. */
    private static boolean isShown(String text) {
        return !text.contains("@");
    }
}
