package org.bellwire.core.group;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.bellwire.api.CallState;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Property;
import org.bellwire.api.SwitchValue;

/**
 * One phone as its group knows it.
 *
 * @param changed a number that is higher the later one of these states changed
 */
record GroupMember(PhoneId id, Map<Property, String> states, boolean online, long changed) {

    /** The call that a group speaks of first, and last. */
    private static final List<CallState> STRONGEST_FIRST =
            List.of(CallState.RINGING, CallState.CONNECTED, CallState.DIALING, CallState.HELD, CallState.IDLE);

    /** The strongest first: by its call; of equal calls who is off hook, then who is busy, then who changed last. */
    static final Comparator<GroupMember> BY_STRENGTH = Comparator.comparingInt(GroupMember::rank)
            .thenComparing(member -> !member.isOn(Property.OFF_HOOK))
            .thenComparing(member -> !member.isOn(Property.BUSY))
            .thenComparing(Comparator.comparingLong(GroupMember::changed).reversed())
            .thenComparing(GroupMember::id);

    /** A phone whose vendor tells nothing of calls, or that did not report yet, is the weakest. */
    private int rank() {
        String call = states.getOrDefault(Property.CALL, "");
        for (int i = 0; i < STRONGEST_FIRST.size(); i++) {
            if (STRONGEST_FIRST.get(i).wire().equals(call)) {
                return i;
            }
        }
        return STRONGEST_FIRST.size();
    }

    private boolean isOn(Property property) {
        return SwitchValue.ON.wire().equals(states.get(property));
    }

    GroupMember with(Map<Property, String> changes, long now) {
        Map<Property, String> next = new EnumMap<>(Property.class);
        next.putAll(states);
        next.putAll(changes);
        return new GroupMember(id, next, online, now);
    }

    GroupMember with(boolean nowOnline) {
        return new GroupMember(id, states, nowOnline, changed);
    }
}
