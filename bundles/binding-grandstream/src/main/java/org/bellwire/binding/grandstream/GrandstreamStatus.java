package org.bellwire.binding.grandstream;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.CallState;
import org.bellwire.api.Direction;
import org.bellwire.api.Property;
import org.bellwire.api.spi.AnswerTable;
import org.bellwire.api.spi.FlatJson;
import org.bellwire.api.spi.ReadBack;
import org.bellwire.api.spi.ReadBack.SeenCall;

/** Reads what a phone answers: whether it did as it was told, its lines and its accounts. A list that is cut, or holds what is not known, tells nothing. */
final class GrandstreamStatus {

    private static final String GATES =
            "on its page switch Action URI Support on, its pop-up window off, and put this gateway's"
                    + " address on the Action URI Allowed IP List, which is empty from the factory";

    /** Errors come with the status of a success; the web page's own words are seen where an account is locked. */
    static final AnswerTable ANSWERS = AnswerTable.USUAL
            .unauthorized(403, "the phone refuses remote control: " + GATES)
            .unauthorized(
                    "\"body\":\"locked\"",
                    "the phone is locked after wrong passwords: wait, or restart it; then check password in the phone's file")
            .unauthorized(
                    "\"body\":\"wrong",
                    "the phone refuses password of the phone's file; it locks after five wrong ones")
            .unauthorized(
                    "session-expired",
                    "this firmware wants a login by its web page, which Bellwire does not do; look for an older form of CTI control on its page")
            .unauthorized(
                    "\"body\":\"userisnotallow",
                    "the phone does not let this account command it: take the administrator's password")
            .failure(
                    "\"response\":\"error\",\"body\":\"unknown\"",
                    "the phone does not know this key or action; its model may lack it")
            .failure(
                    "\"response\":\"error\"", "the phone says error: check password in the phone's file, and " + GATES);

    private static final Map<String, Optional<CallState>> STATES = Map.of(
            "idle", Optional.empty(),
            "failed", Optional.empty(),
            "dialing", Optional.of(CallState.DIALING),
            "calling", Optional.of(CallState.DIALING),
            "ringing", Optional.of(CallState.RINGING),
            "connected", Optional.of(CallState.CONNECTED),
            "onhold", Optional.of(CallState.HELD));

    private GrandstreamStatus() {}

    /** Every line with its call; the direction of a call that is connected is not told. */
    static ReadBack.State lines(String body) {
        List<Map<String, String>> lines = whole(body, "line");
        List<SeenCall> calls = new ArrayList<>();
        for (Map<String, String> line : lines) {
            String word = line.getOrDefault("state", "");
            if (!STATES.containsKey(word)) {
                return ReadBack.State.NOTHING;
            }
            STATES.getOrDefault(word, Optional.empty()).ifPresent(state -> calls.add(call(state, line)));
        }
        return lines.isEmpty() ? ReadBack.State.NOTHING : new ReadBack.State(Map.of(), Optional.of(calls));
    }

    private static SeenCall call(CallState state, Map<String, String> line) {
        Optional<String> number = text(line, "remotenumber");
        Optional<Direction> direction = switch (state) {
            case RINGING -> Optional.of(Direction.INBOUND);
            case DIALING -> Optional.of(Direction.OUTBOUND);
            default -> Optional.empty();
        };
        return new SeenCall(
                state, direction, number, text(line, "remotename").filter(name -> !number.equals(Optional.of(name))));
    }

    /** One account that is registered is enough; an account without a SIP id is not set up. */
    static ReadBack.State accounts(String body) {
        List<String> registered = whole(body, "id").stream()
                .filter(account -> text(account, "sip_id").isPresent())
                .flatMap(account -> text(account, "reg").stream())
                .toList();
        if (registered.isEmpty()) {
            return ReadBack.State.NOTHING;
        }
        String state = registered.contains("1") ? "registered" : "unregistered";
        return new ReadBack.State(Map.of(Property.REGISTRATION, state), Optional.empty());
    }

    /** The entries of a list that came to its end. */
    private static List<Map<String, String>> whole(String body, String key) {
        boolean success = body.contains("success") && body.stripTrailing().endsWith("}");
        List<Map<String, String>> entries = FlatJson.objects(body);
        return success && entries.stream().allMatch(entry -> entry.containsKey(key)) ? entries : List.of();
    }

    private static Optional<String> text(Map<String, String> entry, String key) {
        return Optional.ofNullable(entry.get(key)).map(String::strip).filter(text -> !text.isEmpty());
    }
}
