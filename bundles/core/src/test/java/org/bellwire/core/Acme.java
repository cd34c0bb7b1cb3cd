package org.bellwire.core;

import java.util.List;
import org.bellwire.api.CallState;
import org.bellwire.api.CommandName;
import org.bellwire.api.EventType;
import org.bellwire.api.Property;
import org.bellwire.api.TransferKind;
import org.bellwire.api.spi.Access;
import org.bellwire.api.spi.CallVariables;
import org.bellwire.api.spi.CommandRow;
import org.bellwire.api.spi.CommandTable;
import org.bellwire.api.spi.EventRow;
import org.bellwire.api.spi.EventTable;
import org.bellwire.api.spi.Guard;
import org.bellwire.api.spi.KeyFile;
import org.bellwire.api.spi.KeyPad;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.api.spi.PhoneRequest;
import org.bellwire.api.spi.Plan;
import org.bellwire.api.spi.Provisioning;
import org.bellwire.api.spi.VendorInfo;

/** An invented vendor, in every shape that an event table can have. */
public record Acme(VendorInfo info, EventTable events, CommandTable commands) implements PhoneBinding {

    /** Event in a variable; call_missed and call_resumed are derived; a call makes the line busy. */
    public static final EventTable PLAIN = EventTable.namedBy(
            "event",
            CallVariables.id("callId")
                    .otherId("callId2")
                    .other("number", "name")
                    .account("accountId"),
            EventRow.on("incoming", EventType.CALL_INCOMING),
            EventRow.on("outgoing", EventType.CALL_OUTGOING),
            EventRow.on("update", EventType.CALL_UPDATED),
            EventRow.on("connected", EventType.CALL_CONNECTED),
            EventRow.on("held", EventType.CALL_HELD),
            EventRow.on("ended", EventType.CALL_ENDED),
            EventRow.on("conferenced", EventType.CONFERENCE_STARTED),
            EventRow.on("transferred", EventType.TRANSFER_RECEIVED),
            EventRow.on("transfer_done", EventType.TRANSFER_COMPLETED));

    /** Event in the path; the vendor has its own missed, resumed and busy. */
    public static final EventTable FULL = EventTable.namedInPath(
            CallVariables.id("call_id").own("local").other("remote", "display_remote"),
            EventRow.on("Setup Completed", EventType.DEVICE_BOOTED),
            EventRow.on("Registered", EventType.ACCOUNT_REGISTERED),
            EventRow.on("Off-Hook", EventType.HOOK_OFF),
            EventRow.on("Incoming Call", EventType.CALL_INCOMING),
            EventRow.on("Outgoing Call", EventType.CALL_OUTGOING),
            EventRow.on("Established", EventType.CALL_CONNECTED),
            EventRow.on("Hold", EventType.CALL_HELD),
            EventRow.on("UnHold", EventType.CALL_RESUMED),
            EventRow.on("Terminated", EventType.CALL_ENDED).sets(Property.MUTE, "OFF"),
            EventRow.on("Missed Call", EventType.CALL_MISSED),
            EventRow.on("Reject Incoming Call", EventType.CALL_REJECTED),
            EventRow.on("Forward Incoming Call", EventType.CALL_FORWARDED),
            EventRow.on("Answer New-InCall", EventType.CALL_WAITING_ANSWERED),
            EventRow.on("Blind Transfer", EventType.TRANSFER_BLIND),
            EventRow.on("Open DND", EventType.DND_ON),
            EventRow.on("Close DND", EventType.DND_OFF),
            EventRow.on("Mute", EventType.MUTE_ON),
            EventRow.on("Idle to Busy", EventType.LINE_BUSY),
            EventRow.on("Busy to Idle", EventType.LINE_IDLE),
            EventRow.on("IP Changed", EventType.DEVICE_IP_CHANGED));

    /** The sides are callee and caller; one hold event for both ways; call_missed is derived. */
    public static final EventTable BY_ROLE = EventTable.namedInPath(
            CallVariables.id("call_id").callee("local", "display_local").caller("remote", "display_remote"),
            EventRow.on("ring", EventType.CALL_INCOMING),
            EventRow.on("dial", EventType.CALL_OUTGOING),
            EventRow.on("talk", EventType.CALL_CONNECTED),
            EventRow.on("hold", EventType.CALL_HELD).when("hold_state", "off_hold", EventType.CALL_RESUMED),
            EventRow.on("end", EventType.CALL_ENDED));

    /** Tells with the end of a call which way it went and when it was answered; call_missed is derived. */
    public static final EventTable TELLING = EventTable.namedInPath(
            CallVariables.id("guid").direction("way", "in", "out").answeredAt("connected_time", "never"),
            EventRow.on("ring", EventType.CALL_INCOMING),
            EventRow.on("end", EventType.CALL_ENDED));

    /** Knows nothing of calls. */
    public static final EventTable SILENT = EventTable.namedInPath(
            CallVariables.id("call_id"),
            EventRow.on("boot", EventType.DEVICE_BOOTED),
            EventRow.on("ip", EventType.DEVICE_IP_CHANGED));

    private static final Access ACCESS =
            Access.http(Access.Authentication.PASSWORD).withKeyGapMs(150);
    private static final KeyPad KEYS =
            KeyPad.of("OK X 0-9 * POUND", name -> request("key", name)).onlyInCall("X");
    private static final CommandTable COMMANDS = CommandTable.of(
            ACCESS,
            KEYS,
            CommandRow.on(
                    CommandName.DIAL,
                    (command, phone) ->
                            Plan.send(request("dial", command.dialled().value()))),
            CommandRow.on(CommandName.REDIAL, request("redial", "last")),
            CommandRow.on(CommandName.ANSWER, request("call", "answer")).when(Guard.onlyWhile(CallState.RINGING)),
            CommandRow.on(CommandName.HANGUP, request("call", "hangup")),
            CommandRow.on(CommandName.DND, request("key", "DND")).when(Guard.toDiffer(Property.DND)),
            CommandRow.on(
                    CommandName.TRANSFER,
                    (command, phone) -> Plan.send(request(
                                    "transfer", command.dialled().value())
                            .with("kind", command.kind().map(TransferKind::wire).orElse("-")))),
            CommandRow.on(CommandName.VOLUME, (command, phone) -> {
                throw new IllegalStateException("a vendor's table with a fault");
            }),
            CommandRow.on(CommandName.TEXT, (command, phone) -> Plan.send(request("text", command.value()))),
            CommandRow.on(CommandName.REBOOT, request("system", "reboot")));

    static Acme of(String id, EventTable events) {
        return new Acme(new VendorInfo(id, "Acme " + id, "none"), events, COMMANDS);
    }

    private static PhoneRequest request(String what, String value) {
        return new PhoneRequest("/" + what).with("value", value);
    }

    @Override
    public Provisioning provisioning() {
        KeyFile file =
                KeyFile.xml("xml", "cfg{mac}.xml", "<url>{url}</url>").between("<?xml version=\"1.0\"?>", "<!-- -->");
        boolean takesFiles = info().id().equals("acme");
        return new Provisioning("nowhere", "/{event}?mac=$mac", false, takesFiles ? List.of(file) : List.of());
    }
}
