package org.bellwire.binding.sangoma;

import static org.bellwire.api.CallState.HELD;
import static org.bellwire.api.CallState.RINGING;
import static org.bellwire.api.CommandName.*;
import static org.bellwire.api.EventType.*;
import static org.bellwire.api.spi.EventRow.on;
import static org.bellwire.api.spi.Guard.accountUpTo;
import static org.bellwire.api.spi.Guard.notWhile;
import static org.bellwire.api.spi.Guard.onlyWhile;
import static org.bellwire.api.spi.Guard.onlyWhileOrUnknown;
import static org.bellwire.api.spi.Guard.toDiffer;

import java.util.List;
import java.util.Map;
import org.bellwire.api.Property;
import org.bellwire.api.SwitchValue;
import org.bellwire.api.spi.Access;
import org.bellwire.api.spi.CallVariables;
import org.bellwire.api.spi.Command;
import org.bellwire.api.spi.CommandRow;
import org.bellwire.api.spi.CommandTable;
import org.bellwire.api.spi.EventTable;
import org.bellwire.api.spi.KeyFile;
import org.bellwire.api.spi.KeyPad;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.api.spi.PhoneRequest;
import org.bellwire.api.spi.PhoneView;
import org.bellwire.api.spi.Plan;
import org.bellwire.api.spi.Provisioning;
import org.bellwire.api.spi.VendorInfo;
import org.osgi.service.component.annotations.Component;

/** Sangoma S-series: an URL for each event, and commands as key presses. */
@Component
public final class SangomaBinding implements PhoneBinding {

    private static final VendorInfo INFO =
            new VendorInfo("sangoma", "Sangoma S-series", "Sangoma, Supported Action URLs");

    /** Keys: the P-code and its name in the phone's templates; misspelt as the vendor's are. */
    private static final EventTable EVENTS = EventTable.namedInPath(
            CallVariables.id("call_id")
                    .own("local")
                    .other("remote", "display_remote")
                    .account("active_user"),
            on("Setup Completed", DEVICE_BOOTED).key("P3701", "ActionUrl.SetupCompleted"),
            on("Registered", ACCOUNT_REGISTERED).alias("Log On").key("P3702", "ActionUrl.LogOn"),
            on("Unregistered", ACCOUNT_UNREGISTERED).alias("Log Off").key("P3703", "ActionUrl.LogOff"),
            on("Register Failed", ACCOUNT_REGISTER_FAILED)
                    .alias("Registration Failed")
                    .key("P3704", "ActionUrl.RegisterFailed"),
            on("Off Hook", HOOK_OFF).key("P3705", "ActionUrl.OffHook"),
            on("On Hook", HOOK_ON).key("P3706", "ActionUrl.OnfHook"),
            on("Incoming Call", CALL_INCOMING).key("P3707", "ActionUrl.IncomingCall"),
            on("Outgoing Call", CALL_OUTGOING).key("P3708", "ActionUrl.OutgoingCall"),
            on("Established", CALL_CONNECTED).alias("Call Established").key("P3709", "ActionUrl.CallEstablished"),
            on("Terminated", CALL_ENDED)
                    .sets(Property.MUTE, SwitchValue.OFF)
                    .alias("Call Terminated")
                    .key("P3710", "ActionUrl.CallTerminated"),
            on("Open DND", DND_ON).alias("Activate DND").key("P3711", "ActionUrl.OpenDND"),
            on("Close DND", DND_OFF).alias("De-activate DND").key("P3712", "ActionUrl.CloseDND"),
            on("Open Always Forward", FORWARD_ALWAYS_ON)
                    .alias("Activate Always Forward")
                    .key("P3713", "ActionUrl.OpenAlwaysForward"),
            on("Close Always Forward", FORWARD_ALWAYS_OFF)
                    .alias("De-activate Always Forward")
                    .key("P3714", "ActionUrl.CloseAlwaysForward"),
            on("Open Busy Forward", FORWARD_BUSY_ON)
                    .alias("Activate Busy Forward")
                    .key("P3715", "ActionUrl.OpenBusyForward"),
            on("Close Busy Forward", FORWARD_BUSY_OFF)
                    .alias("De-activate Busy Forward")
                    .key("P3716", "ActionUrl.CloseBusyForward"),
            on("Open No Answer Forward", FORWARD_NO_ANSWER_ON)
                    .alias("Activate No Answer Forward", "Open No Busy Forward")
                    .key("P3717", "ActionUrl.OpenNoAnswerForward"),
            on("Close No Answer Forward", FORWARD_NO_ANSWER_OFF)
                    .alias("De-activate No Answer Forward", "Close No Busy Forward")
                    .key("P3718", "ActionUrl.CloseNoAnswerForward"),
            on("Transfer Call", TRANSFER_STARTED).key("P3719", "ActionUrl.TransferCall"),
            on("Blind Transfer", TRANSFER_BLIND).key("P3720", "ActionUrl.BlindTrandfercall"),
            on("Attended Transfer", TRANSFER_ATTENDED).key("P3721", "ActionUrl.AttendedTransferCall"),
            on("Hold", CALL_HELD).key("P3722", "ActionUrl.Hold"),
            on("UnHold", CALL_RESUMED).key("P3723", "ActionUrl.Unhold"),
            on("Mute", MUTE_ON).key("P3724", "ActionUrl.Mute"),
            on("UnMute", MUTE_OFF).key("P3725", "ActionUrl.Unmute"),
            on("Missed Call", CALL_MISSED).key("P3726", "ActionUrl.MissedCall"),
            on("Idle to Busy", LINE_BUSY).key("P3727", "ActionUrl.IdleToBusy"),
            on("Busy to Idle", LINE_IDLE).key("P3728", "ActionUrl.BusyToIdel"),
            on("Forward Incoming Call", CALL_FORWARDED).key("P3729", "ActionUrl.ForwardIncomingCall"),
            on("Reject Incoming Call", CALL_REJECTED).key("P3730", "ActionUrl.RejectIncomingCall"),
            on("Answer New-InCall", CALL_WAITING_ANSWERED).key("P3731", "ActionUrl.AnswerNewIncomingCall"),
            on("Transfer Finished", TRANSFER_COMPLETED).key("P3732", "ActionUrl.TransferFinished"),
            on("Transfer Failed", TRANSFER_FAILED).key("P3733", "ActionUrl.TransfeFailed"),
            on("IP Changed", DEVICE_IP_CHANGED)); // P3734 is the power LED in published templates: no key

    /** On an idle phone X asks to reboot, and OK or ENTER says yes to it; CANCEL does no harm. */
    private static final KeyPad KEYS = KeyPad.of(
                    "OK ENTER SPEAKER F_TRANSFER VOLUME_UP VOLUME_DOWN MUTE F_HOLD X CANCEL 0-9 * POUND L1-L45 D1-D10"
                            + " F_CONFERENCE F1-F4 MSG HEADSET RD UP DOWN LEFT RIGHT Reboot AutoP DNDOn DNDOff",
                    key -> command("key=" + key))
            .onlyInCall("X", "OK", "ENTER")
            .gatedBy(Map.of("Reboot", REBOOT, "AutoP", PROVISION));

    private static final CommandTable COMMANDS = CommandTable.of(
            Access.http(Access.Authentication.PASSWORD),
            KEYS,
            CommandRow.on(DIAL, SangomaBinding::dial).when(accountUpTo(6)),
            KEYS.row(HANGUP, "CANCEL"),
            KEYS.row(ANSWER, "OK").when(onlyWhile(RINGING)),
            KEYS.row(SPEAKER, "SPEAKER"),
            KEYS.transfer("F_TRANSFER"),
            KEYS.choice(VOLUME, Map.of("UP", "VOLUME_UP", "DOWN", "VOLUME_DOWN")),
            KEYS.row(MUTE, "MUTE").when(toDiffer(Property.MUTE)),
            KEYS.row(HOLD, "F_HOLD").when(notWhile(HELD)),
            KEYS.row(RESUME, "F_HOLD").when(onlyWhileOrUnknown(HELD)),
            KEYS.row(REJECT, "X").when(onlyWhile(RINGING)),
            KEYS.row(CONFERENCE, "F_CONFERENCE"),
            KEYS.row(MESSAGES, "MSG"),
            KEYS.row(HEADSET, "HEADSET"),
            KEYS.row(REDIAL, "RD"),
            KEYS.row(REBOOT, "Reboot"),
            KEYS.row(PROVISION, "AutoP"),
            KEYS.choice(DND, Map.of("ON", "DNDOn", "OFF", "DNDOff")));

    private static final Provisioning PROVISIONING = new Provisioning(
            "Setting → Action URL",
            "/{event}?mac=$mac&ip=$ip&call_id=$call_id&local=$local&remote=$remote&display_remote=$display_remote"
                    + "&active_user=$active_user&model=$model&firmware=$firmware",
            false,
            List.of(KeyFile.xml("xml", "cfg{mac}.xml", "<{0} para=\"{1}\">{url}</{0}>")
                    .between(
                            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<hl_provision version=\"1\">\n<config version=\"1\">",
                            "</config>\n</hl_provision>")));

    /** {@code &}, not {@code ?}: all of it is the path. */
    private static PhoneRequest command(String what) {
        return new PhoneRequest("/Phone_ActionURL&" + what);
    }

    private static Plan dial(Command command, PhoneView phone) {
        String number = PhoneRequest.encode(command.dialled().value());
        String account = command.accountOn(phone).map(a -> "&Account=" + a).orElse("");
        return Plan.send(command("Command=1&Number=" + number + account));
    }

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
