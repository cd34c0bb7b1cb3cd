package org.bellwire.core.phone;

import static org.bellwire.core.phone.CallEffect.begins;
import static org.bellwire.core.phone.CallEffect.direction;
import static org.bellwire.core.phone.CallEffect.ends;
import static org.bellwire.core.phone.CallEffect.next;
import static org.bellwire.core.phone.CallEffect.saysPeer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.bellwire.api.CallInfo;
import org.bellwire.api.CallState;
import org.bellwire.api.Direction;
import org.bellwire.api.EventType;
import org.bellwire.api.Variables;
import org.bellwire.api.spi.CallVariables;
import org.bellwire.api.spi.EventTable;
import org.bellwire.api.spi.ReadBack;
import org.bellwire.core.common.Moment;

/**
 * The calls of one phone, as its events tell them; for every vendor the same. Not thread-safe: its phone guards it.
 *
 * <p>Events get lost, come twice and overtake one another. A call that ended is therefore remembered for a while, in which only
 * a new call brings its id to life again; and a call whose end was lost is over when its id or its number begins another one,
 * or when it has rung, or not been heard of, for too long.
 */
public final class CallModel {

    static final Duration LONGEST_RING = Duration.ofMinutes(5);
    static final Duration LONGEST_SILENCE = Duration.ofHours(12);
    private static final int MAX_CALLS = 16;
    /** What comes so long after an end is late. */
    private static final Duration LATE = Duration.ofSeconds(10);
    /** What comes so long after an end may have been overtaken by it; ids are used again after that. */
    private static final Duration OVERTAKEN = Duration.ofSeconds(2);

    private final List<Call> calls = new ArrayList<>();
    private final EndedCalls ended = new EndedCalls();
    private boolean known;

    /**
     * The calls at one moment.
     *
     * @param known an event has told of calls
     * @param ended those whose end could be told again
     */
    public record Snapshot(boolean known, List<Call> calls, List<Call> ended) {

        static final Snapshot NOTHING = new Snapshot(false, List.of(), List.of());

        /** If calls were known, that there are none any more. */
        Snapshot idle() {
            return new Snapshot(known, List.of(), ended);
        }
    }

    /** What a restart must not take away. */
    Snapshot snapshot(Optional<Instant> lastEvent) {
        return new Snapshot(known, List.copyOf(calls), ended.recent(lastEvent));
    }

    /** Goes on from there. */
    void restore(Snapshot before) {
        known = before.known();
        calls.clear();
        before.calls().stream().limit(MAX_CALLS).forEach(calls::add);
        ended.restore(before.ended());
    }

    /** Takes in an event of the vendor. */
    CallReading read(EventTable table, EventType type, Variables variables, Moment now) {
        known |= type == EventType.DEVICE_BOOTED || ends(type) || next(type).isPresent();
        if (type == EventType.DEVICE_BOOTED) {
            return CallReading.of(type, CallInfo.NONE, drop(any -> true, call -> call.over(now)));
        }
        if (type == EventType.LINE_IDLE) {
            return CallReading.of(type, CallInfo.NONE, drop(any -> true, call -> call.anew(now)));
        }
        if (!type.isOfCall()) {
            return CallReading.of(type, CallInfo.NONE, List.of());
        }
        return begins(type) ? begin(table, type, variables, now) : goOn(table, type, variables, now);
    }

    /** Ends the calls that cannot be any more; yields them. */
    List<Call> expire(Moment now) {
        return drop(call -> call.isOverdue(LONGEST_RING, LONGEST_SILENCE, now), call -> call.anew(now));
    }

    /** The calls are those that the phone shows; yields those that are over. */
    List<Call> shown(List<ReadBack.SeenCall> seen, Moment now) {
        known = true;
        List<Call> left = new ArrayList<>(calls);
        List<Call> found = new ArrayList<>();
        for (ReadBack.SeenCall one : seen.subList(0, Math.min(seen.size(), MAX_CALLS))) {
            Optional<Call> same = CallMatch.shown(left, one);
            same.ifPresent(call -> {
                left.remove(call);
                replace(call, call.with(CallMatch.info(one)).in(one.state(), now));
            });
            if (same.isEmpty()) {
                found.add(Call.begin(one.state(), one.direction(), CallMatch.info(one), now));
            }
        }
        List<Call> over = drop(left::contains, call -> call.anew(now));
        calls.addAll(found); // there is room now: no more are looked at than there may be
        return over;
    }

    /** Ends calls without an end event. Who is remembered with a state may prove to live on. */
    private List<Call> drop(Predicate<Call> which, UnaryOperator<Call> remembered) {
        List<Call> over = calls.stream().filter(which).toList();
        calls.removeAll(over);
        over.forEach(call -> ended.add(remembered.apply(call)));
        return over;
    }

    private CallReading begin(EventTable table, EventType type, Variables variables, Moment now) {
        CallInfo info = table.callVariables().read(variables, direction(type));
        Optional<Call> living = CallMatch.begun(calls, info);
        Optional<Call> over =
                ended.lately(info.id(), OVERTAKEN, now).filter(call -> living.isEmpty() && call.mayBe(info));
        if (over.isPresent()) {
            return overtaken(table, type, over.get(), info);
        }
        List<Call> forgotten = new ArrayList<>();
        Optional<Call> same = living.filter(call -> call.mayBe(info))
                .filter(call -> !call.isNamedBy(info) || call.heard().isWithin(LATE, now)); // else its end was lost
        if (same.isEmpty()) {
            living.ifPresent(call -> forget(call, forgotten));
        }
        Call call = same.map(found -> replace(found, begun(found.with(info), type, now)))
                .orElseGet(() -> add(Call.begin(next(type).orElseThrow(), direction(type), info, now), forgotten));
        return CallReading.of(type, call.info(info.otherId()), forgotten);
    }

    /** A beginning that comes after the call was connected is only late. */
    private static Call begun(Call call, EventType type, Moment now) {
        return call.connected() ? call.heard(now) : call.in(next(type).orElseThrow(), now);
    }

    /** The end of a call came before its beginning: it is over, and only now is known which way it went. */
    private CallReading overtaken(EventTable table, EventType type, Call over, CallInfo info) {
        boolean missed = type == EventType.CALL_INCOMING
                && table.derives(EventType.CALL_MISSED)
                && over.direction().isEmpty()
                && !over.connected();
        Call told = over.with(info);
        Optional<CallEnd> end = told.end().filter(any -> missed).map(CallEnd::missed);
        ended.add(end.map(how -> told.over(how, told.since())).orElse(told));
        return new CallReading(type, false, told.info(info.otherId()), end, false, missed, List.of());
    }

    private CallReading goOn(EventTable table, EventType type, Variables variables, Moment now) {
        CallVariables words = table.callVariables();
        Optional<String> id = words.callId(variables);
        List<Call> forgotten = new ArrayList<>();
        if (next(type).isPresent()) {
            ended.presumed(id).ifPresent(call -> add(call.anew(now), forgotten)); // it is not over after all
        }
        Optional<Call> late = ended.lately(id, LATE, now);
        Optional<Call> found =
                late.isPresent() ? CallMatch.named(calls, id) : CallMatch.meant(calls, type, words, variables);
        Optional<Call> before = found.or(() -> late).or(() -> ended.presumed(id));
        CallInfo info = words.read(variables, direction(type).or(() -> before.flatMap(Call::direction)));
        EventType meaning = meaning(table, type, found);
        boolean first =
                found.isPresent() || (id.isPresent() && ended.reported(id).isEmpty());
        boolean missed = type == EventType.CALL_ENDED
                && table.derives(EventType.CALL_MISSED)
                && first
                && info.direction().equals(Optional.of(Direction.INBOUND))
                && !words.wasAnswered(variables).orElse(wasAnswered(found.isPresent() ? found : ended.presumed(id)));
        Optional<Call> ending = before.or(() -> ended.unnamed(info, LATE, now));
        Optional<CallEnd> end = ends(type)
                ? Optional.of(CallEnds.of(type, ending, way(info, ending), words.wasAnswered(variables), now))
                : Optional.empty();
        boolean again = ends(type)
                && found.isEmpty()
                && (ending.flatMap(Call::end).equals(end)
                        || (type == EventType.CALL_MISSED && ended.missed(info, LATE, now)));
        Optional<CallEnd> how = missed ? end.map(CallEnd::missed) : end;
        Optional<Call> after = how.isPresent()
                ? end(found, before, info, how.get(), now)
                : move(found, before, meaning, info, now, forgotten);
        CallInfo call = after.map(c -> (saysPeer(type) ? c : c.with(info)).info(info.otherId()))
                .orElse(info);
        return new CallReading(meaning, meaning != type, call, how, again, missed, forgotten);
    }

    private static Optional<Direction> way(CallInfo info, Optional<Call> call) {
        return info.direction().or(() -> call.flatMap(Call::direction));
    }

    /** Of a call that was not heard of, nobody knows, and so it is not missed. */
    private static boolean wasAnswered(Optional<Call> call) {
        return call.map(Call::connected).orElse(true);
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

    /** The call that speaks for the phone: the first of connected, dialing, ringing, held; of those that ring the newest. */
    Optional<Call> speaking() {
        return calls.stream().reduce((first, second) -> {
            int order = first.state().compareTo(second.state());
            boolean newest = order == 0 && second.state() == CallState.RINGING;
            return order > 0 || newest ? second : first;
        });
    }

    List<Call> calls() {
        return Collections.unmodifiableList(calls);
    }

    private Optional<Call> end(Optional<Call> found, Optional<Call> before, CallInfo info, CallEnd how, Moment now) {
        found.ifPresent(calls::remove);
        Optional<Call> unknown = info.id().map(id -> Call.begin(CallState.IDLE, info.direction(), info, now));
        Optional<Call> after = before.or(() -> unknown).map(call -> call.with(info));
        after.ifPresent(call -> ended.add(call.over(how, now)));
        return after;
    }

    private Optional<Call> move(
            Optional<Call> found,
            Optional<Call> before,
            EventType type,
            CallInfo info,
            Moment now,
            List<Call> forgotten) {
        Optional<CallState> next = next(type);
        if (found.isPresent()) {
            Call told = saysPeer(type) ? found.get().with(info) : found.get();
            return Optional.of(
                    replace(found.get(), next.map(state -> told.in(state, now)).orElse(told.heard(now))));
        }
        if (next.isEmpty() || before.isPresent()) {
            return before.map(call -> call.with(info));
        }
        return Optional.of(add(Call.begin(next.get(), direction(type).or(info::direction), info, now), forgotten));
    }

    private Call replace(Call call, Call now) {
        calls.set(calls.indexOf(call), now);
        return now;
    }

    private Call add(Call call, List<Call> forgotten) {
        ended.forget(call.id());
        if (calls.size() == MAX_CALLS) {
            forget(calls.stream().filter(any -> !any.connected()).findFirst().orElse(calls.get(0)), forgotten);
        }
        calls.add(call);
        return call;
    }

    private void forget(Call call, List<Call> forgotten) {
        calls.remove(call);
        forgotten.add(call);
    }
}
