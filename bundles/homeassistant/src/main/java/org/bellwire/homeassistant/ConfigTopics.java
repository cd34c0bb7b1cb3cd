package org.bellwire.homeassistant;

/** The topics of configs: {@code homeassistant/sensor/bellwire_reception_call/config}. */
record ConfigTopics(String prefix) {

    static final String OURS = "bellwire_";
    static final String DEVICE = "device";

    /** @param key of the entity, such as {@code sensor/call} */
    String entity(String device, String key) {
        int slash = key.indexOf('/');
        return prefix + "/" + key.substring(0, slash) + "/" + OURS + device + "_" + key.substring(slash + 1)
                + "/config";
    }

    String device(String device) {
        return prefix + "/" + DEVICE + "/" + OURS + device + "/config";
    }

    String filter(String component) {
        return prefix + "/" + component + "/+/config";
    }

    /** Where Home Assistant says {@code online} when it has started. */
    String status() {
        return prefix + "/status";
    }
}
