package org.bellwire.core.publish;

import org.bellwire.api.Property;
import org.bellwire.api.Topic;
import org.bellwire.core.phone.Phone;

/** The topics that core publishes. Nothing that a caller chose ever stands in one. */
public final class Topics {

    static final Topic BRIDGE_INFO = Topic.of("bridge", "info");
    public static final Topic BRIDGE_INBOX = Topic.of("bridge", "inbox");

    private Topics() {}

    private static Topic of(Phone phone, String... levels) {
        return Topic.of(phone.id() + "/" + String.join("/", levels))
                .below(phone.site().root());
    }

    static Topic state(Phone phone, Property property) {
        return of(phone, "state", property.wire());
    }

    static Topic availability(Phone phone) {
        return of(phone, "availability");
    }

    static Topic info(Phone phone) {
        return of(phone, "info");
    }

    public static Topic result(String phone, String command) {
        return Topic.of(phone, "result", command);
    }
}
