package org.bellwire.core.phone;

import java.util.Optional;
import org.bellwire.api.EventType;
import org.bellwire.api.Mac;
import org.bellwire.api.Property;
import org.bellwire.api.Variables;
import org.bellwire.api.config.IpLiteral;
import org.bellwire.api.spi.EventRow;
import org.bellwire.api.spi.EventTable;

/**
 * What a phone says of itself with its events.
 *
 * @param mac that the phone reported, as Bellwire writes it
 */
public record ReportedDevice(Optional<String> model, Optional<String> firmware, Optional<String> mac) {

    static final ReportedDevice UNKNOWN = new ReportedDevice(Optional.empty(), Optional.empty(), Optional.empty());

    /** With what these variables say; what they do not say stays. */
    ReportedDevice with(Variables variables) {
        Optional<String> newModel = variables.get("model").or(() -> model);
        Optional<String> newFirmware = variables.get("firmware").or(() -> firmware);
        Optional<String> newMac =
                variables.get("mac").flatMap(Mac::parse).map(Object::toString).or(() -> mac);
        return new ReportedDevice(newModel, newFirmware, newMac);
    }

    /**
     * The address that it reports, where its vendor's phones do. Not in events that the table knows and gives no meaning: there it
     * may be another one, such as that of a tunnel.
     */
    static Optional<String> ip(EventTable table, Variables variables, Optional<EventRow> row) {
        boolean meaningless =
                row.filter(one -> one.type() == EventType.VENDOR_EVENT).isPresent();
        return table.has(Property.IP) && !meaningless ? variables.get("ip").filter(IpLiteral::isOne) : Optional.empty();
    }
}
