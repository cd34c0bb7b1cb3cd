package org.bellwire.homeassistant;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bellwire.api.config.Cfg;

/**
 * What {@code org.bellwire.homeassistant.cfg} says.
 *
 * @param prefix the topic below which Home Assistant looks for configs
 */
record DiscoverySettings(String prefix, DiscoveryStyle style) {

    static final String PID = "org.bellwire.homeassistant";
    static final DiscoverySettings DEFAULT = new DiscoverySettings("homeassistant", DiscoveryStyle.COMPONENT);

    private static final Pattern TOPIC = Pattern.compile("[^/+#$\\p{Cntrl}][^/+#\\p{Cntrl}]*(/[^/+#\\p{Cntrl}]+)*");
    private static final int MAX_PREFIX = 200;

    /**
     * Reads the file.
     *
     * @throws org.bellwire.api.config.CfgException naming every fault
     */
    static DiscoverySettings read(Map<String, ?> properties) {
        Cfg cfg = Cfg.of(PID + ".cfg", properties);
        DiscoverySettings settings = new DiscoverySettings(
                cfg.parsed("prefix", DiscoverySettings::topic, "a topic without + and #, such as homeassistant")
                        .orElse(DEFAULT.prefix()),
                cfg.parsed("style", DiscoveryStyle::ofWire, "component, device or off")
                        .orElse(DEFAULT.style()));
        cfg.check();
        return settings;
    }

    private static Optional<String> topic(String text) {
        return text.length() <= MAX_PREFIX && TOPIC.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }
}
