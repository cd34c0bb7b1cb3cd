package org.bellwire.api.spi;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bellwire.api.CallState;
import org.bellwire.api.Property;
import org.bellwire.api.SwitchValue;
import org.osgi.annotation.versioning.ConsumerType;

/** A condition on the phone's state, for keys that do something else in another state. */
@FunctionalInterface
@ConsumerType
public interface Guard {

    /** Why the command must not be sent now; empty: it may. */
    Optional<String> objection(Command command, PhoneView phone);

    /** This, unless the call that is meant is named by its id: then no other can be hit. */
    default Guard unlessNamed() {
        return (command, phone) -> command.call().isPresent() ? Optional.empty() : objection(command, phone);
    }

    /** Only while the calls are known to stand in one of these states. */
    static Guard onlyWhile(CallState... states) {
        List<CallState> right = List.of(states);
        return (command, phone) -> phone.callState().filter(right::contains).isPresent()
                ? Optional.empty()
                : objectionTo(command, "only while " + words(states), phone);
    }

    /** Only while a call is known to exist. */
    static Guard onlyDuringCall() {
        return onlyWhile(CallState.CONNECTED, CallState.DIALING, CallState.RINGING, CallState.HELD);
    }

    /** Only in one of these states, or while the state is not known. */
    static Guard onlyWhileOrUnknown(CallState... states) {
        Guard known = onlyWhile(states);
        return (command, phone) -> phone.callState().isEmpty() ? Optional.empty() : known.objection(command, phone);
    }

    /** Not while the calls are known to stand in this state. */
    static Guard notWhile(CallState state) {
        return (command, phone) -> phone.callState().filter(state::equals).isPresent()
                ? objectionTo(command, "not while " + words(state), phone)
                : Optional.empty();
    }

    /** {@code ON} and {@code OFF} by a toggle: only if the known state differs. {@code TOGGLE} always. */
    static Guard toDiffer(Property property) {
        return (command, phone) -> {
            if (command.is(SwitchValue.TOGGLE)) {
                return Optional.empty();
            }
            Optional<String> now = phone.state(property);
            if (now.isEmpty()) {
                return Optional.of("the phone only has a toggle, and whether " + property.wire()
                        + " is on is not known yet; send TOGGLE, or wait for the phone to report it");
            }
            return now.get().equalsIgnoreCase(command.value())
                    ? Optional.of(property.wire() + " is " + now.get() + " already")
                    : Optional.empty();
        };
    }

    /** {@code TOGGLE} only, since the phone never reports this state. */
    static Guard toggleOnly() {
        return (command, phone) -> command.is(SwitchValue.TOGGLE)
                ? Optional.empty()
                : Optional.of("the phone only has a toggle and never reports its state: send TOGGLE");
    }

    /** Only if the account to dial with, where one is named, is one of 1 to {@code count}. */
    static Guard accountUpTo(int count) {
        return (command, phone) -> command.accountOn(phone)
                .filter(account -> !account.matches("[1-9]\\d?") || Integer.parseInt(account) > count)
                .map(account -> "the phone has accounts 1 to " + count + ", not '" + account + "': "
                        + (command.account().isPresent()
                                ? "name another one or none"
                                : "change 'account' in the phone's file"));
    }

    private static Optional<String> objectionTo(Command command, String condition, PhoneView phone) {
        return Optional.of("the phone takes " + command.name().wire() + " " + condition + "; its call is "
                + phone.callState().map(CallState::wire).orElse("not known"));
    }

    private static String words(CallState... states) {
        return Arrays.stream(states).map(CallState::wire).collect(Collectors.joining(" or "));
    }
}
