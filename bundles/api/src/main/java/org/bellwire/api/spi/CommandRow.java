package org.bellwire.api.spi;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bellwire.api.CommandName;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One command of a vendor.
 *
 * @param guards conditions, all of which must hold
 * @param planner what is sent then
 */
public record CommandRow(CommandName name, List<Guard> guards, Planner planner) {

    /** Makes requests of a command whose guards hold. */
    @FunctionalInterface
    @ConsumerType
    public interface Planner {
        Plan plan(Command command, PhoneView phone);
    }

    public CommandRow {
        guards = List.copyOf(guards);
    }

    public static CommandRow on(CommandName name, Planner planner) {
        return new CommandRow(name, List.of(), planner);
    }

    /** For commands that are always the same request. */
    public static CommandRow on(CommandName name, PhoneRequest request) {
        return on(name, (command, phone) -> Plan.send(request));
    }

    public CommandRow when(Guard guard) {
        return new CommandRow(
                name, Stream.concat(guards.stream(), Stream.of(guard)).toList(), planner);
    }

    /** The requests for this command to this phone, or why there are none. */
    public Plan plan(Command command, PhoneView phone) {
        for (Guard guard : guards) {
            Optional<String> objection = guard.objection(command, phone);
            if (objection.isPresent()) {
                return Plan.refuse(objection.get());
            }
        }
        return planner.plan(command, phone);
    }
}
