package org.bellwire.itests.random;

import static org.assertj.core.api.Assertions.fail;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bellwire.api.EventType;
import org.bellwire.api.Property;
import org.bellwire.api.port.ActionUrl;
import org.bellwire.api.spi.EventTable;
import org.bellwire.api.spi.ReadBack;
import org.bellwire.core.common.Moment;
import org.bellwire.core.event.ReportedEvent;
import org.bellwire.core.event.TokenFinder;
import org.bellwire.core.phone.EventFact;
import org.bellwire.core.phone.PhoneSession;

/** A phone's session with all that came to it and out of it. */
final class SequencesScene {
    private final EventTable table;
    private final int seed;
    private final PhoneSession session = new PhoneSession();
    private final List<Object> history = new ArrayList<>();
    private final Map<Property, String> told = new EnumMap<>(Property.class);
    private long seq;

    SequencesScene(EventTable table, int seed) {
        this.table = table;
        this.seed = seed;
    }

    List<EventFact> receive(ActionUrl url, EventType type, Instant now) {
        history.add(List.of(now, url.path(), url.variables().asSent()));
        ReportedEvent signal = ReportedEvent.read(table, url, new TokenFinder());
        check(signal.event().isPresent(), "names an event");
        List<EventFact> facts = session.takeIn(table, signal.event().orElse(""), signal.variables(), moment(now))
                .facts();
        for (EventFact fact : facts) {
            history.add(fact);
            check(fact.seq() == ++seq, "seq rises by one");
        }
        table.find(signal.event().orElse("")).ifPresent(row -> told.putAll(row.sets()));
        told.putAll(type.sets());
        if (!table.reportsBusy()) {
            told.remove(Property.BUSY); // calls make it so, too
        }
        if (type == EventType.DEVICE_BOOTED) {
            for (Property off : List.of(Property.OFF_HOOK, Property.MUTE, Property.BUSY)) {
                told.computeIfPresent(off, (property, before) -> "OFF");
            }
        }
        told.forEach((property, value) -> check(state(property), value, property.wire()));
        return facts;
    }

    /** The phone is asked, and shows no call. */
    void showsNoCall(Instant now) {
        history.add(List.of(now, "shows no call"));
        ReadBack.State none = new ReadBack.State(Map.of(), Optional.of(List.of()));
        for (EventFact fact : session.learn(table, none, moment(now)).facts()) {
            check(fact.seq() == ++seq, "seq rises by one");
            check(fact.type() == EventType.CALL_ENDED && fact.derived(), "an end that is derived");
        }
    }

    private static Moment moment(Instant now) {
        return new Moment(now, Duration.between(Instant.EPOCH, now).toNanos());
    }

    /** What holds after every event, whatever came. */
    void checkStates() {
        if (session.callState().isEmpty()) {
            check(state(Property.CALLS).equals("unknown"), "nothing is said of calls before one is heard of");
            return;
        }
        List<JsonObject> calls = calls();
        String first = Stream.of("connected", "dialing", "ringing", "held")
                .filter(word ->
                        calls.stream().anyMatch(call -> text(call, "state").equals(word)))
                .findFirst()
                .orElse("idle");
        check(state(Property.CALL).equals(first), "call is that of calls");
        check(calls.size() <= 16, "no more than 16 calls");
        if (!table.reportsBusy() && !table.reports(EventType.LINE_BUSY)) {
            check(state(Property.BUSY).equals(calls.isEmpty() ? "OFF" : "ON"), "busy while there is a call");
        }
        if (calls.isEmpty()) {
            check(
                    (state(Property.DIRECTION) + state(Property.PEER_NUMBER) + state(Property.PEER_NAME)).isEmpty(),
                    "no peer when idle");
        }
    }

    List<JsonObject> calls() {
        return JsonParser.parseString(state(Property.CALLS)).getAsJsonArray().asList().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    static String text(JsonObject call, String key) {
        return call.has(key) ? call.get(key).getAsString() : "";
    }

    String state(Property property) {
        return session.state(property).orElse("unknown");
    }

    void checkIdle() {
        check(state(Property.CALLS).equals("[]"), "calls is []");
        check(state(Property.CALL).equals("idle"), "call is idle");
    }

    void check(Object is, Object expected, String what) {
        if (!is.equals(expected)) {
            check(false, what + " " + is + " = " + expected);
        }
    }

    void check(boolean holds, String what) {
        if (!holds) {
            fail("seed " + seed + ": " + what + " does not hold; call=" + state(Property.CALL) + " calls="
                    + state(Property.CALLS) + " busy=" + state(Property.BUSY) + " peer="
                    + state(Property.PEER_NUMBER) + " after\n"
                    + history.stream().map(Object::toString).collect(Collectors.joining("\n")));
        }
    }
}
