package org.bellwire.binding.ringwell;

import static org.bellwire.api.CallState.RINGING;
import static org.bellwire.api.CommandName.*;
import static org.bellwire.api.EventType.*;
import static org.bellwire.api.spi.EventRow.on;
import static org.bellwire.api.spi.Guard.onlyWhile;

import java.util.List;
import org.bellwire.api.spi.Access;
import org.bellwire.api.spi.CallVariables;
import org.bellwire.api.spi.CommandRow;
import org.bellwire.api.spi.CommandTable;
import org.bellwire.api.spi.EventTable;
import org.bellwire.api.spi.KeyFile;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.api.spi.PhoneRequest;
import org.bellwire.api.spi.Plan;
import org.bellwire.api.spi.Provisioning;
import org.bellwire.api.spi.VendorInfo;
import org.osgi.service.component.annotations.Component;

/** Ringwell R-series: an URL for each event, and commands as actions. */
@Component
public final class RingwellBinding implements PhoneBinding {

    private static final VendorInfo INFO =
            new VendorInfo("ringwell", "Ringwell R-series", "Ringwell R-series, Remote Interface, edition 2");

    private static final EventTable EVENTS = EventTable.namedInPath(
            CallVariables.id("call").own("me").other("peer", "peer_name"),
            on("Bell", CALL_INCOMING).key("url.bell"),
            on("Dialling", CALL_OUTGOING).key("url.dialling"),
            on("Talking", CALL_CONNECTED).key("url.talking"),
            on("Over", CALL_ENDED).alias("Call over").key("url.over"),
            on("Quiet", DND_ON).when("to", "off", DND_OFF).key("url.quiet"));

    private static final CommandTable COMMANDS = CommandTable.of(
            Access.http(Access.Authentication.PASSWORD),
            CommandRow.on(
                    DIAL,
                    (command, phone) -> Plan.send(
                            action("dial").with("to", command.dialled().value()))),
            CommandRow.on(ANSWER, action("answer")).when(onlyWhile(RINGING)),
            CommandRow.on(HANGUP, action("hangup")));

    private static final Provisioning PROVISIONING = new Provisioning(
            "Network → Reports",
            "/{event}?mac=$mac&call=$call&me=$me&peer=$peer&peer_name=$peer_name&to=$to",
            false,
            List.of(KeyFile.text("text", "ringwell-{mac}.txt", "{0} = {url}")));

    private static PhoneRequest action(String name) {
        return new PhoneRequest("/remote?do=" + name);
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
