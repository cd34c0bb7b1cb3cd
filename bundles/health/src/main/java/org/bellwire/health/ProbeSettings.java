package org.bellwire.health;

import java.util.Map;
import org.bellwire.api.config.Cfg;

/**
 * What {@code org.bellwire.console.cfg} says.
 *
 * @param port 0 opens any that is free
 */
record ProbeSettings(String host, int port) {

    static final String PID = "org.bellwire.console";
    static final String FILE = PID + ".cfg";
    static final ProbeSettings DEFAULT = new ProbeSettings("127.0.0.1", 8181);

    /**
     * Reads the file.
     *
     * @throws org.bellwire.api.config.CfgException naming every fault
     */
    static ProbeSettings read(Map<String, ?> properties) {
        Cfg cfg = Cfg.of(FILE, properties);
        ProbeSettings settings =
                new ProbeSettings(cfg.text("host", DEFAULT.host()), cfg.integer("port", DEFAULT.port(), 0, 65_535));
        cfg.text("token"); // the web page's, which reads it itself
        cfg.check();
        return settings;
    }
}
