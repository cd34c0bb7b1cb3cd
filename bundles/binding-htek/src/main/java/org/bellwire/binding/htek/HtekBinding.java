package org.bellwire.binding.htek;

import static org.bellwire.api.CallState.*;
import static org.bellwire.api.CommandName.*;
import static org.bellwire.api.EventType.*;
import static org.bellwire.api.spi.EventRow.on;
import static org.bellwire.api.spi.Guard.*;

import java.util.List;
import java.util.Map;
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

    /** Keys: the P-code and its name in older firmware, the tag in newer firmware; misspelt as the vendor's are. */
    private static final EventTable EVENTS = EventTable.namedInPath(
            CallVariables.id("call_id")
                    .own("local")
                    .other("remote", "display_remote")
                    .account("active_user"),
            on("Setup Completed", DEVICE_BOOTED).key("P3701", "ActionUrl.SetupCompleted", "ActionUrl_SetupCompleted"),
            on("Log On", ACCOUNT_REGISTERED)
                    .alias("Registered")
                    .key("P3702", "ActionUrl.LogOn", "ActionUrl_Registered"),
            on("Log Off", ACCOUNT_UNREGISTERED)
                    .alias("Unregistered")
                    .key("P3703", "ActionUrl.LogOff", "ActionUrl_Unregistered"),
            on("Register Failed", ACCOUNT_REGISTER_FAILED)
                    .alias("Registration Failed")
                    .key("P3704", "ActionUrl.RegisterFailed", "ActionUrl_RegisterFailed"),
            on("Offhook", HOOK_OFF).key("P3705", "ActionUrl.OffHook", "ActionUrl_OffHook"),
            on("Onhook", HOOK_ON).key("P3706", "ActionUrl.OnfHook", "ActionUrl_OnfHook"),
            on("Incoming Call", CALL_INCOMING).key("P3707", "ActionUrl.IncomingCall", "ActionUrl_IncomingCall"),
            on("Outgoing Call", CALL_OUTGOING).key("P3708", "ActionUrl.OutgoingCall", "ActionUrl_OutgoingCall"),
            on("Call Established", CALL_CONNECTED)
                    .alias("Established")
                    .key("P3709", "ActionUrl.CallEstablished", "ActionUrl_CallEstablished"),
            on("Call Terminated", CALL_ENDED)
                    .alias("Terminated")
                    .key("P3710", "ActionUrl.CallTerminated", "ActionUrl_CallTerminated"),
            on("Open DND", DND_ON).alias("Activate DND").key("P3711", "ActionUrl.OpenDND", "ActionUrl_OpenDND"),
            on("Close DND", DND_OFF).alias("De-activate DND").key("P3712", "ActionUrl.CloseDND", "ActionUrl_CloseDND"),
            on("Open Always Forward", FORWARD_ALWAYS_ON)
                    .alias("Activate Always Forward")
                    .key("P3713", "ActionUrl.OpenAlwaysForward", "ActionUrl_OpenAlwaysForward"),
            on("Close Always Forward", FORWARD_ALWAYS_OFF)
                    .alias("De-activate Always Forward")
                    .key("P3714", "ActionUrl.CloseAlwaysForward", "ActionUrl_CloseAlwaysForward"),
            on("Open Busy Forward", FORWARD_BUSY_ON)
                    .alias("Activate Busy Forward")
                    .key("P3715", "ActionUrl.OpenBusyForward", "ActionUrl_OpenBusyForward"),
            on("Close Busy Forward", FORWARD_BUSY_OFF)
                    .alias("De-activate Busy Forward")
                    .key("P3716", "ActionUrl.CloseBusyForward", "ActionUrl_CloseBusyForward"),
            on("Open No Busy Forward", FORWARD_NO_ANSWER_ON) // the document's word for no answer
                    .alias("Open No Answer Forward", "Activate No Answer Forward")
                    .key("P3717", "ActionUrl.OpenNoAnswerForward", "ActionUrl_OpenNoAnswerForward"),
            on("Close No Busy Forward", FORWARD_NO_ANSWER_OFF)
                    .alias("Close No Answer Forward", "De-activate No Answer Forward")
                    .key("P3718", "ActionUrl.CloseNoAnswerForward", "ActionUrl_CloseNoAnswerForward"));

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
            KEYS.row(MUTE, "MUTE").when(toggleOnly()),
            KEYS.row(HOLD, "F_HOLD").when(notWhile(HELD)),
            KEYS.row(RESUME, "F_HOLD").when(onlyWhileOrUnknown(HELD, CONNECTED)), // no event tells which of the two
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
                    KeyFile.xml("xml", "cfg{mac}.xml", "<{0} para=\"{1}\">{url}</{0}>")
                            .between(BEGIN, END),
                    KeyFile.xml("xml-tags", "cfg{mac}.xml", "<{2}>{url}</{2}>").between(BEGIN + REMOTE_CONTROL, END)));

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
