package org.bellwire.binding.yealink;

import static org.bellwire.api.CallState.*;
import static org.bellwire.api.CommandName.*;
import static org.bellwire.api.EventType.*;
import static org.bellwire.api.spi.EventRow.on;
import static org.bellwire.api.spi.Guard.*;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.CommandName;
import org.bellwire.api.Property;
import org.bellwire.api.SwitchValue;
import org.bellwire.api.TransferKind;
import org.bellwire.api.spi.Access;
import org.bellwire.api.spi.AnswerTable;
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
import org.bellwire.api.spi.ReadBack;
import org.bellwire.api.spi.VendorInfo;
import org.osgi.service.component.annotations.Component;

/** Yealink T and CP series: an URL for each event, commands as key presses, calls named by their ids. */
@Component
public final class YealinkBinding implements PhoneBinding {

    private static final VendorInfo INFO = new VendorInfo(
            "yealink",
            "Yealink T and CP series",
            "Yealink Administrator's Guide SIP-T2/T19(P) E2/T4, Action URL and Action URI");

    /**
     * Not every call ends with Terminated: one that was never answered ends with Cancel Call Out, Remote Busy, Call Remote Canceled,
     * Missed Call, Reject or Forward, and Busy To Idle ends what is left.
     */
    private static final EventTable EVENTS = EventTable.namedInPath(
            CallVariables.id("call_id")
                    .own("local")
                    .other("remote", "display_remote")
                    .orOther("calledNumber", "callerID")
                    .account("active_user"),
            on("Setup Completed", DEVICE_BOOTED).key("action_url.setup_completed"),
            on("Registered", ACCOUNT_REGISTERED).key("action_url.registered"),
            on("Unregistered", ACCOUNT_UNREGISTERED).key("action_url.unregistered"),
            on("Log On", ACCOUNT_REGISTERED).key("action_url.log_on"),
            on("Log Off", ACCOUNT_UNREGISTERED).key("action_url.log_off"),
            on("Register Failed", ACCOUNT_REGISTER_FAILED).key("action_url.register_failed"),
            on("Off Hook", HOOK_OFF).key("action_url.off_hook"),
            on("On Hook", HOOK_ON).key("action_url.on_hook"),
            on("Incoming Call", CALL_INCOMING).key("action_url.incoming_call"),
            on("Outgoing Call", CALL_OUTGOING).key("action_url.outgoing_call"),
            on("Established", CALL_CONNECTED).alias("Call Established").key("action_url.call_established"),
            on("Terminated", CALL_ENDED)
                    .alias("Call Terminated")
                    .sets(Property.MUTE, SwitchValue.OFF)
                    .key("action_url.call_terminated"),
            on("Missed Call", CALL_MISSED).key("action_url.missed_call"),
            on("Open DND", DND_ON).alias("DND On").key("action_url.dnd_on"),
            on("Close DND", DND_OFF).alias("DND Off").key("action_url.dnd_off"),
            on("Open Always Forward", FORWARD_ALWAYS_ON).alias("Always Fwd On").key("action_url.always_fwd_on"),
            on("Close Always Forward", FORWARD_ALWAYS_OFF)
                    .alias("Always Fwd Off")
                    .key("action_url.always_fwd_off"),
            on("Open Busy Forward", FORWARD_BUSY_ON).alias("Busy Fwd On").key("action_url.busy_fwd_on"),
            on("Close Busy Forward", FORWARD_BUSY_OFF).alias("Busy Fwd Off").key("action_url.busy_fwd_off"),
            on("Open NoAnswer Forward", FORWARD_NO_ANSWER_ON)
                    .alias("No Answer Fwd On")
                    .key("action_url.no_answer_fwd_on"),
            on("Close NoAnswer Forward", FORWARD_NO_ANSWER_OFF)
                    .alias("No Answer Fwd Off")
                    .key("action_url.no_answer_fwd_off"),
            on("Transfer Call", TRANSFER_STARTED).key("action_url.transfer_call"),
            on("Blind Transfer", TRANSFER_BLIND).alias("Blind Transfer Call").key("action_url.blind_transfer_call"),
            on("Attended Transfer", TRANSFER_ATTENDED)
                    .alias("Attended Transfer Call")
                    .key("action_url.attended_transfer_call"),
            on("Transfer Finished", TRANSFER_COMPLETED).key("action_url.transfer_finished"),
            on("Transfer Failed", TRANSFER_FAILED).key("action_url.transfer_failed"),
            on("Hold", CALL_HELD).key("action_url.hold"),
            on("UnHold", CALL_RESUMED).key("action_url.unhold"),
            on("Held", CALL_HELD_BY_PEER).key("action_url.held"),
            on("UnHeld", CALL_RESUMED_BY_PEER).key("action_url.unheld"),
            on("Mute", MUTE_ON).key("action_url.mute"),
            on("UnMute", MUTE_OFF).key("action_url.unmute"),
            on("IP Changed", DEVICE_IP_CHANGED).alias("IP Change").key("action_url.ip_change"),
            on("Idle To Busy", LINE_BUSY).key("action_url.idle_to_busy"),
            on("Busy To Idle", LINE_IDLE).key("action_url.busy_to_idle"),
            on("Forward Incoming Call", CALL_FORWARDED).key("action_url.forward_incoming_call"),
            on("Reject Incoming Call", CALL_REJECTED)
                    .alias("Reject New Incoming Call")
                    .key("action_url.reject_incoming_call"),
            on("Answer New-In Call", CALL_WAITING_ANSWERED)
                    .alias("Answer New Incoming Call")
                    .key("action_url.answer_new_incoming_call"),
            on("Autop Finish", DEVICE_PROVISIONED).alias("Setup Autop Finish").key("action_url.setup_autop_finish"),
            on("Open Call Waiting", CALL_WAITING_ON).alias("Call Waiting On").key("action_url.call_waiting_on"),
            on("Close Call Waiting", CALL_WAITING_OFF).alias("Call Waiting Off").key("action_url.call_waiting_off"),
            on("Headset", HEADSET_PRESSED).key("action_url.headset"),
            on("Handfree", SPEAKER_PRESSED).key("action_url.handfree"),
            on("Cancel Call Out", CALL_ENDED).key("action_url.cancel_callout"),
            on("Remote Busy", CALL_ENDED).key("action_url.remote_busy"),
            on("Call Remote Canceled", CALL_ENDED).key("action_url.call_remote_canceled"),
            on("Peripheral Information", VENDOR_EVENT).key("action_url.peripheral_information"),
            on("VPN IP", VENDOR_EVENT).key("action_url.vpn_ip"),
            on("Alarm Trigger", VENDOR_EVENT).key("action_url.alarm.trigger"));

    private static final KeyPad KEYS = KeyPad.of(
                    "OK ENTER SPEAKER F_TRANSFER VOLUME_UP VOLUME_DOWN MUTE F_HOLD F_CONFERENCE X 0-9 * POUND L1-L29 F1-F4"
                            + " MSG HEADSET RD UP DOWN LEFT RIGHT DNDOn DNDOff OFFHOOK ONHOOK ANSWER CALLEND Reboot AutoP",
                    YealinkBinding::key)
            .gatedBy(Map.of("Reboot", REBOOT, "AutoP", PROVISION));

    private static final Access ACCESS = Access.http(Access.Authentication.PASSWORD)
            .answering(AnswerTable.USUAL.unauthorized(
                    403,
                    "the phone refuses remote control: on its page Features, Remote Control, switch Action URI on and put this"
                            + " gateway's address on the list of allowed addresses, which is empty from the factory"
                            + " (features.action_uri.enable, features.action_uri_limit_ip); and confirm the question on its"
                            + " screen, or switch it off (features.show_action_uri_option)"));

    private static final CommandTable COMMANDS = CommandTable.of(
                    ACCESS,
                    KEYS,
                    CommandRow.on(DIAL, YealinkBinding::dial),
                    ofCall(ANSWER, "ASW:", "ANSWER")
                            .when(onlyWhile(RINGING).unlessNamed())
                            .ofCall(RINGING),
                    ofCall(HANGUP, "CANCEL:", "CALLEND"), // X would mute a call
                    ofCall(REJECT, "CANCEL:", "X")
                            .when(onlyWhile(RINGING).unlessNamed())
                            .ofCall(RINGING),
                    ofCall(HOLD, "HOLD:", "F_HOLD")
                            .when(onlyWhile(CONNECTED).unlessNamed())
                            .ofCall(CONNECTED),
                    ofCall(RESUME, "UNHOLD:", "F_HOLD")
                            .when(onlyWhileOrUnknown(HELD).unlessNamed())
                            .ofCall(HELD),
                    CommandRow.on(TRANSFER, YealinkBinding::transfer),
                    KEYS.row(CONFERENCE, "F_CONFERENCE"),
                    KEYS.row(MUTE, "MUTE").when(YealinkBinding::duringCall).when(toDiffer(Property.MUTE)),
                    KEYS.choice(DND, Map.of("ON", "DNDOn", "OFF", "DNDOff")),
                    KEYS.choice(VOLUME, Map.of("UP", "VOLUME_UP", "DOWN", "VOLUME_DOWN")),
                    KEYS.row(SPEAKER, "SPEAKER"),
                    KEYS.row(HEADSET, "HEADSET"),
                    KEYS.row(MESSAGES, "MSG"),
                    KEYS.row(REDIAL, "RD"),
                    KEYS.row(REBOOT, "Reboot"),
                    KEYS.row(PROVISION, "AutoP"),
                    forward(FORWARD_ALWAYS, "AlwaysFwd"),
                    forward(FORWARD_BUSY, "BusyFwd"),
                    forward(FORWARD_NO_ANSWER, "NoAnswFwd"), // the vendor's spelling
                    CommandRow.on(
                            CALL_WAITING,
                            (command, phone) ->
                                    Plan.send(key(command.is(SwitchValue.ON) ? "CallWaitingOn" : "CallWaitingOff"))))
            .reading(ReadBack.ofStates(
                    new PhoneRequest("/servlet?phonecfg=get&accounts=1&dnd=1&fw=1"), YealinkStatus::read));

    private static final Provisioning PROVISIONING = new Provisioning(
                    "Features → Action URL",
                    "/{event}?mac=$mac&call_id=$call_id&remote=$remote&display_remote=$display_remote&local=$local"
                            + "&active_user=$active_user&calledNumber=$calledNumber&callerID=$callerID",
                    false,
                    List.of(KeyFile.text("cfg", "{mac}.cfg", "{0} = {url}")
                            .between(
                                    "#!version:1.0.0.1\nfeatures.action_uri.enable = 1\nfeatures.action_uri_limit_ip = {gateway}"
                                            + "\nfeatures.show_action_uri_option = 0",
                                    "# end")))
            .device("/{event}?mac=$mac&ip=$ip&model=$model&firmware=$firmware");

    /** {@code key} stands first in the query, and nothing is sorted or encoded but the value. */
    private static PhoneRequest key(String key) {
        return new PhoneRequest("/servlet?key=" + key);
    }

    /** By the call's id where one is meant, else the key that acts on the call that the phone shows. */
    private static CommandRow ofCall(CommandName name, String byId, String otherwise) {
        return CommandRow.on(
                name,
                (command, phone) -> Plan.send(key(
                        command.call().map(id -> byId + PhoneRequest.encode(id)).orElse(otherwise))));
    }

    /** On an idle phone the key means nothing. */
    private static Optional<String> duringCall(Command command, PhoneView phone) {
        return command.is(SwitchValue.TOGGLE)
                ? Optional.empty()
                : notWhile(IDLE).objection(command, phone);
    }

    private static Plan dial(Command command, PhoneView phone) {
        return Plan.send(key("number=" + PhoneRequest.encode(command.dialled().value()))
                .with("outgoing_uri", phone.outgoingUri()));
    }

    private static Plan transfer(Command command, PhoneView phone) {
        boolean attended = command.kind().filter(TransferKind.ATTENDED::equals).isPresent();
        return command.number()
                .map(number -> Plan.send(key((attended ? "ATrans=" : "BTrans=") + PhoneRequest.encode(number.value()))))
                .orElseGet(() -> Plan.refuse("name the number to transfer to: the phone cannot join two calls"));
    }

    private static CommandRow forward(CommandName name, String what) {
        return CommandRow.on(name, (command, phone) -> {
            if (command.is(SwitchValue.OFF)) {
                return Plan.send(key(what + "Off"));
            }
            int seconds = command.afterSeconds().orElse(24); // the one in the guide
            if (name == FORWARD_NO_ANSWER && seconds % 6 != 0) {
                return Plan.refuse("after_s is a multiple of 6 for this phone, not " + seconds);
            }
            String after = name == FORWARD_NO_ANSWER ? "=" + seconds : "";
            return command.number()
                    .map(number -> Plan.send(key(what + "On=" + PhoneRequest.encode(number.value()) + after)))
                    .orElseGet(() -> Plan.refuse("name the number to forward to, or send OFF"));
        });
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
