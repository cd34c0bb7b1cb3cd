package org.bellwire.binding.auerswald;

import static org.bellwire.api.CommandName.*;
import static org.bellwire.api.EventType.*;
import static org.bellwire.api.spi.EventRow.on;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bellwire.api.CommandName;
import org.bellwire.api.DialNumber;
import org.bellwire.api.spi.Access;
import org.bellwire.api.spi.CallVariables;
import org.bellwire.api.spi.Command;
import org.bellwire.api.spi.CommandRow;
import org.bellwire.api.spi.CommandTable;
import org.bellwire.api.spi.EventTable;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.api.spi.PhoneRequest;
import org.bellwire.api.spi.Plan;
import org.bellwire.api.spi.Provisioning;
import org.bellwire.api.spi.VendorInfo;
import org.osgi.service.component.annotations.Component;

/** Auerswald COMfortel D-series: one URL for all events, and commands with calls named by their id. */
@Component
public final class AuerswaldBinding implements PhoneBinding {

    private static final VendorInfo INFO = new VendorInfo(
            "auerswald",
            "Auerswald COMfortel D-series",
            "wiki.auerswald.de, COMfortel D-Series, Developer, Action Urls");

    private static final EventTable EVENTS = EventTable.namedBy(
            "event",
            CallVariables.id("callId")
                    .otherId("callId2")
                    .other("number", "name")
                    .account("accountId"),
            on("incoming", CALL_INCOMING),
            on("outgoing", CALL_OUTGOING),
            on("remoteUpdate", CALL_UPDATED),
            on("connected", CALL_CONNECTED), // also when a held call goes on
            on("holding", CALL_HELD),
            on("disconnected", CALL_ENDED),
            on("conferenced", CONFERENCE_STARTED),
            on("unconferenced", CONFERENCE_ENDED),
            on("transferred", TRANSFER_RECEIVED),
            on("transfer_done", TRANSFER_COMPLETED), // with number: blind; with callId2: attended
            on("transfer_initiated", TRANSFER_STARTED),
            on("transfer_failed", TRANSFER_FAILED));

    private static final CommandTable COMMANDS = CommandTable.of(
            Access.https(Access.Authentication.BEARER),
            row(RESUME, command -> ofCall("resume", command)),
            row(ANSWER, command -> ofCall("accept", command)),
            row(HANGUP, command -> ofCall("terminate", command)),
            row(REJECT, command -> ofCall("terminate", command)),
            row(TEXT, command -> exec("show").with("text", command.value())),
            row(DIAL, command -> exec("call").with("number", command.dialled().value())),
            row(TRANSFER, AuerswaldBinding::transfer),
            row(HOLD, command -> ofCall("hold", command)),
            row(CONFERENCE, command -> ofCalls("conference", command)),
            row(DTMF, command -> exec("dtmf").with("number", command.value()).with("callid", command.call())));

    private static final Provisioning PROVISIONING =
            new Provisioning("Settings → Access → Action URL server", "", true, List.of());

    private static CommandRow row(CommandName name, Function<Command, PhoneRequest> request) {
        return CommandRow.on(name, (command, phone) -> Plan.send(request.apply(command)));
    }

    private static PhoneRequest exec(String action) {
        return new PhoneRequest("/api/v1/exec/command?action=" + action);
    }

    /** Events say {@code callId}, commands {@code callid}; without one the phone chooses the call. */
    private static PhoneRequest ofCall(String action, Command command) {
        return exec(action).with("callid", command.call());
    }

    private static PhoneRequest ofCalls(String action, Command command) {
        return exec(action).with("callid1", command.call()).with("callid2", command.other());
    }

    /** To a number, or of one call to the other. */
    private static PhoneRequest transfer(Command command) {
        Optional<String> number = command.number().map(DialNumber::value);
        return number.isPresent()
                ? exec("transfer").with("number", number).with("callid", command.call())
                : ofCalls("transfer", command);
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
