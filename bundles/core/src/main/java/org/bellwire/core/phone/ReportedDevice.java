package org.bellwire.core.phone;

import java.util.Optional;
import org.bellwire.api.Mac;
import org.bellwire.api.Property;
import org.bellwire.api.Variables;
import org.bellwire.api.config.IpLiteral;
import org.bellwire.api.spi.EventTable;

/**
 * What a phone says of itself with its events.
 *
 * @param mac as Bellwire writes it
 */
record ReportedDevice(Optional<String> model, Optional<String> firmware, Optional<String> mac) {

    static final ReportedDevice UNKNOWN = new ReportedDevice(Optional.empty(), Optional.empty(), Optional.empty());

    /** With what these variables say; what they do not say stays. */
    ReportedDevice with(Variables variables) {
        Optional<String> newModel = variables.get("model").or(() -> model);
        Optional<String> newFirmware = variables.get("firmware").or(() -> firmware);
        Optional<String> newMac =
                variables.get("mac").flatMap(Mac::parse).map(Object::toString).or(() -> mac);
        return new ReportedDevice(newModel, newFirmware, newMac);
    }

    /** The address that it reports, where its vendor's phones do. */
    static Optional<String> ip(EventTable table, Variables variables) {
        return table.has(Property.IP) ? variables.get("ip").filter(IpLiteral::isOne) : Optional.empty();
    }
}
