package org.bellwire.binding.htek;

import static org.bellwire.api.CallState.*;
import static org.bellwire.api.CommandName.*;
import static org.bellwire.api.EventType.*;
import static org.bellwire.api.spi.EventRow.on;
import static org.bellwire.api.spi.Guard.*;

import java.util.List;
import java.util.Map;
import org.bellwire.api.Property;
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

/** Htek UC series: an URL for each event, and commands as key presses. */
@Component
public final class HtekBinding implements PhoneBinding {

    private static final VendorInfo INFO =
            new VendorInfo("htek", "Htek UC series", "Action URL URI Guide on Htek IP Phones");

    /** Keys: the tag in newer firmware, the P-code and its name in older firmware; misspelt as the vendor's are. */
    private static final EventTable EVENTS = EventTable.namedInPath(
                    CallVariables.id("call_id")
                            .own("local")
                            .other("remote", "display_remote")
                            .account("active_user"),
                    on("Setup Completed", DEVICE_BOOTED)
                            .key("ActionUrl_SetupCompleted", "P3701", "ActionUrl.SetupCompleted"),
                    on("Log On", ACCOUNT_REGISTERED)
                            .alias("Registered")
                            .key("ActionUrl_Registered", "P3702", "ActionUrl.LogOn"),
                    on("Log Off", ACCOUNT_UNREGISTERED)
                            .alias("Unregistered")
                            .key("ActionUrl_Unregistered", "P3703", "ActionUrl.LogOff"),
                    on("Register Failed", ACCOUNT_REGISTER_FAILED)
                            .alias("Registration Failed")
                            .key("ActionUrl_RegisterFailed", "P3704", "ActionUrl.RegisterFailed"),
                    on("Offhook", HOOK_OFF).key("ActionUrl_OffHook", "P3705", "ActionUrl.OffHook"),
                    on("Onhook", HOOK_ON).key("ActionUrl_OnfHook", "P3706", "ActionUrl.OnfHook"),
                    on("Incoming Call", CALL_INCOMING).key("ActionUrl_IncomingCall", "P3707", "ActionUrl.IncomingCall"),
                    on("Outgoing Call", CALL_OUTGOING).key("ActionUrl_OutgoingCall", "P3708", "ActionUrl.OutgoingCall"),
                    on("Call Established", CALL_CONNECTED)
                            .alias("Established")
                            .key("ActionUrl_CallEstablished", "P3709", "ActionUrl.CallEstablished"),
                    on("Call Terminated", CALL_ENDED)
                            .alias("Terminated")
                            .key("ActionUrl_CallTerminated", "P3710", "ActionUrl.CallTerminated"),
                    on("Open DND", DND_ON).alias("Activate DND").key("ActionUrl_OpenDND", "P3711", "ActionUrl.OpenDND"),
                    on("Close DND", DND_OFF)
                            .alias("De-activate DND")
                            .key("ActionUrl_CloseDND", "P3712", "ActionUrl.CloseDND"),
                    on("Open Always Forward", FORWARD_ALWAYS_ON)
                            .alias("Activate Always Forward")
                            .key("ActionUrl_OpenAlwaysForward", "P3713", "ActionUrl.OpenAlwaysForward"),
                    on("Close Always Forward", FORWARD_ALWAYS_OFF)
                            .alias("De-activate Always Forward")
                            .key("ActionUrl_CloseAlwaysForward", "P3714", "ActionUrl.CloseAlwaysForward"),
                    on("Open Busy Forward", FORWARD_BUSY_ON)
                            .alias("Activate Busy Forward")
                            .key("ActionUrl_OpenBusyForward", "P3715", "ActionUrl.OpenBusyForward"),
                    on("Close Busy Forward", FORWARD_BUSY_OFF)
                            .alias("De-activate Busy Forward")
                            .key("ActionUrl_CloseBusyForward", "P3716", "ActionUrl.CloseBusyForward"),
                    on("Open No Busy Forward", FORWARD_NO_ANSWER_ON) // the document's word for no answer
                            .alias("Open No Answer Forward", "Activate No Answer Forward")
                            .key("ActionUrl_OpenNoAnswerForward", "P3717", "ActionUrl.OpenNoAnswerForward"),
                    on("Close No Busy Forward", FORWARD_NO_ANSWER_OFF)
                            .alias("Close No Answer Forward", "De-activate No Answer Forward")
                            .key("ActionUrl_CloseNoAnswerForward", "P3718", "ActionUrl.CloseNoAnswerForward"),
                    // From here on newer firmware only, under the names of its configuration templates.
                    on("Transfer Call", TRANSFER_STARTED)
                            .key("ActionUrl_TransferCall", "P3719", "ActionUrl.TransferCall"),
                    on("Blind Transfer", TRANSFER_BLIND)
                            .alias("Blind Transfer Call", "BlindTrandfercall")
                            .key("ActionUrl_BlindTrandfercall", "P3720", "ActionUrl.BlindTrandfercall"),
                    on("Attended Transfer", TRANSFER_ATTENDED)
                            .alias("Attended Transfer Call")
                            .key("ActionUrl_AttendedTransferCall", "P3721", "ActionUrl.AttendedTransferCall"),
                    on("Hold", CALL_HELD).key("ActionUrl_Hold", "P3722", "ActionUrl.Hold"),
                    on("UnHold", CALL_RESUMED).key("ActionUrl_Unhold", "P3723", "ActionUrl.Unhold"),
                    on("Mute", MUTE_ON).key("ActionUrl_Mute", "P3724", "ActionUrl.Mute"),
                    on("UnMute", MUTE_OFF).key("ActionUrl_Unmute", "P3725", "ActionUrl.Unmute"),
                    on("Missed Call", CALL_MISSED).key("ActionUrl_MissedCall", "P3726", "ActionUrl.MissedCall"),
                    on("Call Completed Elsewhere", CALL_ENDED).key("ActionUrl_CallCompletedElsewhere"),
                    on("IP Changed", DEVICE_IP_CHANGED)
                            .key("ActionUrl_IP_Changed"), // no P-code: P3734 is the power LED
                    on("Idle to Busy", LINE_BUSY).key("ActionUrl_IdleToBusy", "P3727", "ActionUrl.IdleToBusy"),
                    on("Busy to Idle", LINE_IDLE)
                            .alias("BusyToIdel")
                            .key("ActionUrl_BusyToIdel", "P3728", "ActionUrl.BusyToIdel"),
                    on("Forward Incoming Call", CALL_FORWARDED)
                            .key("ActionUrl_ForwardIncomingCall", "P3729", "ActionUrl.ForwardIncomingCall"),
                    on("Reject Incoming Call", CALL_REJECTED)
                            .key("ActionUrl_RejectIncomingCall", "P3730", "ActionUrl.RejectIncomingCall"),
                    on("Answer New-InCall", CALL_WAITING_ANSWERED)
                            .alias("Answer New Incoming Call")
                            .key("ActionUrl_AnswerNewIncomingCall", "P3731", "ActionUrl.AnswerNewIncomingCall"),
                    on("Transfer Finished", TRANSFER_COMPLETED)
                            .key("ActionUrl_TransferFinished", "P3732", "ActionUrl.TransferFinished"),
                    on("Transfer Failed", TRANSFER_FAILED)
                            .alias("TransfeFailed")
                            .key("ActionUrl_TransfeFailed", "P3733", "ActionUrl.TransfeFailed"),
                    on("Autop Finish", DEVICE_PROVISIONED).key("ActionUrl_AutopFinish"),
                    on("Call Waiting On", CALL_WAITING_ON).key("ActionUrl_CallWaitingOn"),
                    on("Call Waiting Off", CALL_WAITING_OFF).key("ActionUrl_CallWaitingOff"),
                    on("Headset Press", HEADSET_PRESSED).key("ActionUrl_HeadsetPress"),
                    on("Handsfree Press", SPEAKER_PRESSED).key("ActionUrl_HandsfreePress"),
                    on("Cancel Call Out", CALL_ENDED).key("ActionUrl_CancelCallOut"),
                    on("Remote Busy", CALL_ENDED).key("ActionUrl_RemoteBusy"),
                    on("Call Remote Canceled", CALL_ENDED).key("ActionUrl_CallRemoteCanceled"),
                    on("Peripheral Information", VENDOR_EVENT).key("ActionUrl_PeripheralInformation"),
                    on("VPN IP", VENDOR_EVENT).key("ActionUrl_VPN_IP"))
            .busyByCalls()
            .olderFirmwareLacks(CALL_MISSED);

    /** On an idle phone X asks to reboot, and OK or ENTER says yes to it. */
    private static final KeyPad KEYS = KeyPad.of(
                    "OK ENTER SPEAKER F_TRANSFER VOLUME_UP VOLUME_DOWN MUTE F_HOLD X 0-9 * POUND L1-L4 D1-D10"
                            + " F_CONFERENCE F1-F4 MSG HEADSET RD UP DOWN LEFT RIGHT Reboot AutoP DNDOn DNDOff",
                    key -> command("key=" + key))
            .onlyInCall("X", "OK", "ENTER")
            .gatedBy(Map.of("Reboot", REBOOT, "AutoP", PROVISION));

    private static final CommandTable COMMANDS = CommandTable.of(
            Access.http(Access.Authentication.PASSWORD).repeatingUnauthorized(),
            KEYS,
            CommandRow.on(DIAL, HtekBinding::dial).when(accountUpTo(4)),
            CommandRow.on(HANGUP, command("Command=2")),
            KEYS.row(ANSWER, "OK").when(onlyWhile(RINGING)),
            KEYS.row(SPEAKER, "SPEAKER"),
            KEYS.transfer("F_TRANSFER"),
            KEYS.choice(VOLUME, Map.of("UP", "VOLUME_UP", "DOWN", "VOLUME_DOWN")),
            KEYS.row(MUTE, "MUTE").when(toDiffer(Property.MUTE)),
            KEYS.row(HOLD, "F_HOLD").when(notWhile(HELD)),
            KEYS.row(RESUME, "F_HOLD").when(onlyWhileOrUnknown(HELD, CONNECTED)), // older firmware tells of no hold
            KEYS.row(REJECT, "X").when(onlyWhile(RINGING)),
            KEYS.row(CONFERENCE, "F_CONFERENCE"),
            KEYS.row(MESSAGES, "MSG"),
            KEYS.row(HEADSET, "HEADSET"),
            KEYS.row(REDIAL, "RD"),
            KEYS.row(REBOOT, "Reboot"),
            KEYS.row(PROVISION, "AutoP"),
            KEYS.choice(DND, Map.of("ON", "DNDOn", "OFF", "DNDOff")));

    private static final String BEGIN =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<hl_provision version=\"1\">\n<config version=\"1\">";
    private static final String REMOTE_CONTROL = "\n<RemoteControl_ActionUriEnable>1</RemoteControl_ActionUriEnable>"
            + "\n<RemoteControl_ActionUriIpList>{gateway}</RemoteControl_ActionUriIpList>";
    private static final String END = "</config>\n</hl_provision>";

    private static final Provisioning PROVISIONING = new Provisioning(
            "Setting → Action URL",
            "/{event}?mac=$mac&ip=$ip&call_id=$call_id&local=$local&remote=$remote&display_remote=$display_remote"
                    + "&active_user=$active_user&model=$model&firmware=$firmware",
            false,
            List.of(
                    KeyFile.xml("xml", "cfg{mac}.xml", "<{1} para=\"{2}\">{url}</{1}>")
                            .between(BEGIN, END),
                    KeyFile.xml("xml-tags", "cfg{mac}.xml", "<{0}>{url}</{0}>").between(BEGIN + REMOTE_CONTROL, END)));

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
