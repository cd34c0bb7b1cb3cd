package org.bellwire.core;

import java.time.Instant;
import java.util.Optional;
import org.bellwire.api.CallInfo;
import org.bellwire.api.CallState;
import org.bellwire.api.Direction;

/**
 * One call of a phone.
 *
 * @param id as the phone names it; empty where the phone's URLs carry none
 * @param connected it was connected at some time
 * @param since when it came into its state
 */
record Call(
        Optional<String> id,
        CallState state,
        Optional<Direction> direction,
        Optional<String> number,
        Optional<String> name,
        Optional<String> local,
        Optional<String> account,
        boolean connected,
        Instant since) {

    static Call begin(CallState state, Optional<Direction> direction, CallInfo info, Instant now) {
        return new Call(
                info.id(),
                state,
                direction,
                info.number(),
                info.name(),
                info.local(),
                info.account(),
                state == CallState.CONNECTED || state == CallState.HELD,
                now);
    }

    Call in(CallState next, Instant now) {
        boolean talked = connected || next == CallState.CONNECTED || next == CallState.HELD;
        return new Call(id, next, direction, number, name, local, account, talked, next == state ? since : now);
    }

    /** After its end, heard of now, be it for the first time or again. */
    Call over(Instant now) {
        return new Call(id, CallState.IDLE, direction, number, name, local, account, connected, now);
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
                since);
    }

    /** This call as an event tells it. */
    CallInfo info(Optional<String> otherId) {
        return new CallInfo(id, otherId, direction, number, name, local, account);
    }
}
