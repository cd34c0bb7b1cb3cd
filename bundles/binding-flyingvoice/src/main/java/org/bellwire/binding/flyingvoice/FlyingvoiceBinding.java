package org.bellwire.binding.flyingvoice;

import static org.bellwire.api.CallState.HELD;
import static org.bellwire.api.CallState.RINGING;
import static org.bellwire.api.CommandName.*;
import static org.bellwire.api.EventType.*;
import static org.bellwire.api.spi.EventRow.on;
import static org.bellwire.api.spi.Guard.notWhile;
import static org.bellwire.api.spi.Guard.onlyDuringCall;
import static org.bellwire.api.spi.Guard.onlyWhile;
import static org.bellwire.api.spi.Guard.onlyWhileOrUnknown;
import static org.bellwire.api.spi.Guard.toggleOnly;

import java.util.List;
import java.util.Map;
import org.bellwire.api.spi.Access;
import org.bellwire.api.spi.CallVariables;
import org.bellwire.api.spi.CommandRow;
import org.bellwire.api.spi.CommandTable;
import org.bellwire.api.spi.EventTable;
import org.bellwire.api.spi.KeyFile;
import org.bellwire.api.spi.KeyPad;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.api.spi.PhoneRequest;
import org.bellwire.api.spi.Plan;
import org.bellwire.api.spi.Provisioning;
import org.bellwire.api.spi.VendorInfo;
import org.osgi.service.component.annotations.Component;

/** FlyingVoice IP phones: an URL for each event, and one key press for each request. */
@Component
public final class FlyingvoiceBinding implements PhoneBinding {

    private static final String PATH = "/cgi-bin/ConfigManApp.com";

    private static final VendorInfo INFO = new VendorInfo(
            "flyingvoice",
            "FlyingVoice IP phones",
            "FlyingVoice User Guide of Action URL and Active URI, version 1.0, July 2020");

    /** {@code $local} is who is called and {@code $remote} who calls. Keys: as far as the vendor has published them. */
    private static final EventTable EVENTS = EventTable.namedInPath(
            CallVariables.id("call_id")
                    .callee("local", "display_local")
                    .caller("remote", "display_remote")
                    .account("active_user"),
            on("Off-hook", HOOK_OFF),
            on("On-hook", HOOK_ON).key("DBID_ACTIONURL_HOOKON"),
            on("Outgoing Call", CALL_OUTGOING).key("DBID_ACTIONURL_DIALING"),
            on("Incoming Call", CALL_INCOMING).key("DBID_ACTIONURL_RING"),
            on("Established", CALL_CONNECTED).alias("Call Established").key("DBID_ACTIONURL_CONNECTED"),
            on("Terminated", CALL_ENDED).alias("Call Terminated").key("DBID_ACTIONURL_DISCONNECTED"),
            on("Missed Call", CALL_MISSED).key("DBID_ACTIONURL_MISSREMIND"),
            on("Activate DND", DND_ON).alias("Open DND").key("DBID_ACTIONURL_DND_ENABLE"),
            on("De-activate DND", DND_OFF).alias("Close DND"),
            on("Activate Always Forward", FORWARD_ALWAYS_ON).alias("Open Always Forward"),
            on("De-activate Always Forward", FORWARD_ALWAYS_OFF).alias("Close Always Forward"),
            on("Activate Busy Forward", FORWARD_BUSY_ON).alias("Open Busy Forward"),
            on("De-activate Busy Forward", FORWARD_BUSY_OFF).alias("Close Busy Forward"),
            on("Activate No Answer Forward", FORWARD_NO_ANSWER_ON)
                    .alias("Open No Answer Forward", "Open No Busy Forward"),
            on("De-activate No Answer Forward", FORWARD_NO_ANSWER_OFF)
                    .alias("Close No Answer Forward", "Close No Busy Forward"),
            on("Hold", CALL_HELD),
            on("Unhold", CALL_RESUMED).key("DBID_ACTIONURL_HOLD_STOP"),
            on("Registered", ACCOUNT_REGISTERED).alias("Log On"),
            on("Registration Failed", ACCOUNT_REGISTER_FAILED).alias("Register Failed"),
            on("Unregistered", ACCOUNT_UNREGISTERED).alias("Log Off"),
            on("Transfer Call", TRANSFER_STARTED),
            on("Blind Transfer", TRANSFER_BLIND),
            on("Attended Transfer", TRANSFER_ATTENDED),
            on("Idle to Busy", LINE_BUSY),
            on("Busy to Idle", LINE_IDLE),
            on("Setup Completed", DEVICE_BOOTED),
            on("IP Changed", DEVICE_IP_CHANGED));

    private static final KeyPad KEYS = KeyPad.of(
                    "OK Enter Speaker F_TRANSFER VOLUME_UP VOLUME_DOWN MUTE F_HOLD X F_CONFERENCE F1-F4 MSG HEADSET RD"
                            + " UP DOWN LEFT RIGHT Reboot AutoP DNDOn DNDOff 0-9 * POUND L1-L8 D1-D10",
                    key -> new PhoneRequest(PATH + "?key=" + key))
            .gatedBy(Map.of("Reboot", REBOOT, "AutoP", PROVISION));

    private static final CommandTable COMMANDS = CommandTable.of(
            Access.http(Access.Authentication.PASSWORD).withKeyGapMs(200),
            KEYS,
            KEYS.row(ANSWER, "OK"),
            KEYS.row(SPEAKER, "Speaker"),
            KEYS.transfer("F_TRANSFER"),
            KEYS.choice(VOLUME, Map.of("UP", "VOLUME_UP", "DOWN", "VOLUME_DOWN")),
            KEYS.row(MUTE, "MUTE").when(toggleOnly()),
            KEYS.row(HOLD, "F_HOLD").when(notWhile(HELD)),
            KEYS.row(RESUME, "F_HOLD").when(onlyWhileOrUnknown(HELD)),
            KEYS.row(HANGUP, "X").when(onlyDuringCall()),
            KEYS.row(REJECT, "X").when(onlyWhile(RINGING)),
            KEYS.row(CONFERENCE, "F_CONFERENCE"),
            KEYS.row(MESSAGES, "MSG"),
            KEYS.row(HEADSET, "HEADSET"),
            KEYS.row(REDIAL, "RD"),
            KEYS.row(REBOOT, "Reboot"),
            KEYS.row(PROVISION, "AutoP"),
            KEYS.choice(DND, Map.of("ON", "DNDOn", "OFF", "DNDOff")),
            CommandRow.on(
                    DIAL,
                    (command, phone) -> Plan.send(new PhoneRequest(PATH)
                            .with("number", command.dialled().value())
                            .with("outgoing_uri", phone.outgoingUri()))));

    private static final Provisioning PROVISIONING = new Provisioning(
            "Phone → Action URL",
            "/{event}?mac=$mac&ip=$ip&call_id=$call_id&local=$local&display_local=$display_local"
                    + "&remote=$remote&display_remote=$display_remote&active_user=$active_user"
                    + "&model=$model&firmware=$firmware",
            false,
            List.of(KeyFile.text("text", "{mac}.cfg", "{0} = {url}")));

    @Override
    public VendorInfo info() {
        return INFO;
    }

    @Override
    public EventTable events() {
        return EVENTS;
    }

    @Override
    public CommandTable commands() {
        return COMMANDS;
    }

    @Override
    public Provisioning provisioning() {
        return PROVISIONING;
    }
}
