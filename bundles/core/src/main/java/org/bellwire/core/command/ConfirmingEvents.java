package org.bellwire.core.command;

import java.util.EnumSet;
import java.util.Set;
import org.bellwire.api.EventType;
import org.bellwire.api.SwitchValue;
import org.bellwire.api.spi.Command;
import org.bellwire.api.spi.EventTable;

/** Which events confirm that a phone did what it was told. */
final class ConfirmingEvents {

    private ConfirmingEvents() {}

    /** Those that this vendor reports; empty: nothing would prove it. */
    static Set<EventType> of(Command command, EventTable table) {
        Set<EventType> proofs = EnumSet.noneOf(EventType.class);
        for (EventType type : any(command)) {
            if (table.reports(type)) {
                proofs.add(type);
            }
        }
        return proofs;
    }

    private static Set<EventType> any(Command command) {
        boolean on = command.is(SwitchValue.ON);
        boolean off = command.is(SwitchValue.OFF);
        return switch (command.name()) {
            case DIAL, REDIAL -> Set.of(EventType.CALL_OUTGOING);
            case ANSWER -> Set.of(EventType.CALL_CONNECTED, EventType.CALL_WAITING_ANSWERED);
            case HANGUP -> Set.of(EventType.CALL_ENDED);
            case REJECT -> Set.of(EventType.CALL_REJECTED, EventType.CALL_ENDED);
            case HOLD -> Set.of(EventType.CALL_HELD);
            case RESUME -> Set.of(EventType.CALL_RESUMED);
            case TRANSFER ->
                Set.of(
                        EventType.TRANSFER_STARTED,
                        EventType.TRANSFER_BLIND,
                        EventType.TRANSFER_ATTENDED,
                        EventType.TRANSFER_COMPLETED);
            case CONFERENCE -> Set.of(EventType.CONFERENCE_STARTED);
            case DND -> Set.of(on ? EventType.DND_ON : EventType.DND_OFF);
            case MUTE ->
                command.is(SwitchValue.TOGGLE)
                        ? Set.of(EventType.MUTE_ON, EventType.MUTE_OFF)
                        : Set.of(on ? EventType.MUTE_ON : EventType.MUTE_OFF);
            case FORWARD_ALWAYS -> Set.of(off ? EventType.FORWARD_ALWAYS_OFF : EventType.FORWARD_ALWAYS_ON);
            case FORWARD_BUSY -> Set.of(off ? EventType.FORWARD_BUSY_OFF : EventType.FORWARD_BUSY_ON);
            case FORWARD_NO_ANSWER -> Set.of(off ? EventType.FORWARD_NO_ANSWER_OFF : EventType.FORWARD_NO_ANSWER_ON);
            case CALL_WAITING -> Set.of(on ? EventType.CALL_WAITING_ON : EventType.CALL_WAITING_OFF);
            case OPEN -> Set.of(EventType.DOOR_OPENED);
            default -> Set.of();
        };
    }
}
