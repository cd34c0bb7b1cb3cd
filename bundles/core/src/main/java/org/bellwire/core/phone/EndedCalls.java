package org.bellwire.core.phone;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bellwire.api.CallInfo;
import org.bellwire.api.CallState;
import org.bellwire.core.common.Moment;

/**
 * Calls that are over, by their ids: phones send end events twice, and others after the end or before the beginning. The last
 * {@value #MAX}. A call whose end nobody reported keeps its state here; any other is idle.
 */
final class EndedCalls {

    private static final int MAX = 32;
    private static final Duration REPEATED = Duration.ofMinutes(1);

    private final Map<String, Call> byId = new LinkedHashMap<>();

    private Optional<Call> lastUnnamed = Optional.empty();

    void add(Call call) {
        if (call.id().isEmpty()) {
            lastUnnamed = Optional.of(call);
        }
        call.id().ifPresent(id -> {
            byId.remove(id);
            byId.put(id, call);
            if (byId.size() > MAX) {
                byId.remove(byId.keySet().iterator().next());
            }
        });
    }

    /** The id begins another call. */
    void forget(Optional<String> id) {
        id.ifPresent(byId::remove);
    }

    /** The call whose end was reported so lately. */
    Optional<Call> lately(Optional<String> id, Duration span, Moment now) {
        return reported(id).filter(call -> call.since().isWithin(span, now));
    }

    /** Where events carry no ids: the call that ended last, if what is said may be said of it and its end was reported so lately. */
    Optional<Call> unnamed(CallInfo said, Duration span, Moment now) {
        return lastUnnamed
                .filter(call -> said.id().isEmpty() && call.mayBe(said))
                .filter(call -> call.end().isPresent() && call.since().isWithin(span, now));
    }

    /** It was told already that the call of which this is said was missed; without an id, if it ended so lately. */
    boolean missed(CallInfo said, Duration span, Moment now) {
        return Stream.concat(byId.values().stream(), lastUnnamed.stream())
                .filter(call -> call.end()
                        .filter(end -> end.outcome() == CallOutcome.MISSED && end.told())
                        .isPresent())
                .anyMatch(call -> (call.id().isPresent() && said.id().isPresent())
                        ? call.id().equals(said.id())
                        : (call.mayBe(said) && call.since().isWithin(span, now)));
    }

    /** The call whose end was reported. */
    Optional<Call> reported(Optional<String> id) {
        return id.map(byId::get).filter(call -> call.state() == CallState.IDLE);
    }

    /** The call that is taken to be over, though nobody reported its end. */
    Optional<Call> presumed(Optional<String> id) {
        return id.map(byId::get).filter(call -> call.state() != CallState.IDLE);
    }

    /** Those whose end could be told again. */
    List<Call> recent(Optional<Instant> lastEvent) {
        return byId.values().stream()
                .filter(call -> lastEvent
                        .filter(last -> call.since().time().isAfter(last.minus(REPEATED)))
                        .isPresent())
                .toList();
    }

    void restore(List<Call> calls) {
        byId.clear();
        calls.forEach(this::add);
    }
}
