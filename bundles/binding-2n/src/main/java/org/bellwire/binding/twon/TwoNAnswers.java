package org.bellwire.binding.twon;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.CallState;
import org.bellwire.api.Direction;
import org.bellwire.api.Property;
import org.bellwire.api.spi.EventLog;
import org.bellwire.api.spi.FlatJson;
import org.bellwire.api.spi.PhoneRequest;
import org.bellwire.api.spi.ReadBack;
import org.bellwire.api.spi.ReadBack.SeenCall;

/** Reads what an intercom answers: its calls, its SIP accounts, its log. An answer that is cut, or holds what is not known, tells nothing. */
final class TwoNAnswers {

    /** How its log is read. The intercom drops a channel by itself that nobody asks for a while. */
    static final EventLog LOG = new EventLog(
                    new PhoneRequest("/api/log/subscribe"), 20, TwoNAnswers::channel, TwoNAnswers::entries)
            .written(TwoNLogForm.FORM);

    private TwoNAnswers() {}

    /** Each session is a call; one that is set up to several stations at once names the first. */
    static ReadBack.State calls(String body) {
        List<Map<String, String>> sessions = FlatJson.holding("session", body);
        boolean list = body.strip().startsWith("[") || body.contains("\"sessions\"");
        if (!FlatJson.isWhole(body) || !list) {
            return ReadBack.State.NOTHING;
        }
        List<SeenCall> calls = new ArrayList<>();
        for (Map<String, String> session : sessions) {
            Optional<Direction> direction = direction(session.getOrDefault("direction", ""));
            Optional<CallState> state = state(session.getOrDefault("state", ""), direction);
            if (state.isEmpty()) {
                return ReadBack.State.NOTHING;
            }
            calls.add(new SeenCall(state.get(), direction, peer(session), Optional.empty()));
        }
        return new ReadBack.State(Map.of(), Optional.of(calls));
    }

    private static Optional<Direction> direction(String word) {
        return switch (word) {
            case "incoming" -> Optional.of(Direction.INBOUND);
            case "outgoing" -> Optional.of(Direction.OUTBOUND);
            default -> Optional.empty();
        };
    }

    private static Optional<CallState> state(String word, Optional<Direction> direction) {
        return switch (word) {
            case "connecting", "ringing" ->
                direction.map(way -> way == Direction.INBOUND ? CallState.RINGING : CallState.DIALING);
            case "connected" -> Optional.of(CallState.CONNECTED);
            default -> Optional.empty();
        };
    }

    /** The number in {@code sip:42@10.0.0.9}; an address without a user tells none. */
    private static Optional<String> peer(Map<String, String> session) {
        return Optional.ofNullable(session.get("calls.peer"))
                .or(() -> Optional.ofNullable(session.get("peer")))
                .filter(address -> address.contains("@") || !address.startsWith("sip"))
                .map(address -> address.replaceFirst("^sips?:", "").replaceFirst("@.*", ""))
                .filter(number -> !number.isEmpty());
    }

    /** One account that is registered is enough; one that is off, or has no number, is not set up. */
    static ReadBack.State accounts(String body) {
        List<String> registered = FlatJson.holding("account", body).stream()
                .filter(account -> account.containsKey("registered"))
                .filter(account -> !account.getOrDefault("sipNumber", "").isEmpty())
                .filter(account -> !"false".equals(account.get("enabled")))
                .filter(account -> !"false".equals(account.get("registrationEnabled")))
                .map(account -> account.getOrDefault("registered", ""))
                .toList();
        if (!FlatJson.isWhole(body) || registered.isEmpty()) {
            return ReadBack.State.NOTHING;
        }
        String state = registered.contains("true") ? "registered" : "unregistered";
        return new ReadBack.State(Map.of(Property.REGISTRATION, state), Optional.empty());
    }

    /** The request that waits for the next events of the channel that was opened. */
    private static Optional<PhoneRequest> channel(String body) {
        return FlatJson.holding("id", body).stream()
                .map(answer -> answer.getOrDefault("id", ""))
                .filter(id -> id.matches("\\d{1,10}"))
                .findFirst()
                .map(id -> new PhoneRequest("/api/log/pull").with("id", id).with("timeout", "20"));
    }

    private static Optional<List<EventLog.Entry>> entries(String body) {
        return FlatJson.isWhole(body) && body.contains("\"events\"")
                ? Optional.of(FlatJson.holding("event", body).stream()
                        .map(TwoNAnswers::entry)
                        .toList())
                : Optional.empty();
    }

    /** As Automation would report it: the table knows these names. What somebody typed is left out. */
    private static EventLog.Entry entry(Map<String, String> fields) {
        Map<String, String> told = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            if (name.startsWith("params.") && !name.equals("params.code")) {
                told.put(name.equals("params.key") ? "button" : name.substring("params.".length()), value);
            }
        });
        return new EventLog.Entry(name(fields.getOrDefault("event", ""), told), told);
    }

    private static String name(String event, Map<String, String> told) {
        String state = told.getOrDefault("state", "");
        if (event.equals("DeviceState") && state.equals("startup")) {
            return "Rebooted";
        }
        if (!event.equals("CallStateChanged")) {
            return event;
        }
        boolean begins = state.equals("ringing") || state.equals("connecting");
        return event + " " + (begins ? told.getOrDefault("direction", "") : state);
    }
}
