package org.bellwire.itests.random;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.bellwire.api.EventMessage;
import org.bellwire.api.EventType;
import org.bellwire.api.Message;
import org.bellwire.api.Property;
import org.bellwire.api.Topic;
import org.bellwire.api.Variables;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.BusStatistics;
import org.bellwire.api.spi.PhoneBinding;

/** A broker that takes everything and looks at it as the contract's reader: a message that breaks a promise throws. */
final class FuzzBus implements Bus {

    private static final int MAX_CALLS = 16;
    private static final int MAX_STATE = 255;
    private static final int MAX_STRANGERS = 1000;
    private static final Set<String> STATES = Set.of("idle", "ringing", "dialing", "connected", "held");
    private static final Pattern TIME = Pattern.compile("2026-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");

    private final Set<String> topics = new HashSet<>(Set.of("bridge/info", "bridge/inbox"));
    private final Set<String> kinds = new TreeSet<>();
    private boolean connected = true;
    private String secret = "";
    private Consumer<Message> listener = message -> {};

    /** From now on this phone may be spoken of, and only by what its vendor can report. */
    void expect(String phone, PhoneBinding binding) {
        topics.add(phone + "/availability");
        topics.add(phone + "/info");
        for (Property property : binding.events().properties()) {
            topics.add(phone + "/state/" + property.wire());
        }
        for (EventType type : binding.events().events()) {
            topics.add(phone + "/event/" + type.wire());
        }
    }

    /** From now on this must not stand in what an event tells of its request. */
    void keepSecret(String text) {
        secret = text;
    }

    /** Hears what is published from now on. */
    void listen(Consumer<Message> who) {
        listener = who;
    }

    void setConnected(boolean now) {
        connected = now;
    }

    /** What was published since the last call, each kind once: tells one way through the code from another. */
    Set<String> kinds() {
        Set<String> seen = new TreeSet<>(kinds);
        kinds.clear();
        return seen;
    }

    @Override
    public CompletionStage<Void> deliver(EventMessage event) {
        return publish(event.onTime());
    }

    @Override
    public BusStatistics statistics() {
        throw new UnsupportedOperationException("core does not ask");
    }

    @Override
    public CompletionStage<Void> publishPatiently(Message message) {
        return publish(message);
    }

    @Override
    public CompletionStage<Void> publish(Message message) {
        if (!connected) {
            return CompletableFuture.failedFuture(new Undelivered("the broker is away"));
        }
        String topic = message.topic().path();
        expect(topics.contains(topic), "no such topic", message);
        expect(message.retained() != topic.contains("/event/"), "retained or not", message);
        expect(isPlain(message.payload()), "a control character", message);
        kinds.add(topic);
        look(message);
        listener.accept(message);
        return CompletableFuture.completedFuture(null);
    }

    private void look(Message message) {
        Topic topic = message.topic();
        String what = topic.levels().get(1);
        if (what.equals("event")) {
            event(message, JsonParser.parseString(message.payload()).getAsJsonObject());
        } else if (what.equals("state")) {
            state(message, topic.levels().get(2));
        } else if (what.equals("info")) {
            bounded(JsonParser.parseString(message.payload()), message);
        } else if (what.equals("inbox")) {
            JsonArray inbox = JsonParser.parseString(message.payload()).getAsJsonArray();
            expect(inbox.size() <= MAX_STRANGERS, "too many strangers", message);
            bounded(inbox, message);
        }
    }

    private void event(Message message, JsonObject json) {
        bounded(json, message);
        String type = json.get("event_type").getAsString();
        expect(message.topic().levels().get(2).equals(type), "topic and event_type differ", message);
        expect(message.topic().levels().get(0).equals(json.get("phone").getAsString()), "another phone", message);
        expect(TIME.matcher(json.get("time").getAsString()).matches(), "no time", message);
        expect(!json.get("late").getAsBoolean() && json.get("seq").getAsLong() > 0, "late or without seq", message);
        boolean ofCall = EventType.ofWire(type).filter(EventType::isOfCall).isPresent();
        expect(ofCall == json.has("call"), "call is there or not", message);
        JsonObject params = json.getAsJsonObject("params");
        expect(params.size() <= Variables.MAX_COUNT, "too many params", message);
        expect(
                secret.isEmpty() || !(params + json.get("vendor_event").getAsString()).contains(secret),
                "a token",
                message);
        if (ofCall) {
            kinds.add(type + json.getAsJsonObject("call").keySet());
        }
        boolean end = type.equals("call_ended") || type.equals("call_missed");
        expect(end == (ofCall && json.getAsJsonObject("call").has("outcome")), "outcome is there or not", message);
        if (json.get("derived").getAsBoolean()) {
            kinds.add("derived " + type);
        }
    }

    private void state(Message message, String property) {
        String value = message.payload();
        switch (property) {
            case "calls" -> {
                JsonArray calls = JsonParser.parseString(value).getAsJsonArray();
                expect(calls.size() <= MAX_CALLS, "too many calls", message);
                bounded(calls, message);
                kinds.add("calls " + calls.size());
            }
            case "call" -> expect(STATES.contains(value), "no state", message);
            case "direction" -> expect(Set.of("", "inbound", "outbound").contains(value), "no direction", message);
            case "peer_number", "peer_name", "peer_tags", "local", "ip" ->
                expect(value.length() <= MAX_STATE, "too long", message);
            case "missed" -> expect(value.matches("[0-9]{1,6}"), "no count", message);
            case "door" -> expect(Set.of("open", "closed").contains(value), "no door", message);
            case "registration" ->
                expect(Set.of("registered", "unregistered", "failed").contains(value), "no registration", message);
            default -> expect(Set.of("ON", "OFF").contains(value), "neither ON nor OFF", message);
        }
        kinds.add(property + (value.length() < 16 && !property.startsWith("peer") ? value : ""));
    }

    /** No name and no value is longer than a variable may be. */
    private void bounded(JsonElement json, Message message) {
        if (json.isJsonArray()) {
            json.getAsJsonArray().forEach(element -> bounded(element, message));
        } else if (json.isJsonObject()) {
            for (Map.Entry<String, JsonElement> entry : json.getAsJsonObject().entrySet()) {
                expect(entry.getKey().length() <= Variables.MAX_LENGTH && isPlain(entry.getKey()), "a name", message);
                bounded(entry.getValue(), message);
            }
        } else if (json.isJsonPrimitive()) {
            String text = json.getAsString();
            expect(text.length() <= Variables.MAX_LENGTH && isPlain(text), "a value", message);
        }
    }

    /** Without control characters and halves of pairs. */
    private static boolean isPlain(String text) {
        return text.codePoints().noneMatch(c -> Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF));
    }

    private static void expect(boolean holds, String otherwise, Message message) {
        if (!holds) {
            throw new IllegalStateException(otherwise + ": " + message.topic() + " " + message.payload());
        }
    }

    @Override
    public boolean isConnected() {
        return connected;
    }

    @Override
    public Subscription onConnection(Runnable whenConnected, Runnable whenDisconnected) {
        whenConnected.run();
        return () -> {};
    }

    @Override
    public Subscription subscribe(Subscriber subscriber) {
        subscriber.connected();
        return () -> {};
    }
}
