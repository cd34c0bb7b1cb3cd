package org.bellwire.binding.fanvil;

import static org.bellwire.api.CallState.*;
import static org.bellwire.api.CommandName.*;
import static org.bellwire.api.EventType.*;
import static org.bellwire.api.spi.EventRow.on;
import static org.bellwire.api.spi.Guard.*;

import java.util.List;
import java.util.Map;
import org.bellwire.api.DialNumber;
import org.bellwire.api.Property;
import org.bellwire.api.SwitchValue;
import org.bellwire.api.TransferKind;
import org.bellwire.api.spi.Access;
import org.bellwire.api.spi.AnswerTable;
import org.bellwire.api.spi.CallVariables;
import org.bellwire.api.spi.Command;
import org.bellwire.api.spi.CommandRow;
import org.bellwire.api.spi.CommandTable;
import org.bellwire.api.spi.Credential;
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

/** Fanvil phones and door phones: an URL for each event, and lists of keys as requests. */
@Component
public final class FanvilBinding implements PhoneBinding {

    private static final String PATH = "/cgi-bin/ConfigManApp.com";

    private static final VendorInfo INFO = new VendorInfo(
            "fanvil",
            "Fanvil phones and door phones",
            "configuration templates and programs of others; the vendor's Action URL and Active URI Specifications are not public");

    /** Keys: of older phones, and of newer ones; one of the two may be empty. Misspelt as the vendor's are. */
    private static final EventTable EVENTS = EventTable.namedInPath(
            CallVariables.id("call_id")
                    .own("local")
                    .other("remote", "display_remote")
                    .account("active_user"),
            on("Boot Completed", DEVICE_BOOTED).key("Boot_Completed_Url", "BootCompletedUrl"),
            on("Start Reboot", DEVICE_REBOOTING).key("", "StartRebootUrl"),
            on("Reg On", ACCOUNT_REGISTERED).key("Reg_On_Url", "RegOnUrl"),
            on("Reg Off", ACCOUNT_UNREGISTERED).key("Reg_Off_Url", "RegOffUrl"),
            on("Reg Failed", ACCOUNT_REGISTER_FAILED).key("Reg_Failed_Url", "RegFailedUrl"),
            on("Offhook", HOOK_OFF).key("Offhook_Url", "OffhookUrl"),
            on("Onhook", HOOK_ON).key("Onhook_Uri", "OnhookUri"),
            on("Incoming Call", CALL_INCOMING).key("Incmoing_Call_Url", "IncomingCallUrl"),
            on("Outgoing Call", CALL_OUTGOING).key("Outgoing_Call_Url", "OutgoingCallUrl"),
            on("Call Active", CALL_CONNECTED).key("Call_Active_Url", "CallActiveUrl"),
            on("Call Stop", CALL_ENDED).sets(Property.MUTE, SwitchValue.OFF).key("Call_Stop_Url", "CallStopUrl"),
            on("DND On", DND_ON).key("DND_On_Url", "DNDOnUrl"),
            on("DND Off", DND_OFF).key("DND_Off_Url", "DNDOffUrl"),
            on("Always FWD On", FORWARD_ALWAYS_ON).key("Always_FWD_On_Url", "AlwaysFWDOnUrl"),
            on("Always FWD Off", FORWARD_ALWAYS_OFF).key("Always_FWD_Off_Url", "AlwaysFWDOffUrl"),
            on("Busy FWD On", FORWARD_BUSY_ON).key("Busy_FWD_On_Url", "BusyFWDOnUrl"),
            on("Busy FWD Off", FORWARD_BUSY_OFF).key("Busy_FWD_Off_Url", "BusyFWDOffUrl"),
            on("No Ans FWD On", FORWARD_NO_ANSWER_ON).key("No_Ans_FWD_On_Url", "NoAnsFWDOnUrl"),
            on("No Ans FWD Off", FORWARD_NO_ANSWER_OFF).key("No_Ans_FWD_Off_Url", "NoAnsFWDOffUrl"),
            on("Transfer", TRANSFER_STARTED).key("Transfer_Url", "TransferUrl"),
            on("B Transfer", TRANSFER_BLIND).key("B_Transfer_Url", ""),
            on("A Transfer", TRANSFER_ATTENDED).key("A_Transfer_Url", ""),
            on("Hold", CALL_HELD).alias("Hold On").key("Hold_Url", "HoldOnUrl"),
            on("Unhold", CALL_RESUMED).alias("Hold Off").key("Unhold_Url", "HoldOffUrl"),
            on("Held On", CALL_HELD_BY_PEER).key("", "HeldOnUrl"),
            on("Held Off", CALL_RESUMED_BY_PEER).key("", "HeldOffUrl"),
            on("Mute", MUTE_ON).alias("Mute On Call").key("Mute_Url", "MuteOnCallUrl"),
            on("Unmute", MUTE_OFF).alias("Mute Off Call").key("Unmute_Url", "MuteOffCallUrl"),
            on("Mute On", MUTE_ON),
            on("Mute Off", MUTE_OFF),
            on("Missed Call", CALL_MISSED).alias("New Missed call").key("Missed_call_Url", "NewMissedcallUrl"),
            on("IP Change", DEVICE_IP_CHANGED).key("IP_Change_Url", "IPChangeUrl"),
            on("Idle to Busy", LINE_BUSY).key("Idle_to_Busy_Url", ""),
            on("Busy to Idle", LINE_IDLE).key("Busy_to_Idle_Url", ""),
            on("PhoneState Idle", LINE_IDLE).key("", "PhoneStateIdleUrl"),
            on("PhoneState Talking", LINE_BUSY).key("", "PhoneStateTalking"),
            on("PhoneState Ringing", LINE_BUSY).key("", "PhoneStateRinging"),
            on("New MWI", MESSAGE_WAITING).key("", "NewMWIUrl"),
            on("New SMS", MESSAGE_RECEIVED).key("", "NewSMSUrl"),
            on("Web Auth Changed", VENDOR_EVENT).key("", "WebAuthChangedUrl"),
            on("Recv Sip Msg", VENDOR_EVENT),
            on("Reset Phone", VENDOR_EVENT),
            on("Insufficient Rom", VENDOR_EVENT),
            on("Equipment Capability", VENDOR_EVENT),
            on("Open Door", DOOR_OPENED).key("Open_Door_Url", ""),
            on("Close Door", DOOR_CLOSED).key("Close_Door_Url", ""),
            on("Card Id", DOOR_REQUESTED),
            on("Keypad Input", DOOR_REQUESTED));

    private static final KeyPad SINGLE = KeyPad.of(
                    "OK ENTER UP DOWN LEFT RIGHT SPEAKER RELEASE RD MUTE VOLUME_UP VOLUME_DOWN DNDON DNDOFF F_ACCEPT F_CANCEL"
                            + " F_HOLD F_MUTE F_TRANSFER DSS1-DSS2 0-9 * POUND F_CONFERENCE MSG HEADSET F1-F4 Reboot AutoP",
                    keys -> new PhoneRequest(PATH + "?key=" + keys))
            .gatedBy(Map.of("Reboot", REBOOT, "AutoP", PROVISION));
    private static final KeyPad KEYS = SINGLE.joinedBy(";");

    private static final AnswerTable ANSWERS = AnswerTable.USUAL
            .failure(
                    503,
                    "the phone serves too many web sessions: log out of its web page, or wait until they have expired")
            .unauthorized(403, "the phone refuses this gateway: enter its address as Active URI Limit IP on the phone");

    private static final CommandTable COMMANDS = CommandTable.of(
            Access.http(Access.Authentication.PASSWORD).answering(ANSWERS),
            KEYS,
            CommandRow.on(DIAL, FanvilBinding::dial),
            KEYS.row(ANSWER, "F_ACCEPT").when(onlyWhile(RINGING)),
            KEYS.row(HANGUP, "RELEASE"),
            KEYS.row(REJECT, "F_CANCEL").when(onlyWhile(RINGING)),
            KEYS.row(HOLD, "F_HOLD").when(onlyWhile(CONNECTED)),
            KEYS.row(RESUME, "F_HOLD").when(onlyWhileOrUnknown(HELD)),
            KEYS.row(REDIAL, "RD"),
            CommandRow.on(TRANSFER, FanvilBinding::transfer),
            KEYS.row(CONFERENCE, "F_CONFERENCE"),
            CommandRow.on(DTMF, FanvilBinding::tones),
            KEYS.row(MUTE, "MUTE").when(toDiffer(Property.MUTE)),
            KEYS.choice(DND, Map.of("ON", "DNDON", "OFF", "DNDOFF")),
            KEYS.choice(VOLUME, Map.of("UP", "VOLUME_UP", "DOWN", "VOLUME_DOWN")),
            CommandRow.on(OPEN, FanvilBinding::open),
            KEYS.row(SPEAKER, "SPEAKER"),
            KEYS.row(HEADSET, "HEADSET"),
            KEYS.row(MESSAGES, "MSG"),
            KEYS.row(REBOOT, "Reboot"),
            KEYS.row(PROVISION, "AutoP"));

    private static final Provisioning PROVISIONING = new Provisioning(
                    "Phone settings → Action",
                    "/{event}?mac=$mac&call_id=$call_id&local=$local&remote=$remote&display_remote=$display_remote"
                            + "&active_user=$active_user&ip=$ip&model=$model&firmware=$firmware&duration=$duration",
                    false,
                    List.of(
                            KeyFile.xml("xml", "{mac}.cfg", "<{1}>{url}</{1}>")
                                    .between(
                                            "<sysConf>\n<cti>\n<EnabledActiveUri>1</EnabledActiveUri>\n<EnabledActionUrl>1</EnabledActionUrl>"
                                                    + "\n<ActiveUriIP>{gateway}</ActiveUriIP>",
                                            "</cti>\n</sysConf>"),
                            KeyFile.xml("xml-old", "{mac}.cfg", "<{0}>{url}</{0}>")
                                    .between(
                                            "<VOIP_CONFIG_FILE>\n<GLOBAL_CONFIG_MODULE>\n<Active_Uri_IP>{gateway}</Active_Uri_IP>",
                                            "</GLOBAL_CONFIG_MODULE>\n</VOIP_CONFIG_FILE>")))
            .device("/{event}?mac=$mac&ip=$ip&model=$model&firmware=$firmware&active_user=$active_user");

    /** The number is one entry of a list, so that a letter would be a key and a semicolon its end. */
    private static Plan dial(Command command, PhoneView phone) {
        String number = command.dialled().value();
        return number.matches("[0-9*#+]+")
                ? Plan.send(new PhoneRequest(PATH + "?key=SPEAKER;" + PhoneRequest.encode(number) + ";OK"))
                : Plan.refuse("the phone dials digits, * # and + only");
    }

    private static Plan transfer(Command command, PhoneView phone) {
        if (command.kind().filter(kind -> kind != TransferKind.BLIND).isPresent()) {
            return Plan.refuse("this phone's keys make blind transfers only: leave 'kind' out");
        }
        return command.number()
                .map(DialNumber::value)
                .filter(number -> number.matches("[0-9*#+]+"))
                .map(number -> Plan.send(
                        new PhoneRequest(PATH + "?key=F_TRANSFER;" + PhoneRequest.encode(number) + ";F_TRANSFER")))
                .orElseGet(() -> Plan.refuse("name the number to transfer to, in digits, *, # and +"));
    }

    private static Plan tones(Command command, PhoneView phone) {
        return SINGLE.type(command.value()).map(Plan::send).orElseGet(() -> Plan.refuse("tones are 0-9 * #"));
    }

    /** As it was recorded: with a capital K. The code is the station's remote opening password. */
    private static Plan open(Command command, PhoneView phone) {
        if (!command.value().matches("(?i)PRESS|1")) {
            return Plan.refuse("the station opens one door by its code: send PRESS or 1");
        }
        PhoneRequest lock = new PhoneRequest(PATH + "?Key=F_LOCK");
        return Plan.send(
                phone.has(Credential.API_TOKEN) ? lock.with("code", Credential.API_TOKEN) : lock.with("code", "*"));
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
