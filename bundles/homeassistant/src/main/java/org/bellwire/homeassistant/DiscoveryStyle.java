package org.bellwire.homeassistant;

import java.util.Locale;
import java.util.Optional;

/** How devices are announced. */
enum DiscoveryStyle {
    /** One config for each entity: what every Home Assistant and openHAB reads. */
    COMPONENT,
    /** One config for each device, with all its entities. */
    DEVICE,
    /** Nothing is announced, and what was is removed. */
    OFF;

    static Optional<DiscoveryStyle> ofWire(String text) {
        for (DiscoveryStyle style : values()) {
            if (style.name().toLowerCase(Locale.ROOT).equals(text)) {
                return Optional.of(style);
            }
        }
        return Optional.empty();
    }
}
