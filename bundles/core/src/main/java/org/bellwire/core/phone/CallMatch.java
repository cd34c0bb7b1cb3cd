package org.bellwire.core.phone;

import static org.bellwire.core.phone.CallEffect.direction;
import static org.bellwire.core.phone.CallEffect.ends;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.bellwire.api.CallInfo;
import org.bellwire.api.CallState;
import org.bellwire.api.EventType;
import org.bellwire.api.Variables;
import org.bellwire.api.spi.CallVariables;
import org.bellwire.api.spi.ReadBack;

/**
 * Which of a phone's calls an event speaks of: the one with its id. An event without an id, and calls without one, are matched by
 * the number, and by what the event can mean.
 */
final class CallMatch {

    private CallMatch() {}

    static Optional<Call> named(List<Call> calls, Optional<String> id) {
        return calls.stream()
                .filter(call -> id.isPresent() && call.id().equals(id))
                .findFirst();
    }

    /** The call that a beginning speaks of, if it has begun already. */
    static Optional<Call> begun(List<Call> calls, CallInfo info) {
        return named(calls, info.id())
                .or(() -> calls.stream()
                        .filter(call -> call.id().isEmpty() && call.mayBe(info))
                        .filter(call -> info.id().isEmpty() || !call.connected())
                        .min(Comparator.<Call, Boolean>comparing(call -> !call.isNamedBy(info))
                                .thenComparing(likeliest(EventType.CALL_INCOMING))));
    }

    /** The id of the one call in these states. */
    static Optional<String> idOf(List<Call> calls, List<CallState> states) {
        List<Call> some =
                calls.stream().filter(call -> states.contains(call.state())).toList();
        return some.size() == 1 ? some.get(0).id() : Optional.empty();
    }

    /** What the phone shows of a call. */
    static CallInfo info(ReadBack.SeenCall shown) {
        Optional<String> none = Optional.empty();
        return new CallInfo(none, none, shown.direction(), shown.number(), shown.name(), none, none);
    }

    /** The call that the phone shows: the one with the number, else one that it may be. */
    static Optional<Call> shown(List<Call> calls, ReadBack.SeenCall shown) {
        CallInfo info = info(shown);
        return calls.stream()
                .filter(call -> call.mayBe(info))
                .min(Comparator.<Call, Boolean>comparing(call -> !call.isNamedBy(info))
                        .thenComparing(call -> call.state() != shown.state()));
    }

    /** The call that any other event means. */
    static Optional<Call> meant(List<Call> calls, EventType type, CallVariables words, Variables variables) {
        Optional<String> id = words.callId(variables);
        return named(calls, id).or(() -> {
            List<Call> may = calls.stream()
                    .filter(call -> (call.id().isEmpty() || id.isEmpty()) && mayMean(type, call))
                    .toList();
            Comparator<Call> order = may.size() < 2
                    ? likeliest(type)
                    : Comparator.<Call, Boolean>comparing(call -> !isNumberOf(call, type, words, variables))
                            .thenComparing(likeliest(type));
            return may.stream().min(order);
        });
    }

    /** The event tells the call's number, read as the call's direction has it. */
    private static boolean isNumberOf(Call call, EventType type, CallVariables words, Variables variables) {
        return call.isNamedBy(words.read(variables, direction(type).or(call::direction)));
    }

    private static boolean mayMean(EventType type, Call call) {
        boolean otherWay = direction(type).isPresent()
                && call.direction().isPresent()
                && !call.direction().equals(direction(type));
        boolean neverAnswered = ends(type) && type != EventType.CALL_ENDED;
        return !otherWay && !(neverAnswered && call.connected());
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
}
