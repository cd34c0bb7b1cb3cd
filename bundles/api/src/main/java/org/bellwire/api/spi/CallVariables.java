package org.bellwire.api.spi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bellwire.api.CallInfo;
import org.bellwire.api.Direction;
import org.bellwire.api.Variables;

/**
 * Which of the vendor's variables tell what of a call. As data, so that it can be read both ways: from a request to a call,
 * and (by the simulator) from a call to a request.
 *
 * @param id the call's id
 * @param otherId the second call of a conference or transfer; empty where there is none
 * @param first the own side, or the callee where {@code byRole}
 * @param second the other side, or the caller where {@code byRole}
 * @param byRole the sides are callee and caller, so that they change with the call's direction
 * @param account the phone's account; empty where there is none
 * @param directions the variables that tell the direction; the first that is there counts
 * @param answered the variable that tells when the call was answered; empty where there is none
 * @param spare where the other party's number and name stand if their own variables are empty
 */
public record CallVariables(
        String id,
        Optional<String> otherId,
        Party first,
        Party second,
        boolean byRole,
        Optional<String> account,
        List<DirectionVariable> directions,
        Optional<AnsweredVariable> answered,
        Party spare) {

    /** The variables of one side; empty where there is none. */
    public record Party(Optional<String> number, Optional<String> name) {
        static final Party NONE = new Party(Optional.empty(), Optional.empty());
    }

    /** A variable that tells the direction, by these values (without case). */
    public record DirectionVariable(String name, String inbound, String outbound) {
        private Optional<Direction> read(Variables variables) {
            return variables.get(name).flatMap(value -> {
                if (value.equalsIgnoreCase(inbound)) {
                    return Optional.of(Direction.INBOUND);
                }
                return value.equalsIgnoreCase(outbound) ? Optional.of(Direction.OUTBOUND) : Optional.empty();
            });
        }
    }

    /** A variable that tells when the call was answered, and its value for never. */
    public record AnsweredVariable(String name, String never) {}

    public CallVariables {
        directions = List.copyOf(directions);
    }

    /** Begins with the variable of the call's id. */
    public static CallVariables id(String variable) {
        return new CallVariables(
                variable,
                Optional.empty(),
                Party.NONE,
                Party.NONE,
                false,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Party.NONE);
    }

    /** Where the other party's number and name stand if their own variables are empty, in both directions. */
    public CallVariables orOther(String number, String name) {
        Party party = new Party(Optional.of(number), Optional.of(name));
        return new CallVariables(id, otherId, first, second, byRole, account, directions, answered, party);
    }

    /** The variable of the second call's id. */
    public CallVariables otherId(String variable) {
        return new CallVariables(
                id, Optional.of(variable), first, second, byRole, account, directions, answered, spare);
    }

    /** The phone's own number, in both directions. */
    public CallVariables own(String number) {
        Party party = new Party(Optional.of(number), Optional.empty());
        return new CallVariables(id, otherId, party, second, byRole, account, directions, answered, spare);
    }

    /** The other party's number and name, in both directions. */
    public CallVariables other(String number, String name) {
        Party party = new Party(Optional.of(number), Optional.of(name));
        return new CallVariables(id, otherId, first, party, byRole, account, directions, answered, spare);
    }

    /** The number and name of who is called: the own side when inbound, the other when outbound. */
    public CallVariables callee(String number, String name) {
        Party party = new Party(Optional.of(number), Optional.of(name));
        return new CallVariables(id, otherId, party, second, true, account, directions, answered, spare);
    }

    /** The number and name of who calls; filled in for inbound calls only. */
    public CallVariables caller(String number, String name) {
        Party party = new Party(Optional.of(number), Optional.of(name));
        return new CallVariables(id, otherId, first, party, true, account, directions, answered, spare);
    }

    /** The phone's account. */
    public CallVariables account(String variable) {
        return new CallVariables(
                id, otherId, first, second, byRole, Optional.of(variable), directions, answered, spare);
    }

    /** A variable that tells the direction; the one named first goes before those named later. */
    public CallVariables direction(String variable, String inbound, String outbound) {
        List<DirectionVariable> all = Stream.concat(
                        directions.stream(), Stream.of(new DirectionVariable(variable, inbound, outbound)))
                .toList();
        return new CallVariables(id, otherId, first, second, byRole, account, all, answered, spare);
    }

    /** The variable that tells when the call was answered, and its value for never. */
    public CallVariables answeredAt(String variable, String never) {
        AnsweredVariable at = new AnsweredVariable(variable, never);
        return new CallVariables(id, otherId, first, second, byRole, account, directions, Optional.of(at), spare);
    }

    /** The id of the call that a request speaks of. */
    public Optional<String> callId(Variables variables) {
        return variables.get(id).filter(value -> !value.isBlank());
    }

    /**
     * Reads a call.
     *
     * @param known the direction, where the event or the call's past tells it
     */
    public CallInfo read(Variables variables, Optional<Direction> known) {
        Optional<Direction> way = known.or(() -> direction(variables));
        boolean swapped = byRole && way.filter(d -> d == Direction.OUTBOUND).isPresent();
        boolean sidesKnown = !byRole || way.isPresent();
        Party other = swapped ? first : second;
        Party own = swapped ? Party.NONE : first;
        Optional<String> number = number(other, variables).or(() -> number(spare, variables));
        Optional<String> spareName = name(spare, variables).filter(text -> !number.equals(Optional.of(text)));
        return new CallInfo(
                callId(variables),
                otherId.flatMap(variables::get).filter(value -> !value.isBlank()),
                way,
                sidesKnown ? number : Optional.empty(),
                sidesKnown ? name(other, variables).or(() -> spareName) : Optional.empty(),
                sidesKnown ? own.number().flatMap(variables::get).flatMap(SipAddress::user) : Optional.empty(),
                account.flatMap(variables::get).filter(value -> !value.isBlank()));
    }

    private static Optional<String> number(Party party, Variables variables) {
        return party.number().flatMap(variables::get).flatMap(SipAddress::number);
    }

    private static Optional<String> name(Party party, Variables variables) {
        return party.name().flatMap(variables::get).flatMap(SipAddress::name);
    }

    private Optional<Direction> direction(Variables variables) {
        Optional<Direction> told = directions.stream()
                .flatMap(variable -> variable.read(variables).stream())
                .findFirst();
        if (told.isEmpty()
                && byRole
                && second.number()
                        .flatMap(variables::get)
                        .flatMap(SipAddress::user)
                        .isPresent()) {
            return Optional.of(Direction.INBOUND);
        }
        return told;
    }

    /** They tell the phone's own number or account in a call. */
    boolean tellLocal() {
        return first.number().isPresent() || account.isPresent();
    }

    /** Whether the call was ever answered, where a request tells; goes before what is remembered of the call. */
    public Optional<Boolean> wasAnswered(Variables variables) {
        return answered.flatMap(at ->
                variables.get(at.name()).filter(value -> !value.isBlank()).map(value -> !value.equals(at.never())));
    }

    /** The variables as a phone would fill them in for this call: the reverse of {@link #read}. */
    public Map<String, String> write(CallInfo call) {
        Map<String, String> out = new LinkedHashMap<>();
        boolean outbound = call.direction().filter(d -> d == Direction.OUTBOUND).isPresent();
        Party other = byRole && outbound ? first : second;
        Party own = byRole && outbound ? Party.NONE : first;
        call.id().ifPresent(value -> out.put(id, value));
        put(out, otherId, call.otherId());
        put(out, account, call.account());
        put(out, other.number(), call.number());
        put(out, other.name(), call.name());
        put(out, own.number(), call.local());
        call.direction()
                .ifPresent(way -> directions.forEach(variable ->
                        out.put(variable.name(), way == Direction.INBOUND ? variable.inbound() : variable.outbound())));
        return out;
    }

    private static void put(Map<String, String> out, Optional<String> name, Optional<String> value) {
        name.ifPresent(n -> value.ifPresent(v -> out.put(n, v)));
    }
}
