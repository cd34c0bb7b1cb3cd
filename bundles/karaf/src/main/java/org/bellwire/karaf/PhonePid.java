package org.bellwire.karaf;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.PhoneId;
import org.osgi.framework.Constants;
import org.osgi.service.cm.ConfigurationAdmin;

/** The PID of a phone: the factory's, a tilde and its id. Karaf's users also write it as the file is called, with a dash. */
final class PhonePid {

    static final String FACTORY = "org.bellwire.phone";

    private PhonePid() {}

    static String of(String id) {
        return FACTORY + "~" + id;
    }

    static boolean isFactory(String pid) {
        return pid.equals(FACTORY);
    }

    /** Empty: the PID is no phone's. */
    static Optional<String> idOf(String pid) {
        return pid.startsWith(FACTORY + "~") || pid.startsWith(FACTORY + "-")
                ? PhoneId.parse(pid.substring(FACTORY.length() + 1)).map(PhoneId::value)
                : Optional.empty();
    }

    /** The values as text, without what the configuration admin and File Install note beside them. */
    static Map<String, String> withoutMarks(Map<String, Object> properties) {
        Map<String, String> values = new HashMap<>();
        properties.forEach((key, value) -> {
            if (!key.startsWith("felix.fileinstall.")
                    && !key.equals(Constants.SERVICE_PID)
                    && !key.equals(ConfigurationAdmin.SERVICE_FACTORYPID)) {
                values.put(key, String.valueOf(value));
            }
        });
        return values;
    }
}
