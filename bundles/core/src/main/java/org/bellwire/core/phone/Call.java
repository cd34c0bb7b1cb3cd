package org.bellwire.core.phone;

import java.util.Optional;
import org.bellwire.api.CallInfo;
import org.bellwire.api.CallState;
import org.bellwire.api.Direction;
import org.bellwire.core.common.Moment;

/**
 * One call of a phone.
 *
 * @param id as the phone names it; empty where the phone's URLs carry none
 * @param connected it was connected at some time
 * @param since when it came into its state
 * @param heard when an event last spoke of it
 */
public record Call(
        Optional<String> id,
        CallState state,
        Optional<Direction> direction,
        Optional<String> number,
        Optional<String> name,
        Optional<String> local,
        Optional<String> account,
        boolean connected,
        Moment since,
        Moment heard) {

    static Call begin(CallState state, Optional<Direction> direction, CallInfo info, Moment now) {
        return new Call(
                info.id(),
                state,
                direction,
                info.number(),
                info.name(),
                info.local(),
                info.account(),
                state == CallState.CONNECTED || state == CallState.HELD,
                now,
                now);
    }

    Call in(CallState next, Moment now) {
        boolean talked = connected || next == CallState.CONNECTED || next == CallState.HELD;
        return new Call(id, next, direction, number, name, local, account, talked, next == state ? since : now, now);
    }

    /** An event spoke of it. */
    Call heard(Moment now) {
        return new Call(id, state, direction, number, name, local, account, connected, since, now);
    }

    /** In its state from now on, as if it had just come into it. */
    Call anew(Moment now) {
        return new Call(id, state, direction, number, name, local, account, connected, now, now);
    }

    /** After its end, heard of now, be it for the first time or again. */
    Call over(Moment now) {
        return new Call(id, CallState.IDLE, direction, number, name, local, account, connected, now, now);
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
                connected,
                since,
                heard);
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
