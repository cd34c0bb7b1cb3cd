package org.bellwire.itests;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A file {@code org.bellwire.phone-<id>.cfg}. */
record PhoneFile(String id, Map<String, String> keys) {

    static PhoneFile of(String id, String vendor) {
        return new PhoneFile(id, Map.of()).with("vendor", vendor).with("probe.s", "0");
    }

    PhoneFile with(String key, String value) {
        Map<String, String> all = new LinkedHashMap<>(keys);
        all.put(key, value);
        return new PhoneFile(id, all);
    }

    /** Where its commands go. */
    PhoneFile at(RecordingPhone phone) {
        return with("host", phone.host()).with("port", String.valueOf(phone.port()));
    }

    String fileName() {
        return "org.bellwire.phone-" + id + ".cfg";
    }

    String text() {
        return keys.entrySet().stream()
                .map(entry -> entry.getKey() + " = " + entry.getValue() + "\n")
                .collect(Collectors.joining());
    }
}
