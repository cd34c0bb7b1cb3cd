package org.bellwire.core.publish;

import org.bellwire.api.Property;
import org.bellwire.api.Topic;
import org.bellwire.core.phone.Phone;

/** The topics that core publishes. Nothing that a caller chose ever stands in one. */
public final class Topics {

    static final Topic BRIDGE_INFO = Topic.of("bridge", "info");
    public static final Topic BRIDGE_INBOX = Topic.of("bridge", "inbox");

    private Topics() {}

    static Topic state(Phone phone, Property property) {
        return Topic.of(phone.id(), "state", property.wire());
    }

    static Topic availability(Phone phone) {
        return Topic.of(phone.id(), "availability");
    }

    static Topic info(Phone phone) {
        return Topic.of(phone.id(), "info");
    }

    public static Topic result(String phone, String command) {
        return Topic.of(phone, "result", command);
    }
}
