package org.bellwire.broker;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.config.Cfg;
import org.bellwire.api.config.IpLiteral;

/**
 * What the broker relies on.
 *
 * @param wanted whether Bellwire's own url is this broker
 * @param url that of Bellwire's own connection
 * @param clientId that of Bellwire's own connection, if the file says one
 */
record BrokerSettings(
        String host,
        int port,
        Path directory,
        Authenticator guard,
        boolean wanted,
        String url,
        Optional<String> clientId) {

    static final String PID = "org.bellwire.broker";
    /** Whose user and password are asked for, and whose url says whether a broker is needed at all. */
    static final String MQTT = "org.bellwire.mqtt";

    /**
     * Reads both files' properties.
     *
     * @throws org.bellwire.api.config.CfgException if anything is wrong
     */
    static BrokerSettings of(Map<String, ?> properties) {
        Cfg cfg = Cfg.of(PID + ".cfg", properties);
        String host = cfg.text("host", "127.0.0.1");
        int port = cfg.integer("port", 1883, 0, 65535);
        Path directory = cfg.folder("dir", "data/broker");
        Cfg mqtt = Cfg.of(MQTT + ".cfg", properties);
        String url = mqtt.text("url", "tcp://127.0.0.1:1883");
        Authenticator guard = new Authenticator(mqtt.text("user"), mqtt.secret("password"));
        if (!isLoopback(host) && guard.user().isEmpty()) {
            cfg.fault("host", Cfg.shown(host) + " is open to others: first set user and password in " + MQTT + ".cfg");
        }
        cfg.check();
        mqtt.check();
        return new BrokerSettings(host, port, directory, guard, isHere(url, port), url, mqtt.text("client.id"));
    }

    /** Whether a client is, by its id, Bellwire itself, for which there is always room. */
    boolean isOwn(String id) {
        return clientId.map(id::equals).orElseGet(() -> id.startsWith("bellwire-"));
    }

    private static boolean isHere(String url, int port) {
        try {
            URI uri = URI.create(url);
            int told = uri.getPort() < 0 ? 1883 : uri.getPort();
            return "tcp".equals(uri.getScheme())
                    && told == port
                    && isLoopback(Optional.ofNullable(uri.getHost()).orElse(""));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost")
                || IpLiteral.parseLoosely(host)
                        .filter(InetAddress::isLoopbackAddress)
                        .isPresent();
    }
}
