package org.bellwire.cluster;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bellwire.api.Message;
import org.bellwire.api.Topic;
import org.bellwire.api.port.Triggers;
import org.bellwire.cluster.LogRecords.Sender;

/**
 * What came of a trigger that another gateway's shell fired, as it is told to that one on {@code bridge/gateway/<name>/trigger}.
 *
 * @param number of the order at the gateway that sent it
 */
record RemoteOutcome(String number, Triggers.Outcome outcome) {

    static Topic topic(String gateway) {
        return Topic.of("bridge", "gateway", gateway, "trigger");
    }

    Message to(Sender sender) {
        return Message.of(topic(sender.gateway()), text());
    }

    private String text() {
        byte[] bytes = LogRecords.write(json -> {
            json.name("number").value(number);
            json.name("outcome").value(outcome.outcome());
            if (outcome.detail().isPresent()) {
                json.name("detail").value(outcome.detail().get());
            }
            json.name("steps").beginArray();
            for (String step : outcome.steps()) {
                json.value(step);
            }
            json.endArray();
        });
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Empty if it is none. */
    static Optional<RemoteOutcome> read(String text) {
        try {
            JsonObject json = JsonParser.parseString(text).getAsJsonObject();
            List<String> steps = new ArrayList<>();
            JsonArray told = json.getAsJsonArray("steps");
            told.forEach(step -> steps.add(step.getAsString()));
            Optional<String> detail = Optional.ofNullable(json.get("detail")).map(JsonElement::getAsString);
            return Optional.of(new RemoteOutcome(
                    json.get("number").getAsString(),
                    new Triggers.Outcome(json.get("outcome").getAsString(), detail, steps)));
        } catch (RuntimeException e) { // anybody can publish there
            return Optional.empty();
        }
    }
}
