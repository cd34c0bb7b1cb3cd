package org.bellwire.binding.yealink;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.Property;
import org.bellwire.api.SwitchValue;
import org.bellwire.api.spi.ReadBack;

/**
 * Reads what a phone answers to {@code phonecfg=get}: lines of text. The fields of an account are known from programs that read them,
 * the form of the other lines is not: a line counts if it names one thing and one of the words for on and off.
 */
final class YealinkStatus {

    private static final int URI = 5;

    private static final List<String> ON = List.of("1", "on", "enabled", "true");
    private static final List<String> OFF = List.of("0", "off", "disabled", "false");

    private YealinkStatus() {}

    static ReadBack.State read(String body) {
        Map<Property, String> states = new EnumMap<>(Property.class);
        body.lines().forEach(line -> {
            if (line.regionMatches(true, 0, "Account", 0, 7)) {
                account(line, states);
            } else {
                setting(line.toLowerCase(Locale.ROOT), states);
            }
        });
        return new ReadBack.State(states, Optional.empty());
    }

    /** One account that is registered is enough; an account without an address is not set up. */
    private static void account(String line, Map<Property, String> states) {
        String[] fields = line.split("\\|", -1);
        boolean setUp = fields.length > URI && !fields[URI].isBlank();
        if (setUp && holds(line, "Enabled")) {
            states.put(Property.REGISTRATION, "registered");
        } else if (setUp && holds(line, "Disabled")) {
            states.putIfAbsent(Property.REGISTRATION, "unregistered");
        }
    }

    private static boolean holds(String line, String word) {
        return List.of(line.split("[|=,:;\\s]+")).contains(word);
    }

    private static void setting(String line, Map<Property, String> states) {
        int sign = Math.max(line.indexOf('='), line.indexOf(':'));
        Optional<Property> property = sign < 0 ? Optional.empty() : property(line.substring(0, sign));
        if (property.isPresent()) {
            String word = line.substring(sign + 1).strip().split("[|,;\\s]", 2)[0];
            if (ON.contains(word)) {
                states.put(property.get(), SwitchValue.ON.wire());
            } else if (OFF.contains(word)) {
                states.put(property.get(), SwitchValue.OFF.wire());
            }
        }
    }

    private static Optional<Property> property(String name) {
        if (name.contains("dnd")) {
            return Optional.of(Property.DND);
        }
        if (!name.contains("fwd") && !name.contains("forward")) {
            return Optional.empty();
        }
        if (name.contains("always")) {
            return Optional.of(Property.FORWARD_ALWAYS);
        }
        if (name.contains("busy")) {
            return Optional.of(Property.FORWARD_BUSY);
        }
        return name.contains("answ") ? Optional.of(Property.FORWARD_NO_ANSWER) : Optional.empty();
    }
}
