package org.bellwire.binding.twon;

import static org.bellwire.api.CallState.*;
import static org.bellwire.api.CommandName.*;
import static org.bellwire.api.EventType.*;
import static org.bellwire.api.spi.EventRow.on;
import static org.bellwire.api.spi.Guard.onlyWhile;

import java.util.List;
import java.util.Optional;
import org.bellwire.api.EventType;
import org.bellwire.api.spi.Access;
import org.bellwire.api.spi.AnswerTable;
import org.bellwire.api.spi.CallVariables;
import org.bellwire.api.spi.Command;
import org.bellwire.api.spi.CommandRow;
import org.bellwire.api.spi.CommandTable;
import org.bellwire.api.spi.EventLog;
import org.bellwire.api.spi.EventRow;
import org.bellwire.api.spi.EventTable;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.api.spi.PhoneRequest;
import org.bellwire.api.spi.PhoneView;
import org.bellwire.api.spi.Plan;
import org.bellwire.api.spi.Provisioning;
import org.bellwire.api.spi.ReadBack;
import org.bellwire.api.spi.VendorInfo;
import org.osgi.service.component.annotations.Component;

/** 2N IP intercoms: what their Automation requests, and commands by their HTTP API. */
@Component
public final class TwoNBinding implements PhoneBinding {

    private static final VendorInfo INFO =
            new VendorInfo("2n", "2N IP intercoms", "2N IP intercoms, Automation manual and HTTP API manual");

    /** Named as the blocks of Automation; where a block has a state, also with the state behind its name. */
    private static final EventTable EVENTS = EventTable.namedInPath(
            CallVariables.id("session").other("peer", "peer_name").direction("direction", "incoming", "outgoing"),
            exceptKeyPad(on("KeyPressed", DOOR_BELL)),
            on("KeyReleased", VENDOR_EVENT),
            whileItLasts("MotionDetected", DOOR_MOTION),
            on("NoiseDetected", VENDOR_EVENT),
            on("UserAuthorized", DOOR_GRANTED),
            asked("CardEntered"),
            on("CardEntered valid", DOOR_GRANTED),
            on("CardEntered invalid", DOOR_DENIED),
            on("CardHeld", VENDOR_EVENT),
            asked("CodeEntered"),
            on("CodeEntered valid", DOOR_GRANTED),
            on("CodeEntered invalid", DOOR_DENIED),
            asked("FingerEntered"),
            asked("MobKeyEntered"),
            on("LicensePlateRecognized", DOOR_REQUESTED),
            on("DtmfEntered", VENDOR_EVENT),
            on("DtmfPressed", VENDOR_EVENT),
            on("InputChanged", INPUT_ON).when("state", "0", INPUT_OFF).when("state", "false", INPUT_OFF),
            on("InputChanged off", INPUT_OFF),
            on("OutputChanged", VENDOR_EVENT),
            on("SwitchChanged", DOOR_OPENED)
                    .alias("SwitchStateChanged")
                    .when("state", "0", DOOR_CLOSED)
                    .when("state", "false", DOOR_CLOSED),
            on("SwitchChanged off", DOOR_CLOSED).alias("SwitchStateChanged off"),
            on("DoorStateChanged", DOOR_OPENED).when("state", "closed", DOOR_CLOSED),
            whileItLasts("UnauthorisedDoorOpen", DOOR_FORCED).alias("UnauthorizedDoorOpen"),
            whileItLasts("DoorOpenTooLong", DOOR_HELD_OPEN),
            whileItLasts("TamperSwitchActivated", DOOR_TAMPER),
            on("SilentAlarm", VENDOR_EVENT),
            on("CallStateChanged incoming", CALL_INCOMING),
            on("CallStateChanged outgoing", CALL_OUTGOING),
            on("CallStateChanged", VENDOR_EVENT)
                    .when("state", "connected", CALL_CONNECTED)
                    .when("state", "terminated", CALL_ENDED),
            on("CallStateChanged connected", CALL_CONNECTED),
            on("CallStateChanged terminated", CALL_ENDED),
            on("RegistrationStateChanged", ACCOUNT_REGISTERED)
                    .when("state", "unregistered", ACCOUNT_UNREGISTERED)
                    .when("state", "failed", ACCOUNT_REGISTER_FAILED)
                    .when("state", "registering", VENDOR_EVENT)
                    .when("state", "unregistering", VENDOR_EVENT),
            on("Rebooted", DEVICE_BOOTED));

    /** A refusal comes with status 200. */
    private static final AnswerTable ANSWERS = AnswerTable.USUAL
            .failure(
                    "\"success\":false",
                    "the intercom did not do it: check the number, the switch and that this service of its HTTP API is enabled")
            .unauthorized(403, "the account lacks the right for this service of the intercom's HTTP API");

    private static final CommandTable COMMANDS = CommandTable.of(
                    Access.http(Access.Authentication.PASSWORD).answering(ANSWERS),
                    CommandRow.on(
                            DIAL,
                            (command, phone) -> Plan.send(new PhoneRequest("/api/call/dial")
                                    .with("number", command.dialled().value()))),
                    CommandRow.on(ANSWER, (command, phone) -> call("answer", command))
                            .when(onlyWhile(RINGING))
                            .ofCall(RINGING),
                    CommandRow.on(HANGUP, (command, phone) -> call("hangup", command))
                            .ofCall(CONNECTED, DIALING, RINGING, HELD),
                    CommandRow.on(REJECT, TwoNBinding::reject)
                            .when(onlyWhile(RINGING))
                            .ofCall(RINGING),
                    CommandRow.on(OPEN, TwoNBinding::open))
            .reading(
                    ReadBack.ofCalls(new PhoneRequest("/api/call/status"), TwoNAnswers::calls),
                    ReadBack.ofStates(new PhoneRequest("/api/phone/status"), TwoNAnswers::accounts));

    /** Nothing is filled in but what stands in brackets there: {@code $session} is to be written as {@code $(1.Session)}. */
    private static final Provisioning PROVISIONING = new Provisioning(
                    "Services → Automation",
                    "/{event}?session=$session&direction=$direction&peer=$peer&peer_name=$peer_name&state=$state",
                    false,
                    List.of())
            .device("/{event}?button=$button&state=$state&valid=$valid");

    /** Call buttons are %1 and so on. */
    private static EventRow exceptKeyPad(EventRow row) {
        EventRow all = row;
        for (char key : "0123456789*#".toCharArray()) {
            all = all.when("button", String.valueOf(key), KEY_PRESSED);
        }
        return all;
    }

    /** Whether somebody was let in is told by a variable, if at all. */
    private static EventRow asked(String name) {
        return on(name, DOOR_REQUESTED)
                .when("valid", "1", DOOR_GRANTED)
                .when("valid", "true", DOOR_GRANTED)
                .when("valid", "0", DOOR_DENIED)
                .when("valid", "false", DOOR_DENIED);
    }

    /** Its end is told by the same event: {@code state=out}. */
    private static EventRow whileItLasts(String name, EventType type) {
        return on(name, type).when("state", "out", VENDOR_EVENT);
    }

    private static Plan call(String what, Command command) {
        return Plan.send(new PhoneRequest("/api/call/" + what).with("session", command.call()));
    }

    private static Plan reject(Command command, PhoneView phone) {
        return Plan.send(new PhoneRequest("/api/call/hangup")
                .with("session", command.call())
                .with("reason", "rejected"));
    }

    private static Plan open(Command command, PhoneView phone) {
        String number = command.value().equalsIgnoreCase("PRESS") ? "1" : command.value();
        return number.matches("[1-4]")
                ? Plan.send(new PhoneRequest("/api/switch/ctrl?switch=" + number + "&action=trigger"))
                : Plan.refuse("the intercom has the switches 1 to 4");
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
    public Optional<EventLog> eventLog() {
        return Optional.of(TwoNAnswers.LOG);
    }
}
