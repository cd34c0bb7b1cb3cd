package org.bellwire.core;

import java.util.List;
import org.bellwire.api.CallState;
import org.bellwire.api.CommandName;
import org.bellwire.api.DialNumber;
import org.bellwire.api.EventType;
import org.bellwire.api.spi.Access;
import org.bellwire.api.spi.CallVariables;
import org.bellwire.api.spi.CommandRow;
import org.bellwire.api.spi.CommandTable;
import org.bellwire.api.spi.Credential;
import org.bellwire.api.spi.EventRow;
import org.bellwire.api.spi.EventTable;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.api.spi.PhoneRequest;
import org.bellwire.api.spi.Plan;
import org.bellwire.api.spi.Provisioning;
import org.bellwire.api.spi.VendorInfo;

/** An invented vendor of phones with a door: calls named by their ids, a password in the request, slow keys. */
record Station() implements PhoneBinding {

    private static final EventTable EVENTS = EventTable.namedInPath(
                    CallVariables.id("call_id").own("local").other("remote", "display_remote"),
                    EventRow.on("Incoming Call", EventType.CALL_INCOMING),
                    EventRow.on("Established", EventType.CALL_CONNECTED),
                    EventRow.on("Terminated", EventType.CALL_ENDED),
                    EventRow.on("Held", EventType.CALL_HELD_BY_PEER),
                    EventRow.on("Low Battery", EventType.BATTERY_LOW),
                    EventRow.on("Bell", EventType.DOOR_BELL),
                    EventRow.on("Relay", EventType.DOOR_OPENED),
                    EventRow.on("No Relay", EventType.DOOR_CLOSED),
                    EventRow.on("IP", EventType.DEVICE_IP_CHANGED),
                    EventRow.on("Forward", EventType.FORWARD_ALWAYS_ON),
                    EventRow.on("No Forward", EventType.FORWARD_ALWAYS_OFF))
            .naming("phone_ip", "ip");

    private static final CommandTable COMMANDS = CommandTable.of(
            Access.http(Access.Authentication.PASSWORD_IN_TARGET),
            CommandRow.on(CommandName.OPEN, (command, phone) -> Plan.send(request("open", command.value()))),
            CommandRow.on(
                    CommandName.FORWARD_ALWAYS,
                    (command, phone) -> Plan.send(request(
                                    "forward",
                                    command.number().map(DialNumber::value).orElse(command.value()))
                            .with("after", command.afterSeconds().map(String::valueOf)))),
            CommandRow.on(CommandName.CALL_WAITING, (command, phone) -> Plan.send(request("waiting", command.value()))),
            CommandRow.on(
                    CommandName.SPEAKER,
                    (command, phone) -> Plan.send(
                            request("key", "SPEAKER"), request("key", "OK").after(2000))),
            CommandRow.on(
                            CommandName.ANSWER,
                            (command, phone) ->
                                    Plan.send(request("answer", command.call().orElse("toggle"))))
                    .ofCall(CallState.RINGING));

    private static PhoneRequest request(String what, String value) {
        return new PhoneRequest("/" + what)
                .with("passcode", Credential.PASSWORD)
                .with("value", value);
    }

    @Override
    public VendorInfo info() {
        return new VendorInfo("2station", "Station", "none");
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
        return new Provisioning("nowhere", "/{event}?mac=$mac", false, List.of());
    }
}
