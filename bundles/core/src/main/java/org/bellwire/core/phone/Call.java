package org.bellwire.core.phone;

import java.time.Duration;
import java.util.Optional;
import org.bellwire.api.CallInfo;
import org.bellwire.api.CallState;
import org.bellwire.api.Direction;
import org.bellwire.core.common.Moment;

/**
 * One call of a phone.
 *
 * @param id as the phone names it; empty where the phone's URLs carry none
 * @param connectedAt since when it is, or was, connected; empty: it never was
 * @param since when it came into its state
 * @param heard when an event last spoke of it
 * @param end how it ended, once that was reported
 */
public record Call(
        Optional<String> id,
        CallState state,
        Optional<Direction> direction,
        Optional<String> number,
        Optional<String> name,
        Optional<String> local,
        Optional<String> account,
        Optional<Moment> connectedAt,
        Moment since,
        Moment heard,
        Optional<CallEnd> end) {

    static Call begin(CallState state, Optional<Direction> direction, CallInfo info, Moment now) {
        return new Call(
                info.id(),
                state,
                direction,
                info.number(),
                info.name(),
                info.local(),
                info.account(),
                isTalk(state) ? Optional.of(now) : Optional.empty(),
                now,
                now,
                Optional.empty());
    }

    /** It was connected at some time. */
    boolean connected() {
        return connectedAt.isPresent();
    }

    Call in(CallState next, Moment now) {
        Optional<Moment> talk = connectedAt.or(() -> isTalk(next) ? Optional.of(now) : Optional.empty());
        return new Call(id, next, direction, number, name, local, account, talk, next == state ? since : now, now, end);
    }

    private static boolean isTalk(CallState state) {
        return state == CallState.CONNECTED || state == CallState.HELD;
    }

    /** It has rung, or was not heard of, for longer than a call can. */
    boolean isOverdue(Duration ring, Duration silence, Moment now) {
        boolean rings = state == CallState.RINGING || state == CallState.DIALING;
        return (rings && !since.isWithin(ring, now)) || !heard.isWithin(silence, now);
    }

    /** An event spoke of it. */
    Call heard(Moment now) {
        return new Call(id, state, direction, number, name, local, account, connectedAt, since, now, end);
    }

    /** In its state from now on, as if it had just come into it. */
    Call anew(Moment now) {
        return new Call(id, state, direction, number, name, local, account, connectedAt, now, now, end);
    }

    /** After its end, heard of now, be it for the first time or again. */
    Call over(CallEnd how, Moment now) {
        return new Call(
                id, CallState.IDLE, direction, number, name, local, account, connectedAt, now, now, Optional.of(how));
    }

    /** After its end, of which nobody tells how it came. */
    Call over(Moment now) {
        return new Call(id, CallState.IDLE, direction, number, name, local, account, connectedAt, now, now, end);
    }

    /** With what an event adds; what the event does not say stays. */
    Call with(CallInfo info) {
        return new Call(
                id.or(info::id),
                state,
                direction.or(info::direction),
                info.number().or(() -> number),
                info.name()
                        .or(() -> info.number().isPresent() && !info.number().equals(number) ? Optional.empty() : name),
                info.local().or(() -> local),
                info.account().or(() -> account),
                connectedAt,
                since,
                heard,
                end);
    }

    /** What is said may be said of this call: neither its direction nor its number is another one. */
    boolean mayBe(CallInfo said) {
        return isAlikeOrUnknown(direction, said.direction()) && isAlikeOrUnknown(number, said.number());
    }

    /** What is said names this call, by its id or by its number. */
    boolean isNamedBy(CallInfo said) {
        return (id.isPresent() && id.equals(said.id())) || (number.isPresent() && number.equals(said.number()));
    }

    private static boolean isAlikeOrUnknown(Optional<?> one, Optional<?> other) {
        return one.isEmpty() || other.isEmpty() || one.equals(other);
    }

    /** This call as an event tells it. */
    CallInfo info(Optional<String> otherId) {
        return new CallInfo(id, otherId, direction, number, name, local, account);
    }
}
