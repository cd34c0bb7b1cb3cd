package org.bellwire.binding.akuvox;

import static org.bellwire.api.CallState.RINGING;
import static org.bellwire.api.CommandName.*;
import static org.bellwire.api.EventType.*;
import static org.bellwire.api.spi.EventRow.on;
import static org.bellwire.api.spi.Guard.*;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bellwire.api.DialNumber;
import org.bellwire.api.EventType;
import org.bellwire.api.Property;
import org.bellwire.api.SwitchValue;
import org.bellwire.api.spi.Access;
import org.bellwire.api.spi.CallVariables;
import org.bellwire.api.spi.Command;
import org.bellwire.api.spi.CommandRow;
import org.bellwire.api.spi.CommandTable;
import org.bellwire.api.spi.Credential;
import org.bellwire.api.spi.EventRow;
import org.bellwire.api.spi.EventTable;
import org.bellwire.api.spi.KeyFile;
import org.bellwire.api.spi.KeyPad;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.api.spi.PhoneRequest;
import org.bellwire.api.spi.PhoneView;
import org.bellwire.api.spi.Plan;
import org.bellwire.api.spi.Provisioning;
import org.bellwire.api.spi.SettingsPage;
import org.bellwire.api.spi.VendorInfo;
import org.osgi.service.component.annotations.Component;

/** Akuvox phones and door phones: an URL for each event, actions and keys as requests. */
@Component
public final class AkuvoxBinding implements PhoneBinding {

    private static final VendorInfo INFO =
            new VendorInfo("akuvox", "Akuvox phones and door phones", "Akuvox knowledge base, Set up action URL");

    /** First those of phones, then those of door phones, then fields of other pages, which have no settings that are known. */
    private static final EventTable EVENTS = EventTable.namedInPath(
            CallVariables.id("call_id")
                    .own("local")
                    .other("remote", "display_remote")
                    .account("active_user"),
            row("Setup Completed", DEVICE_BOOTED, "SetupCompleted"),
            row("Registered", ACCOUNT_REGISTERED, "Registered"),
            row("Unregistered", ACCOUNT_UNREGISTERED, "Unregistered"),
            row("Register Failed", ACCOUNT_REGISTER_FAILED, "RegisterFailed"),
            row("Off Hook", HOOK_OFF, "OffHook"),
            row("On Hook", HOOK_ON, "OnHook"),
            row("Incoming Call", CALL_INCOMING, "IncomingCall"),
            row("Outgoing Call", CALL_OUTGOING, "OutgoingCall"),
            row("Established", CALL_CONNECTED, "Established"),
            row("Terminated", CALL_ENDED, "Terminated").sets(Property.MUTE, SwitchValue.OFF),
            row("Open DND", DND_ON, "OpenDND"),
            row("Close DND", DND_OFF, "CloseDND"),
            row("Open Always FWD", FORWARD_ALWAYS_ON, "OpenAlwaysForward").alias("Open Always Forward"),
            row("Close Always FWD", FORWARD_ALWAYS_OFF, "CloseAlwaysForward").alias("Close Always Forward"),
            row("Open Busy FWD", FORWARD_BUSY_ON, "OpenBusyForward").alias("Open Busy Forward"),
            row("Close Busy FWD", FORWARD_BUSY_OFF, "CloseBusyForward").alias("Close Busy Forward"),
            row("Open No Answer FWD", FORWARD_NO_ANSWER_ON, "OpenNoAnswerForward")
                    .alias("Open No Answer Forward"),
            row("Close No Answer FWD", FORWARD_NO_ANSWER_OFF, "CloseNoAnswerForward")
                    .alias("Close No Answer Forward"),
            row("Transfer Call", TRANSFER_STARTED, "TransferCall"),
            row("Blind Transfer", TRANSFER_BLIND, "BlindTransfer"),
            row("Attended Transfer", TRANSFER_ATTENDED, "AttendedTransfer"),
            row("Hold", CALL_HELD, "Hold"),
            row("UnHold", CALL_RESUMED, "UnHold"),
            row("Mute", MUTE_ON, "Mute"),
            row("UnMute", MUTE_OFF, "UnMute"),
            row("Missed Call", CALL_MISSED, "MissedCall"),
            row("IP Changed", DEVICE_IP_CHANGED, "IPChanged"),
            row("FWD Incoming Call", CALL_FORWARDED, "ForwardInComingCall").alias("Forward InComing Call"),
            row("Reject Incoming Call", CALL_REJECTED, "RejectInComingCall"),
            row("Answer New Call", CALL_WAITING_ANSWERED, "AnswerNewInCall").alias("Answer New-In Call"),
            row("Transfer Finished", TRANSFER_COMPLETED, "TransferFinished"),
            row("Transfer Failed", TRANSFER_FAILED, "TransferFailed"),
            row("Idle To Busy", LINE_BUSY, "IdleToBusy"),
            row("Busy To Idle", LINE_IDLE, "BusyToIdle"),
            row("Make Call", CALL_OUTGOING, "MakeCall").sets(Property.BUSY, SwitchValue.ON),
            row("Hang Up", CALL_ENDED, "HangUp").sets(Property.BUSY, SwitchValue.OFF),
            row("Relay A Triggered", DOOR_OPENED, "RelayATriggered"),
            row("Relay A Closed", DOOR_CLOSED, "RelayAClosed"),
            row("Relay B Triggered", DOOR_OPENED, "RelayBTriggered"),
            row("Relay B Closed", DOOR_CLOSED, "RelayBClosed"),
            row("Relay C Triggered", DOOR_OPENED, "RelayCTriggered"),
            row("Relay C Closed", DOOR_CLOSED, "RelayCClosed"),
            row("Relay D Triggered", DOOR_OPENED, "RelayDTriggered"),
            row("Relay D Closed", DOOR_CLOSED, "RelayDClosed"),
            row("Input A Triggered", INPUT_ON, "InputATriggered"),
            row("Input A Closed", INPUT_OFF, "InputAClosed"),
            row("Input B Triggered", INPUT_ON, "InputBTriggered"),
            row("Input B Closed", INPUT_OFF, "InputBClosed"),
            row("Input C Triggered", INPUT_ON, "InputCTriggered"),
            row("Input C Closed", INPUT_OFF, "InputCClosed"),
            row("Input D Triggered", INPUT_ON, "InputDTriggered"),
            row("Input D Closed", INPUT_OFF, "InputDClosed"),
            row("Valid Code Entered", DOOR_GRANTED, "ValidCodeEntered"),
            row("Invalid Code Entered", DOOR_DENIED, "InvalidCodeEntered"),
            row("Valid Card Entered", DOOR_GRANTED, "ValidCardEntered"),
            row("Invalid Card Entered", DOOR_DENIED, "InvalidCardEntered"),
            row("Valid Face Recognition", DOOR_GRANTED, "ValidFaceRecognition"),
            row("Invalid Face Recognition", DOOR_DENIED, "InvalidFaceRecognition"),
            row("Valid QR Code Entered", DOOR_GRANTED, "ValidQRCodeEntered"),
            row("Invalid QR Code Entered", DOOR_DENIED, "InvalidQRCodeEntered"),
            row("Tamper Alarm Triggered", DOOR_TAMPER, "AlarmTriggered"),
            row("Break-in Alarm A", DOOR_FORCED, "BreakInAlarmA"),
            row("Break-in Alarm B", DOOR_FORCED, "BreakInAlarmB"),
            row("Break-in Alarm C", DOOR_FORCED, "BreakInAlarmC"),
            row("Break-in Alarm D", DOOR_FORCED, "BreakInAlarmD"),
            row("Door Opened Timeout A", DOOR_HELD_OPEN, "AlarmDoorOpenedTimeoutA"),
            row("Door Opened Timeout B", DOOR_HELD_OPEN, "AlarmDoorOpenedTimeoutB"),
            on("Motion", DOOR_MOTION),
            on("Push Button", DOOR_BELL),
            on("Card Action", VENDOR_EVENT),
            on("Input Action", INPUT_ON),
            on("Door Log", VENDOR_EVENT),
            on("Call Log", VENDOR_EVENT),
            on("Alarm Log", VENDOR_EVENT),
            on("Input Alarm", VENDOR_EVENT),
            on("Card", VENDOR_EVENT));

    private static final KeyPad KEYS = KeyPad.of(
            "OK Cancel Speaker Forward VolumeUp VolumeDown 0-9 * Pound Hook Home Mute",
            key -> new PhoneRequest("/fcgi/do?keydown=" + key));

    private static final CommandTable COMMANDS = CommandTable.of(
                    Access.http(Access.Authentication.PASSWORD).answering(AkuvoxApi.ANSWERS),
                    KEYS,
                    CommandRow.on(
                            DIAL,
                            (command, phone) -> Plan.send(action("MakeCall")
                                    .with("number", command.dialled().value())
                                    .with("line", command.accountOn(phone)))),
                    KEYS.row(ANSWER, "OK").when(onlyWhile(RINGING)),
                    CommandRow.on(HANGUP, action("CallEnd")),
                    KEYS.row(REJECT, "Cancel").when(onlyWhile(RINGING)),
                    CommandRow.on(HOLD, action("Hold")),
                    CommandRow.on(RESUME, action("UnHold")),
                    CommandRow.on(TRANSFER, AkuvoxBinding::transfer),
                    CommandRow.on(CONFERENCE, action("Conference")),
                    CommandRow.on(DTMF, AkuvoxBinding::tones),
                    KEYS.row(MUTE, "Mute").when(toDiffer(Property.MUTE)),
                    CommandRow.on(DND, (command, phone) -> disturb(command)),
                    KEYS.choice(VOLUME, Map.of("UP", "VolumeUp", "DOWN", "VolumeDown")),
                    CommandRow.on(OPEN, AkuvoxBinding::open),
                    KEYS.row(SPEAKER, "Speaker"),
                    CommandRow.on(REBOOT, action("Reboot")),
                    CommandRow.on(PROVISION, action("AutoPNow")))
            .reading(AkuvoxApi.RELAYS);

    private static final Provisioning PROVISIONING = new Provisioning(
                    "Setting → Action URL",
                    "/{event}?mac=$mac&call_id=$call_id&local=$local&remote=$remote&display_remote=$display_remote"
                            + "&active_user=$active_user&ip=$ip&model=$model&firmware=$firmware",
                    false,
                    List.of(KeyFile.text("text", "{mac}.cfg", "{0} = {url}")
                            .between(
                                    "Config.Features.ACTIONURL.Enable = 1\nConfig.Features.REMOTECONTROL.ActionURIAllowIPList = {gateway}",
                                    "")))
            .device(
                    "/{event}?mac=$mac&ip=$ip&model=$model&firmware=$firmware&card_sn=$card_sn&relay1status=$relay1status");

    /** With the setting of phones that fetch their configuration. */
    private static EventRow row(String name, EventType type, String setting) {
        return on(name, type).key("Config.Features.ACTIONURL." + setting);
    }

    private static PhoneRequest action(String name) {
        return new PhoneRequest("/fcgi/do?action=" + name);
    }

    private static Plan transfer(Command command, PhoneView phone) {
        String number = command.number().map(DialNumber::value).orElse("");
        if (command.kind().isPresent() || !number.matches("[0-9*#]+")) {
            return Plan.refuse("name a number of digits, * and #, and leave 'kind' out: it is the phone's own setting");
        }
        Stream<PhoneRequest> begun = Stream.concat(Stream.of(action("Transfer")), typed(number));
        return Plan.send(Stream.concat(begun, Stream.of(action("Transfer"))).toList());
    }

    private static Plan tones(Command command, PhoneView phone) {
        return command.value().matches("[0-9*#]+")
                ? Plan.send(typed(command.value()).toList())
                : Plan.refuse("tones are 0-9 * #");
    }

    private static Stream<PhoneRequest> typed(String digits) {
        return digits.chars().mapToObj(c -> KEYS.key(c == '#' ? "Pound" : String.valueOf((char) c)));
    }

    private static Plan disturb(Command command) {
        boolean on = command.is(SwitchValue.ON);
        return on || command.is(SwitchValue.OFF)
                ? Plan.send(action(on ? "DNDOn" : "DNDOff"))
                : Plan.refuse("dnd is ON or OFF");
    }

    /** The new URL, unless the phone's file has a password for the old one; never both, or a door opens twice. */
    private static Plan open(Command command, PhoneView phone) {
        String door = command.value().toUpperCase(Locale.ROOT).replace("PRESS", "1");
        if (!door.matches("[1-4]|SA|SB")) {
            return Plan.refuse("relays are 1 to 4, SA and SB");
        }
        PhoneRequest request = phone.has(Credential.API_TOKEN)
                ? action("OpenDoor").with("UserName", Credential.USER).with("Password", Credential.API_TOKEN)
                : new PhoneRequest("/fcgi/OpenDoor?action=OpenDoor");
        return Plan.send(request.with("DoorNum", door));
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

    @Override
    public Optional<SettingsPage> settingsPage() {
        return Optional.of(AkuvoxApi.SETTINGS);
    }
}
