package org.bellwire.itests;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/** A message as a subscriber got it. {@code retained}: the broker had kept it. */
record ReceivedMessage(String topic, String payload, boolean retained, long nanos) {

    JsonObject json() {
        return JsonParser.parseString(payload).getAsJsonObject();
    }

    /** A text of the JSON payload. */
    String text(String key) {
        return json().get(key).getAsString();
    }

    /** {@code accepted}, {@code refused}, … of a result. */
    String status() {
        return text("status");
    }
}
