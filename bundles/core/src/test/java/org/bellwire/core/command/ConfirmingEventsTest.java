package org.bellwire.core.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.bellwire.api.CommandName;
import org.bellwire.api.EventType;
import org.bellwire.api.spi.CallVariables;
import org.bellwire.api.spi.Command;
import org.bellwire.api.spi.EventRow;
import org.bellwire.api.spi.EventTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConfirmingEventsTest {

    /** Of a vendor whose phones report everything. */
    private static final EventTable ALL = EventTable.namedInPath(
            CallVariables.id("id"),
            Arrays.stream(EventType.values())
                    .map(type -> EventRow.on(type.wire(), type))
                    .toArray(EventRow[]::new));

    private static final EventTable ONLY_ENDS =
            EventTable.namedInPath(CallVariables.id("id"), EventRow.on("end", EventType.CALL_ENDED));

    @ParameterizedTest
    @CsvSource({
        "DIAL,42,CALL_OUTGOING",
        "REDIAL,PRESS,CALL_OUTGOING",
        "ANSWER,PRESS,CALL_CONNECTED CALL_WAITING_ANSWERED",
        "HANGUP,PRESS,CALL_ENDED",
        "REJECT,PRESS,CALL_ENDED CALL_REJECTED",
        "HOLD,PRESS,CALL_HELD",
        "RESUME,PRESS,CALL_RESUMED",
        "TRANSFER,42,TRANSFER_ATTENDED TRANSFER_BLIND TRANSFER_COMPLETED TRANSFER_STARTED",
        "CONFERENCE,PRESS,CONFERENCE_STARTED",
        "DND,ON,DND_ON",
        "DND,OFF,DND_OFF",
        "MUTE,ON,MUTE_ON",
        "MUTE,OFF,MUTE_OFF",
        "MUTE,TOGGLE,MUTE_OFF MUTE_ON",
        "FORWARD_ALWAYS,42,FORWARD_ALWAYS_ON",
        "FORWARD_ALWAYS,OFF,FORWARD_ALWAYS_OFF",
        "FORWARD_BUSY,ON,FORWARD_BUSY_ON",
        "FORWARD_BUSY,OFF,FORWARD_BUSY_OFF",
        "FORWARD_NO_ANSWER,42,FORWARD_NO_ANSWER_ON",
        "FORWARD_NO_ANSWER,OFF,FORWARD_NO_ANSWER_OFF",
        "CALL_WAITING,ON,CALL_WAITING_ON",
        "CALL_WAITING,OFF,CALL_WAITING_OFF",
        "OPEN,PRESS,DOOR_OPENED"
    })
    void command_is_confirmed_by_what_it_brings_about(CommandName name, String value, String events) {
        Set<String> proofs = new TreeSet<>();
        ConfirmingEvents.of(Command.of(name, value), ALL).forEach(type -> proofs.add(type.name()));
        assertThat(proofs).containsExactly(events.split(" "));
    }

    @ParameterizedTest
    @EnumSource(names = {"DTMF", "KEY", "TEXT", "VOLUME", "MISSED", "REFRESH", "REBOOT", "PROVISION"})
    void nothing_would_prove_other_commands(CommandName name) {
        assertThat(ConfirmingEvents.of(Command.of(name, "1"), ALL)).isEmpty();
    }

    @Test
    void only_what_the_vendor_reports_can_confirm() {
        assertThat(ConfirmingEvents.of(Command.of(CommandName.REJECT, "PRESS"), ONLY_ENDS))
                .containsExactly(EventType.CALL_ENDED);
        assertThat(ConfirmingEvents.of(Command.of(CommandName.DIAL, "42"), ONLY_ENDS))
                .isEmpty();
    }
}
