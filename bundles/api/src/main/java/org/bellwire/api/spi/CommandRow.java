package org.bellwire.api.spi;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bellwire.api.CallState;
import org.bellwire.api.CommandName;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One command of a vendor.
 *
 * @param guards conditions, all of which must hold
 * @param ofCalls where the payload names no call and the phone has one call in these states whose id is known, that one is meant
 * @param planner what is sent then
 */
public record CommandRow(CommandName name, List<Guard> guards, List<CallState> ofCalls, Planner planner) {

    /** Makes requests of a command whose guards hold. */
    @FunctionalInterface
    @ConsumerType
    public interface Planner {
        Plan plan(Command command, PhoneView phone);
    }

    public CommandRow {
        guards = List.copyOf(guards);
        ofCalls = List.copyOf(ofCalls);
    }

    public static CommandRow on(CommandName name, Planner planner) {
        return new CommandRow(name, List.of(), List.of(), planner);
    }

    /** For commands that are always the same request. */
    public static CommandRow on(CommandName name, PhoneRequest request) {
        return on(name, (command, phone) -> Plan.send(request));
    }

    public CommandRow when(Guard guard) {
        return new CommandRow(
                name, Stream.concat(guards.stream(), Stream.of(guard)).toList(), ofCalls, planner);
    }

    /** For phones that take a call's id: the planner finds the id of the one call in these states, so that no toggle is needed. */
    public CommandRow ofCall(CallState... states) {
        return new CommandRow(name, guards, Arrays.asList(states), planner);
    }

    /** The requests for this command to this phone, or why there are none. */
    public Plan plan(Command command, PhoneView phone) {
        Command meant = ofCalls.isEmpty() ? command : command.ofCall(phone.callId(ofCalls));
        for (Guard guard : guards) {
            Optional<String> objection = guard.objection(meant, phone);
            if (objection.isPresent()) {
                return Plan.refuse(objection.get());
            }
        }
        return planner.plan(meant, phone);
    }
}
