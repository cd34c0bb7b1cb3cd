package org.bellwire.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.CallInfo;
import org.bellwire.api.CallState;
import org.bellwire.api.Direction;
import org.bellwire.api.EventType;
import org.bellwire.api.Variables;
import org.bellwire.api.spi.EventTable;

/**
 * The calls of one phone, as its events tell them; for every vendor the same. Not thread-safe: its phone guards it.
 *
 * <p>Phones send end events twice, and others after the end; calls that ended are therefore remembered, and for a while
 * only a new incoming or outgoing call brings their id to life again.
 */
final class CallModel {

    private static final int MAX_CALLS = 16;
    private static final int MAX_ENDED = 32;
    private static final Duration LATE = Duration.ofSeconds(10);
    private static final Duration REPEATED = Duration.ofMinutes(1);

    private final List<Call> calls = new ArrayList<>();
    private final Map<String, Call> ended = new LinkedHashMap<>();
    private boolean known;

    /** An event after the calls have taken it in: its meaning, its call, and what else it tells. */
    record Reading(EventType type, boolean derived, CallInfo call, boolean missed) {}

    /**
     * The calls at one moment.
     *
     * @param known an event has told of calls
     * @param ended those whose end could be told again
     */
    record Snapshot(boolean known, List<Call> calls, List<Call> ended) {

        /** If calls were known, that there are none any more. */
        Snapshot idle() {
            return new Snapshot(known, List.of(), ended);
        }
    }

    /** What a restart must not take away. */
    Snapshot snapshot(Optional<Instant> lastEvent) {
        List<Call> recent = ended.values().stream()
                .filter(call -> lastEvent
                        .filter(last -> call.since().isAfter(last.minus(REPEATED)))
                        .isPresent())
                .toList();
        return new Snapshot(known, List.copyOf(calls), recent);
    }

    /** Goes on from there. */
    void restore(Snapshot before) {
        known = before.known();
        calls.clear();
        before.calls().stream().limit(MAX_CALLS).forEach(calls::add);
        ended.clear();
        before.ended().forEach(call -> call.id().ifPresent(id -> remember(id, call)));
    }

    /** Takes in an event of the vendor. */
    Reading read(EventTable table, EventType type, Variables variables, Instant now) {
        if (type == EventType.DEVICE_BOOTED) {
            calls.clear();
            known = true;
        }
        if (!type.isOfCall()) {
            return new Reading(type, false, CallInfo.NONE, false);
        }
        Optional<String> id = table.callVariables().callId(variables);
        Optional<Call> over = id.map(ended::get).filter(call -> call.since().isAfter(now.minus(LATE)));
        Optional<Call> found = over.isPresent() && !begins(type) ? named(id) : unlessReplaced(find(type, id), type);
        Optional<Call> before = found.or(() -> over);
        Optional<Direction> told = direction(type).or(() -> before.flatMap(Call::direction));
        CallInfo info = table.callVariables().read(variables, told);
        EventType meaning = meaning(table, type, found);
        known |= isEnd(type) || next(type).isPresent();
        boolean unheard =
                found.isPresent() || id.filter(any -> !ended.containsKey(any)).isPresent();
        boolean missed = type == EventType.CALL_ENDED
                && table.derives(EventType.CALL_MISSED)
                && unheard
                && info.direction().filter(d -> d == Direction.INBOUND).isPresent()
                && !table.callVariables()
                        .wasAnswered(variables)
                        .orElse(found.filter(c -> !c.connected()).isEmpty());
        Optional<Call> after = isEnd(type) ? end(found, before, info, now) : move(found, before, meaning, info, now);
        CallInfo call = after.map(c -> (saysPeer(type) ? c : c.with(info)).info(info.otherId()))
                .orElse(info);
        return new Reading(meaning, meaning != type, call, missed);
    }

    private static EventType meaning(EventTable table, EventType type, Optional<Call> found) {
        boolean resumed = type == EventType.CALL_CONNECTED
                && table.derives(EventType.CALL_RESUMED)
                && found.filter(call -> call.state() == CallState.HELD).isPresent();
        return resumed ? EventType.CALL_RESUMED : type;
    }

    /** Where the phone's calls stand; empty until an event told. */
    Optional<CallState> state() {
        if (!known) {
            return Optional.empty();
        }
        return Optional.of(speaking().map(Call::state).orElse(CallState.IDLE));
    }

    /** The call that speaks for the phone: the first of connected, dialing, ringing, held. */
    Optional<Call> speaking() {
        return calls.stream().min(Comparator.comparing(Call::state));
    }

    List<Call> calls() {
        return Collections.unmodifiableList(calls);
    }

    /** The call that an event means. One without an id, and calls without one, are matched by what the event can mean. */
    private Optional<Call> find(EventType type, Optional<String> id) {
        boolean anonymousOnly = id.isPresent() || begins(type);
        return named(id)
                .or(() -> calls.stream()
                        .filter(call -> call.id().isEmpty() || !anonymousOnly)
                        .filter(call -> mayMean(type, call))
                        .filter(call -> id.isEmpty() || !begins(type) || !call.connected())
                        .min(likeliest(type)));
    }

    private Optional<Call> named(Optional<String> id) {
        return calls.stream()
                .filter(call -> id.isPresent() && call.id().equals(id))
                .findFirst();
    }

    private static boolean mayMean(EventType type, Call call) {
        boolean otherWay = direction(type).isPresent() && !isOf(call, direction(type));
        boolean neverAnswered = isEnd(type) && type != EventType.CALL_ENDED;
        return !otherWay && !(neverAnswered && call.connected());
    }

    private static boolean isOf(Call call, Optional<Direction> direction) {
        return call.direction().isEmpty() || call.direction().equals(direction);
    }

    /** Of several calls, the one that an event without a call id most likely means. */
    private static Comparator<Call> likeliest(EventType type) {
        List<CallState> order = switch (type) {
            case CALL_CONNECTED, CALL_WAITING_ANSWERED, CALL_MISSED, CALL_REJECTED, CALL_FORWARDED ->
                List.of(CallState.RINGING, CallState.DIALING, CallState.HELD, CallState.CONNECTED);
            case CALL_RESUMED -> List.of(CallState.HELD, CallState.CONNECTED, CallState.RINGING, CallState.DIALING);
            default -> List.of(CallState.CONNECTED, CallState.DIALING, CallState.RINGING, CallState.HELD);
        };
        return Comparator.comparingInt(call -> order.indexOf(call.state()));
    }

    /** A new call under the id of one that goes the other way: that one has ended, and its end was lost. */
    private Optional<Call> unlessReplaced(Optional<Call> found, EventType type) {
        Optional<Call> replaced = found.filter(call -> begins(type) && !isOf(call, direction(type)));
        replaced.ifPresent(calls::remove);
        return replaced.isPresent() ? Optional.empty() : found;
    }

    private Optional<Call> end(Optional<Call> found, Optional<Call> before, CallInfo info, Instant now) {
        found.ifPresent(calls::remove);
        Optional<Call> unknown = info.id().map(id -> Call.begin(CallState.IDLE, info.direction(), info, now));
        Optional<Call> after = before.or(() -> unknown).map(call -> call.with(info));
        after.ifPresent(call -> call.id().ifPresent(id -> remember(id, call.over(now))));
        return after;
    }

    private void remember(String id, Call call) {
        ended.remove(id);
        ended.put(id, call);
        if (ended.size() > MAX_ENDED) {
            ended.remove(ended.keySet().iterator().next());
        }
    }

    private Optional<Call> move(
            Optional<Call> found, Optional<Call> before, EventType type, CallInfo info, Instant now) {
        Optional<CallState> next = next(type);
        if (found.isPresent()) {
            Call call = found.get();
            Call told = saysPeer(type) ? call.with(info) : call;
            boolean again = begins(type) && call.connected();
            Call moved = again || next.isEmpty() ? told : told.in(next.get(), now);
            calls.set(calls.indexOf(call), moved);
            return Optional.of(moved);
        }
        if (next.isEmpty() || (before.isPresent() && !begins(type))) {
            return before.map(call -> call.with(info));
        }
        info.id().ifPresent(ended::remove);
        if (calls.size() == MAX_CALLS) {
            calls.remove(0);
        }
        Call begun = Call.begin(next.get(), direction(type).or(info::direction), info, now);
        calls.add(begun);
        return Optional.of(begun);
    }

    private static boolean begins(EventType type) {
        return type == EventType.CALL_INCOMING || type == EventType.CALL_OUTGOING;
    }

    /** The number in these events is that of the call's other party, not of a third one. */
    private static boolean saysPeer(EventType type) {
        return next(type).isPresent()
                || isEnd(type)
                || type == EventType.CALL_UPDATED
                || type == EventType.TRANSFER_RECEIVED;
    }

    private static Optional<Direction> direction(EventType type) {
        return switch (type) {
            case CALL_INCOMING, CALL_MISSED, CALL_REJECTED, CALL_FORWARDED -> Optional.of(Direction.INBOUND);
            case CALL_OUTGOING -> Optional.of(Direction.OUTBOUND);
            default -> Optional.empty();
        };
    }

    private static Optional<CallState> next(EventType type) {
        return switch (type) {
            case CALL_INCOMING -> Optional.of(CallState.RINGING);
            case CALL_OUTGOING -> Optional.of(CallState.DIALING);
            case CALL_CONNECTED, CALL_RESUMED, CALL_WAITING_ANSWERED -> Optional.of(CallState.CONNECTED);
            case CALL_HELD -> Optional.of(CallState.HELD);
            default -> Optional.empty();
        };
    }

    private static boolean isEnd(EventType type) {
        return switch (type) {
            case CALL_ENDED, CALL_MISSED, CALL_REJECTED, CALL_FORWARDED -> true;
            default -> false;
        };
    }
}
