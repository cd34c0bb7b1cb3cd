package org.bellwire.binding.grandstream;

import static org.bellwire.api.CallState.*;
import static org.bellwire.api.CommandName.*;
import static org.bellwire.api.EventType.*;
import static org.bellwire.api.spi.EventRow.on;
import static org.bellwire.api.spi.Guard.*;

import java.util.List;
import org.bellwire.api.CallState;
import org.bellwire.api.Property;
import org.bellwire.api.SwitchValue;
import org.bellwire.api.spi.Access;
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
import org.bellwire.api.spi.ReadBack;
import org.bellwire.api.spi.VendorInfo;
import org.osgi.service.component.annotations.Component;

/** Grandstream phones: an URL for each event, commands by the CTI interface with the password in the query, answers in JSON. */
@Component
public final class GrandstreamBinding implements PhoneBinding {

    private static final VendorInfo INFO = new VendorInfo(
            "grandstream",
            "Grandstream GXP, GRP, GHP and WP series",
            "Grandstream GRP26xx CTI Guide and ActionURL Module User Guide");

    private static final String NO_CODE = "";

    /** Desk phones know no call id, and few report busy and idle. Keys: the name of the setting, and its P-code. */
    private static final EventTable TABLE = EventTable.namedInPath(
            CallVariables.id("call-id")
                    .own("local")
                    .other("remote", "display_remote")
                    .account("active_user"),
            on("Setup Completed", DEVICE_BOOTED)
                    .alias("Booting Completed", "Bootup Completed", "Boot Completed")
                    .key("ons.actionUrl.setupCompleted", "P8304"),
            on("Registered", ACCOUNT_REGISTERED)
                    .alias("Registration", "Register")
                    .key("ons.actionUrl.registered", "P8305"),
            on("Unregistered", ACCOUNT_UNREGISTERED)
                    .alias("Sign Off", "Unregister")
                    .key("ons.actionUrl.unregistered", "P8306"),
            on("Register Failed", ACCOUNT_REGISTER_FAILED).key("ons.actionUrl.registerFailed", NO_CODE),
            on("Off Hook", HOOK_OFF).key("ons.actionUrl.offHook", "P8308"),
            on("On Hook", HOOK_ON).key("ons.actionUrl.onHook", "P8309"),
            on("Incoming Call", CALL_INCOMING).key("ons.actionUrl.incomingCall", "P8310"),
            on("Outgoing Call", CALL_OUTGOING).key("ons.actionUrl.outgoingCall", "P8311"),
            on("Missed Call", CALL_MISSED).key("ons.actionUrl.missedCall", "P8312"),
            on("Established Call", CALL_CONNECTED)
                    .alias("Establish Call", "Connected")
                    .key("ons.actionUrl.establishedCall", "P8313"),
            on("Terminated Call", CALL_ENDED)
                    .alias("Terminate Call", "Disconnected")
                    .sets(Property.MUTE, SwitchValue.OFF)
                    .key("ons.actionUrl.terminatedCall", "P8314"),
            on("Rejected Call", CALL_REJECTED)
                    .alias("Reject Incoming Call")
                    .key("ons.actionUrl.rejectIncomingCall", "P8315"),
            on("Forwarded Call", CALL_FORWARDED)
                    .alias("Forward Incoming Call")
                    .key("ons.actionUrl.forwardIncomingCall", NO_CODE),
            on("Answered Call", VENDOR_EVENT).alias("Answer New In Call"),
            on("Open DND", DND_ON).alias("DND On").key("ons.actionUrl.openDnd", "P8316"),
            on("Close DND", DND_OFF).alias("DND Off", "Closed Dnd").key("ons.actionUrl.closedDnd", "P8317"),
            on("Open Forward", FORWARD_ON)
                    .alias("Call Forwarding On", "Forward On", "Enable Call Forward")
                    .key("ons.actionUrl.openForward", "P8318"),
            on("Close Forward", FORWARD_OFF)
                    .alias("Call Forwarding Off", "Forward Off", "Disable Call Forward", "Closed Forward")
                    .key("ons.actionUrl.closedForward", "P8319"),
            on("Enable Forward", FORWARD_ON).key("ons.actionUrl.enableForward", NO_CODE),
            on("Disable Forward", FORWARD_OFF).key("ons.actionUrl.disableForward", NO_CODE),
            on("Enable Always Forward", FORWARD_ALWAYS_ON)
                    .alias("Open Forward Always")
                    .key("ons.actionUrl.enableAlwaysForward", NO_CODE),
            on("Disable Always Forward", FORWARD_ALWAYS_OFF)
                    .alias("Close Forward Always")
                    .key("ons.actionUrl.disableAlwaysForward", NO_CODE),
            on("Enable Busy Forward", FORWARD_BUSY_ON)
                    .alias("Enable Call Forward Busy", "Open Call Forward Busy")
                    .key("ons.actionUrl.enableBusyForward", NO_CODE),
            on("Disable Busy Forward", FORWARD_BUSY_OFF)
                    .alias("Disable Call Forward Busy", "Close Call Forward Busy")
                    .key("ons.actionUrl.disableBusyForward", NO_CODE),
            on("Enable No Answer Forward", FORWARD_NO_ANSWER_ON)
                    .alias("Open Call Forward No Answer")
                    .key("ons.actionUrl.enableNoAnswerForward", NO_CODE),
            on("Disable No Answer Forward", FORWARD_NO_ANSWER_OFF)
                    .alias("Close Call Forward No Answer")
                    .key("ons.actionUrl.disableNoAnswerForward", NO_CODE),
            on("Blind Transfer", TRANSFER_BLIND)
                    .alias("Blind Transferring")
                    .key("ons.actionUrl.blindTransfer", "P8320"),
            on("Attended Transfer", TRANSFER_ATTENDED)
                    .alias("Attended Transferring")
                    .key("ons.actionUrl.attendedTransfer", "P8321"),
            on("Transfer Completed", TRANSFER_COMPLETED)
                    .alias("Transfer Finished")
                    .key("ons.actionUrl.transferFinished", NO_CODE),
            on("Transfer Failed", TRANSFER_FAILED).key("ons.actionUrl.transferFailed", NO_CODE),
            on("Hold Call", CALL_HELD).alias("On Hold").key("ons.actionUrl.holdCall", "P8324"),
            on("UnHold Call", CALL_RESUMED).alias("Resume Call", "Unhold").key("ons.actionUrl.unholdCall", "P8325"),
            on("Mute Call", MUTE_ON).alias("Mute").key("ons.actionUrl.mute", NO_CODE),
            on("Unmute Call", MUTE_OFF).alias("Unmute").key("ons.actionUrl.unMute", NO_CODE),
            on("Idle to Busy", LINE_BUSY).key("ons.actionUrl.idleToBusy", "P8328"),
            on("Busy to Idle", LINE_IDLE).key("ons.actionUrl.busyToIdle", "P8329"),
            on("Auto Provision Completed", DEVICE_PROVISIONED)
                    .alias("Autop Finish")
                    .key("ons.actionUrl.autopFinish", NO_CODE),
            on("IP Change", DEVICE_IP_CHANGED).alias("Ip Changed").key("ons.actionUrl.IPChanged", NO_CODE),
            on("Open Syslog", VENDOR_EVENT).alias("Syslog On").key("ons.actionUrl.openSyslog", "P8330"),
            on("Close Syslog", VENDOR_EVENT)
                    .alias("Syslog Off", "Closed Syslog")
                    .key("ons.actionUrl.closedSyslog", "P8331"),
            on("Log On", VENDOR_EVENT),
            on("Log Off", VENDOR_EVENT),
            on("Alarm", VENDOR_EVENT).alias("Safety Call", "Panic Call").key("ons.actionUrl.safetyCall", NO_CODE),
            on("Alarm Ended", VENDOR_EVENT).key("ons.actionUrl.alarmEnded", NO_CODE),
            on("Low Battery", VENDOR_EVENT).alias("Battery Low").key("ons.actionUrl.batteryLow", "P22568"),
            on("Sufficient Battery", VENDOR_EVENT)
                    .alias("Battery Sufficient")
                    .key("ons.actionUrl.batterySufficient", "P22570"),
            on("Abnormal CPU Temperature", VENDOR_EVENT).alias("CPUTemp Abnormal"),
            on("Normal CPU Temperature", VENDOR_EVENT).alias("CPUTemp Normal"),
            on("Abnormal Battery Temperature", VENDOR_EVENT).alias("Battery Temp Abnormal"),
            on("Normal Battery Temperature", VENDOR_EVENT).alias("Battery Temp Normal"),
            on("Abnormal Battery Voltage", VENDOR_EVENT).alias("Battery Voltage Abnormal"),
            on("Normal Battery Voltage", VENDOR_EVENT).alias("Battery Voltage Normal"));

    private static final EventTable EVENTS = TABLE.naming("phone_ip", "ip")
            .naming("product", "model")
            .naming("program_version", "firmware")
            .naming("call_id", "call-id")
            .busyByCalls();

    private static final KeyPad KEYS = KeyPad.of(
                    "0-9 STAR POUND MUTE SPEAKER SEND ONHOOK OFFHOOK OK UP DOWN LEFT RIGHT LOCK UNLOCK MPK1-MPK24 LINE1-LINE6"
                            + " SOFT1-SOFT4",
                    keys -> new PhoneRequest(request("send_key").target() + "&keys=" + keys))
            .joinedBy(":");

    private static final CommandTable COMMANDS = CommandTable.of(
                    Access.http(Access.Authentication.PASSWORD_IN_TARGET).answering(GrandstreamStatus.ANSWERS),
                    KEYS,
                    CommandRow.on(DIAL, GrandstreamBinding::dial).when(accountUpTo(16)),
                    CommandRow.on(ANSWER, operation("acceptcall")).when(onlyWhile(RINGING)),
                    CommandRow.on(HANGUP, GrandstreamBinding::hangUp),
                    CommandRow.on(REJECT, operation("rejectcall")).when(onlyWhile(RINGING)),
                    CommandRow.on(HOLD, operation("holdcall"))
                            .when(onlyWhile(CONNECTED)), // a toggle, and so is the next
                    CommandRow.on(RESUME, operation("holdcall")).when(onlyWhileOrUnknown(HELD)),
                    KEYS.row(MUTE, "MUTE").when(toDiffer(Property.MUTE)),
                    KEYS.row(SPEAKER, "SPEAKER"),
                    CommandRow.on(REBOOT, request("sys_operation").with("request", "REBOOT")))
            .reading(
                    ReadBack.ofCalls(request("get_line_status"), GrandstreamStatus::lines),
                    ReadBack.ofStates(
                            request("get_phone_status"), body -> ReadBack.State.NOTHING), // the lines tell more
                    ReadBack.ofStates(request("get_accounts"), GrandstreamStatus::accounts));

    private static final String BEGIN =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gs_provision version=\"1\">\n<config version=\"";
    private static final String END = "</config>\n</gs_provision>";

    private static final Provisioning PROVISIONING = new Provisioning(
                    "Settings → Outbound Notification → Action URL",
                    "/{event}?mac=$mac&remote=$remote&display_remote=$display_remote&local=$local&active_user=$active_user"
                            + "&call-id=$call-id&calldirection=$calldirection",
                    false,
                    List.of(
                            KeyFile.xml("xml", "cfg{mac}.xml", "<{1}>{url}</{1}>")
                                    .between(
                                            BEGIN
                                                    + "1\">\n<P32050>1</P32050>\n<P32051>0</P32051>\n<P32052>{gateway}</P32052>",
                                            END),
                            KeyFile.xml("xml-names", "cfg{mac}.xml", "<item name=\"{0}\">{url}</item>")
                                    .between(
                                            BEGIN + "2\">\n<item name=\"remoteControl.enable\">Yes</item>\n<item"
                                                    + " name=\"remoteControl.confirmWindow.enable\">No</item>\n<item"
                                                    + " name=\"remoteControl.allowList\">{gateway}</item>",
                                            END)))
            .device("/{event}?mac=$mac&phone_ip=$phone_ip&product=$product&program_version=$program_version"
                    + "&active_user=$active_user&battery=$battery")
            .upTo(255); // a longer one is lost without a word

    private static PhoneRequest request(String function) {
        return new PhoneRequest("/cgi-bin/api-" + function).with("passcode", Credential.PASSWORD);
    }

    private static PhoneRequest operation(String command) {
        return request("phone_operation").with("cmd", command);
    }

    /** Accounts count from 1 on the phone's page, and from 0 here. */
    private static Plan dial(Command command, PhoneView phone) {
        return Plan.send(request("make_call")
                .with("phonenumber", command.dialled().value())
                .with(
                        "account",
                        command.accountOn(phone).map(account -> String.valueOf(Integer.parseInt(account) - 1))));
    }

    /** A call that is not established is cancelled. */
    private static Plan hangUp(Command command, PhoneView phone) {
        boolean begins = phone.callState()
                .filter(List.of(CallState.DIALING, CallState.RINGING)::contains)
                .isPresent();
        return Plan.send(operation(begins ? "cancel" : "endcall"));
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
