package org.bellwire.binding.nfon;

import static org.bellwire.api.CommandName.DIAL;
import static org.bellwire.api.EventType.*;
import static org.bellwire.api.spi.EventRow.on;

import java.util.List;
import org.bellwire.api.spi.Access;
import org.bellwire.api.spi.CallVariables;
import org.bellwire.api.spi.CommandRow;
import org.bellwire.api.spi.CommandTable;
import org.bellwire.api.spi.EventTable;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.api.spi.PhoneRequest;
import org.bellwire.api.spi.Plan;
import org.bellwire.api.spi.Provisioning;
import org.bellwire.api.spi.VendorInfo;
import org.osgi.service.component.annotations.Component;

/** NFON Softphone Pro: five events named by the placeholder {@code <$action>}, and dialling. */
@Component
public final class NfonBinding implements PhoneBinding {

    private static final VendorInfo INFO =
            new VendorInfo("nfon", "NFON Softphone Pro", "NFON Softphone Pro manual, 4. Action URLs");

    /** Rows are named by what {@code <$action>} is filled in with. */
    private static final EventTable EVENTS = EventTable.namedBy(
            "action",
            CallVariables.id("call_guid")
                    .own("local_party")
                    .other("remote_party", "remote_alias")
                    .direction("call_direction", "inbound", "outbound")
                    .direction("call_direction_as_int", "0", "1")
                    .answeredAt("call_connected_time", "1899-12-31T00-00-00"),
            on("Inbound", CALL_INCOMING).alias("Incoming call"),
            on("Outbound", CALL_OUTGOING).alias("Outgoing call"),
            on("Connected", CALL_CONNECTED).alias("Connected call"),
            on("Hold", CALL_HELD).alias("Hold call").when("hold_state", "off_hold", CALL_RESUMED),
            on("Disconnected", CALL_ENDED).alias("Hangup call"));

    private static final CommandTable COMMANDS = CommandTable.of(
            Access.http(Access.Authentication.NONE).onPort(61234),
            CommandRow.on(
                    DIAL,
                    (command, phone) -> Plan.send(new PhoneRequest("/?action=make_call")
                            .with("target", command.dialled().value()))));

    private static final Provisioning PROVISIONING = new Provisioning(
            "Settings → Action URLs",
            "?action=<$action>&call_guid=<$call_guid>&hold_state=<$hold_state>&call_direction=<$call_direction>"
                    + "&remote_party=<$remote_party>&remote_alias=<$remote_alias>&local_party=<$local_party>",
            false,
            List.of());

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
