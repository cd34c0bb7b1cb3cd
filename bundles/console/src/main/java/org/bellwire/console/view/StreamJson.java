package org.bellwire.console.view;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.bellwire.api.Property;
import org.bellwire.api.Result;
import org.bellwire.api.port.SentRequest;
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

    /** A request that was not taken in; its target has no secrets any more. */
    public static String refused(String address, int status, String reason, String target, Instant time, long left) {
        return JsonObjects.of(json -> {
            json.name("time").value(time.toString());
            json.name("address").value(address);
            json.name("target").value(target);
            json.name("http_status").value(status);
            json.name("reason").value(reason);
            json.name("more").value(left);
        });
    }

    /** A request that a phone of ours has made; its target has no secrets any more. */
    public static String request(String phone, String method, String target, int status, Instant time) {
        return JsonObjects.of(json -> {
            json.name("phone").value(phone);
            json.name("time").value(time.toString());
            json.name("method").value(method);
            json.name("target").value(target);
            json.name("http_status").value(status);
        });
    }

    /** A request to a phone; of its body only what kind it is. */
    public static String sent(SentRequest sent, MaskedTarget mask) {
        Optional<String> body =
                sent.request().body().map(one -> one.type() + ", " + one.text().length());
        return JsonObjects.of(json -> {
            json.name("phone").value(sent.phone().value());
            json.name("command").value(sent.order().command());
            json.name("from").value(sent.order().origin().text());
            json.name("time").value(sent.time().toString());
            json.name("method").value(sent.request().method().name());
            json.name("url").value(sent.base() + mask.sent(sent.request().target()));
            JsonObjects.optional(json, "body", body);
            json.name("meant").value(sent.answer().kind().name().toLowerCase(Locale.ROOT));
            OptionalInt status = sent.answer().httpStatus();
            if (status.isPresent()) {
                json.name("http_status").value(status.getAsInt());
            }
            JsonObjects.optional(json, "detail", sent.answer().detail());
            json.name("took_ms").value(sent.tookMs());
        });
    }

    /** The vendor's name of an event, out of its JSON, which Bellwire wrote: before anything that a phone chose. */
    public static String vendorEvent(String payload) {
        int at = payload.indexOf(EVENT);
        int end = at < 0 ? -1 : payload.indexOf('"', at + EVENT.length());
        return end < 0 ? "" : payload.substring(at + EVENT.length(), end);
    }
}
