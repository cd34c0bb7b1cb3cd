package org.bellwire.homeassistant;

import java.util.HashMap;
import java.util.Map;

/** Values that only one device may have: the first that asks for one keeps it until it is released. */
final class Claims {

    private final Map<String, String> owners = new HashMap<>();
    private final Map<String, String> values = new HashMap<>();

    /** True: the device has the value now, in the place of another that it may have had. */
    boolean claim(String device, String value) {
        String owner = owners.putIfAbsent(value, device);
        if (owner != null && !owner.equals(device)) {
            return false;
        }
        String before = values.put(device, value);
        if (before != null && !before.equals(value)) {
            owners.remove(before);
        }
        return true;
    }

    void release(String device) {
        String value = values.remove(device);
        if (value != null) {
            owners.remove(value);
        }
    }
}
