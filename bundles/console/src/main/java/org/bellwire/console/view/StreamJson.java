package org.bellwire.console.view;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.bellwire.api.Property;
import org.bellwire.api.Result;
import org.bellwire.console.http.JsonObjects;

/** What goes to those who look on, and results. */
public final class StreamJson {

    private static final String EVENT = "\"vendor_event\":\"";

    private StreamJson() {}

    /** As on {@code result/…}. */
    public static String result(Result result) {
        return JsonObjects.of(json -> {
            JsonObjects.optional(json, "id", result.id());
            json.name("phone").value(result.phone());
            json.name("command").value(result.command());
            json.name("status").value(result.status().wire());
            OptionalInt status = result.httpStatus();
            if (status.isPresent()) {
                json.name("http_status").value(status.getAsInt());
            }
            if (result.detail().isPresent()) {
                json.name("detail").value(result.detail().get());
            }
            json.name("time").value(result.time().toString());
            json.name("took_ms").value(result.tookMs());
        });
    }

    public static String states(String phone, Map<Property, String> changes) {
        return JsonObjects.of(json -> {
            json.name("id").value(phone);
            json.name("states").beginObject();
            for (Map.Entry<Property, String> change : changes.entrySet()) {
                json.name(change.getKey().wire()).value(change.getValue());
            }
            json.endObject();
        });
    }

    public static String availability(String phone, boolean online) {
        return JsonObjects.of(json -> {
            json.name("id").value(phone);
            json.name("availability").value(online ? "online" : "offline");
        });
    }

    /**
     * A phone that is another now.
     *
     * @param what {@code changed} or {@code gone}
     */
    public static String phone(String phone, String what) {
        return JsonObjects.of(json -> {
            json.name("id").value(phone);
            json.name(what).value(true);
        });
    }

    public static String refused(Optional<String> address, int status, String reason, String time, long left) {
        return JsonObjects.of(json -> {
            json.name("time").value(time);
            JsonObjects.optional(json, "address", address);
            json.name("http_status").value(status);
            json.name("reason").value(reason);
            json.name("more").value(left);
        });
    }

    /** The vendor's name of an event, out of its JSON, which Bellwire wrote: before anything that a phone chose. */
    public static String vendorEvent(String payload) {
        int at = payload.indexOf(EVENT);
        int end = at < 0 ? -1 : payload.indexOf('"', at + EVENT.length());
        return end < 0 ? "" : payload.substring(at + EVENT.length(), end);
    }
}
