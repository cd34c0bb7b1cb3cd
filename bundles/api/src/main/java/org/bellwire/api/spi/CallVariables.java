package org.bellwire.api.spi;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
 * @param direction the variable that tells the direction; empty where there is none
 * @param inbound the value of {@code direction} that means inbound
 */
public record CallVariables(
        String id,
        Optional<String> otherId,
        Party first,
        Party second,
        boolean byRole,
        Optional<String> account,
        Optional<String> direction,
        String inbound) {

    /** The variables of one side; empty where there is none. */
    public record Party(Optional<String> number, Optional<String> name) {
        static final Party NONE = new Party(Optional.empty(), Optional.empty());
    }

    /** Begins with the variable of the call's id. */
    public static CallVariables id(String variable) {
        return new CallVariables(
                variable, Optional.empty(), Party.NONE, Party.NONE, false, Optional.empty(), Optional.empty(), "");
    }

    /** The variable of the second call's id. */
    public CallVariables otherId(String variable) {
        return new CallVariables(id, Optional.of(variable), first, second, byRole, account, direction, inbound);
    }

    /** The phone's own number, in both directions. */
    public CallVariables own(String number) {
        Party party = new Party(Optional.of(number), Optional.empty());
        return new CallVariables(id, otherId, party, second, byRole, account, direction, inbound);
    }

    /** The other party's number and name, in both directions. */
    public CallVariables other(String number, String name) {
        Party party = new Party(Optional.of(number), Optional.of(name));
        return new CallVariables(id, otherId, first, party, byRole, account, direction, inbound);
    }

    /** The number and name of who is called: the own side when inbound, the other when outbound. */
    public CallVariables callee(String number, String name) {
        Party party = new Party(Optional.of(number), Optional.of(name));
        return new CallVariables(id, otherId, party, second, true, account, direction, inbound);
    }

    /** The number and name of who calls; filled in for inbound calls only. */
    public CallVariables caller(String number, String name) {
        Party party = new Party(Optional.of(number), Optional.of(name));
        return new CallVariables(id, otherId, first, party, true, account, direction, inbound);
    }

    /** The phone's account. */
    public CallVariables account(String variable) {
        return new CallVariables(id, otherId, first, second, byRole, Optional.of(variable), direction, inbound);
    }

    /** The variable that tells the direction, and its value for inbound (without case). */
    public CallVariables direction(String variable, String inboundValue) {
        return new CallVariables(id, otherId, first, second, byRole, account, Optional.of(variable), inboundValue);
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
        return new CallInfo(
                callId(variables),
                otherId.flatMap(variables::get).filter(value -> !value.isBlank()),
                way,
                sidesKnown ? other.number().flatMap(variables::get).flatMap(SipAddress::user) : Optional.empty(),
                sidesKnown ? other.name().flatMap(variables::get).flatMap(SipAddress::name) : Optional.empty(),
                sidesKnown ? own.number().flatMap(variables::get).flatMap(SipAddress::user) : Optional.empty(),
                account.flatMap(variables::get).filter(value -> !value.isBlank()));
    }

    private Optional<Direction> direction(Variables variables) {
        Optional<Direction> told = direction
                .flatMap(variables::get)
                .map(value -> value.equalsIgnoreCase(inbound) ? Direction.INBOUND : Direction.OUTBOUND);
        if (told.isEmpty() && byRole && second.number().flatMap(variables::get).isPresent()) {
            return Optional.of(Direction.INBOUND);
        }
        return told;
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
        put(
                out,
                direction,
                call.direction().map(d -> d == Direction.INBOUND ? inbound : inbound.equals("0") ? "1" : "outbound"));
        return out;
    }

    private static void put(Map<String, String> out, Optional<String> name, Optional<String> value) {
        name.ifPresent(n -> value.ifPresent(v -> out.put(n, v)));
    }
}
