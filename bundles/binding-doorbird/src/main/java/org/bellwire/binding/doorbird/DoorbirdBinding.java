package org.bellwire.binding.doorbird;

import static org.bellwire.api.CommandName.*;
import static org.bellwire.api.EventType.*;
import static org.bellwire.api.spi.EventRow.on;

import java.util.List;
import java.util.Optional;
import org.bellwire.api.spi.Access;
import org.bellwire.api.spi.AnswerTable;
import org.bellwire.api.spi.CallVariables;
import org.bellwire.api.spi.Command;
import org.bellwire.api.spi.CommandRow;
import org.bellwire.api.spi.CommandTable;
import org.bellwire.api.spi.EventTable;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.api.spi.PhoneRequest;
import org.bellwire.api.spi.PhoneView;
import org.bellwire.api.spi.Plan;
import org.bellwire.api.spi.Provisioning;
import org.bellwire.api.spi.VendorInfo;
import org.osgi.service.component.annotations.Component;

/** DoorBird door stations: one HTTP call for each event, and commands by their LAN API. */
@Component
public final class DoorbirdBinding implements PhoneBinding {

    private static final VendorInfo INFO = new VendorInfo(
            "doorbird", "DoorBird door stations", "LAN-2-LAN API for DoorBird and BirdGuard, revision 0.29");

    /** Named as the inputs of the station's schedules. Its requests hold no variables, and none tells of a call. */
    private static final EventTable EVENTS = EventTable.namedInPath(
            CallVariables.id("call"),
            on("doorbell", DOOR_BELL).alias("ring"),
            on("motion", DOOR_MOTION).alias("motionsensor"),
            on("rfid", DOOR_GRANTED),
            on("fingerprint", DOOR_GRANTED),
            on("relay", DOOR_OPENED));

    private static final AnswerTable ANSWERS = AnswerTable.USUAL
            .unauthorized(
                    423,
                    "the station is locked after wrong passwords: put user and password right, wait a minute, and try once")
            .failure(503, "the station is busy, such as with a call");

    private static final CommandTable COMMANDS = CommandTable.of(
            Access.http(Access.Authentication.PASSWORD)
                    .withRequestGapMs(1000) // it takes one connection a second
                    .answering(ANSWERS),
            CommandRow.on(DIAL, DoorbirdBinding::dial),
            CommandRow.on(HANGUP, new PhoneRequest("/bha-api/sip.cgi?action=hangup")),
            CommandRow.on(OPEN, DoorbirdBinding::open),
            CommandRow.on(REBOOT, new PhoneRequest("/bha-api/restart.cgi")));

    private static final Provisioning PROVISIONING =
            new Provisioning("Favourites → HTTP(S) calls", "/{event}?call=$call", false, List.of()).device("/{event}");

    /** The station calls a SIP address: a bare number is one at the host of {@code outgoing.uri}. */
    private static Plan dial(Command command, PhoneView phone) {
        String number = command.dialled().value();
        Optional<String> address = number.contains("@")
                ? Optional.of(number)
                : phone.outgoingUri().map(own -> number + "@" + own.substring(own.indexOf('@') + 1));
        return address.map(to -> Plan.send(
                        new PhoneRequest("/bha-api/sip.cgi?action=makecall&url=sip:" + PhoneRequest.encode(to))))
                .orElseGet(
                        () -> Plan.refuse("the station dials SIP addresses: name one, such as 108@192.168.0.9, or set"
                                + " outgoing.uri in the station's file, whose host is added to numbers"));
    }

    private static Plan open(Command command, PhoneView phone) {
        String number = command.value().equalsIgnoreCase("PRESS") ? "1" : command.value();
        return number.matches("[1-9]|[a-z0-9]{1,16}@[1-9]")
                ? Plan.send(new PhoneRequest("/bha-api/open-door.cgi").with("r", number))
                : Plan.refuse("relays are 1 to 9, or a door controller's such as gggaaa@1");
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
