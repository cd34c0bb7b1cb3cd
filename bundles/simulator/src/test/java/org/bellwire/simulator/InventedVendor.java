package org.bellwire.simulator;

import static org.bellwire.api.CommandName.*;
import static org.bellwire.api.EventType.*;
import static org.bellwire.api.spi.EventRow.on;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.CallState;
import org.bellwire.api.spi.Access;
import org.bellwire.api.spi.CallVariables;
import org.bellwire.api.spi.CommandRow;
import org.bellwire.api.spi.CommandTable;
import org.bellwire.api.spi.EventLog;
import org.bellwire.api.spi.EventTable;
import org.bellwire.api.spi.Guard;
import org.bellwire.api.spi.KeyPad;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.api.spi.PhoneRequest;
import org.bellwire.api.spi.Plan;
import org.bellwire.api.spi.Provisioning;
import org.bellwire.api.spi.VendorInfo;

/** Two invented vendors: one with keys and an URL for each event, one with call ids and one URL to which the phone appends. */
record InventedVendor(VendorInfo info, EventTable events, CommandTable commands, Provisioning provisioning)
        implements PhoneBinding {

    @Override
    public Optional<EventLog> eventLog() {
        return info.id().equals("acme") ? Optional.of(LogPagesTest.LOG) : Optional.empty();
    }

    private static final KeyPad PAD =
            KeyPad.of("OK HOLD X XFER MUTE 0-9 * POUND DndOn DndOff", key -> new PhoneRequest("/press&key=" + key));

    static InventedVendor withKeys() {
        return new InventedVendor(
                new VendorInfo("acme", "Acme", "invented"),
                EventTable.namedInPath(
                        CallVariables.id("call_id").own("local").other("remote", "display_remote"),
                        on("Setup Completed", DEVICE_BOOTED),
                        on("Incoming Call", CALL_INCOMING),
                        on("Outgoing Call", CALL_OUTGOING),
                        on("Established", CALL_CONNECTED),
                        on("Hold", CALL_HELD),
                        on("Un-Hold", CALL_RESUMED),
                        on("Mute", MUTE_ON),
                        on("UnMute", MUTE_OFF),
                        on("Reject", CALL_REJECTED),
                        on("Missed", CALL_MISSED),
                        on("Blind Transfer", TRANSFER_BLIND),
                        on("Terminated", CALL_ENDED),
                        on("Open DND", DND_ON),
                        on("Close DND", DND_OFF),
                        on("Busy to Idle", LINE_IDLE)),
                CommandTable.of(
                        Access.http(Access.Authentication.PASSWORD),
                        PAD,
                        CommandRow.on(
                                DIAL,
                                (command, phone) -> Plan.send(new PhoneRequest("/call&to="
                                        + PhoneRequest.encode(command.dialled().value())
                                        + command.accountOn(phone)
                                                .map(a -> "&as=" + a)
                                                .orElse("")))),
                        PAD.row(ANSWER, "OK").when(Guard.onlyWhile(CallState.RINGING)),
                        PAD.row(HANGUP, "X").when(Guard.onlyDuringCall()),
                        PAD.row(REJECT, "X").when(Guard.onlyWhile(CallState.RINGING)),
                        PAD.row(HOLD, "HOLD"),
                        PAD.row(RESUME, "HOLD"),
                        PAD.row(MUTE, "MUTE"),
                        PAD.choice(DND, Map.of("ON", "DndOn", "OFF", "DndOff")),
                        PAD.transfer("XFER")),
                new Provisioning(
                        "menu",
                        "/{event}?mac=$mac&call_id=$call_id&local=$local&remote=$remote&display_remote=$display_remote"
                                + "&odd=$odd",
                        false,
                        List.of()));
    }

    static InventedVendor withCallIds() {
        return new InventedVendor(
                new VendorInfo("other", "Other", "invented"),
                EventTable.namedBy(
                        "event",
                        CallVariables.id("callId").other("number", "name").direction("dir", "in", "out"),
                        on("incoming", CALL_INCOMING),
                        on("outgoing", CALL_OUTGOING),
                        on("connected", CALL_CONNECTED),
                        on("hold", CALL_HELD).when("state", "off", CALL_RESUMED),
                        on("over", CALL_ENDED)),
                CommandTable.of(
                        Access.https(Access.Authentication.BEARER),
                        CommandRow.on(
                                DIAL,
                                (command, phone) -> Plan.send(new PhoneRequest("/api?action=call")
                                        .with("number", command.dialled().value()))),
                        CommandRow.on(
                                ANSWER,
                                (command, phone) -> Plan.send(
                                        new PhoneRequest("/api?action=accept").with("callid", command.call()))),
                        CommandRow.on(
                                HOLD,
                                (command, phone) ->
                                        Plan.send(new PhoneRequest("/api?action=hold").with("callid", command.call()))),
                        CommandRow.on(
                                RESUME,
                                (command, phone) -> Plan.send(
                                        new PhoneRequest("/api?action=resume").with("callid", command.call()))),
                        CommandRow.on(
                                TEXT,
                                (command, phone) ->
                                        Plan.send(new PhoneRequest("/api?action=show").with("text", command.value())))),
                new Provisioning("menu", "", true, List.of()));
    }
}
