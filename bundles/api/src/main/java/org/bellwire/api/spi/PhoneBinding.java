package org.bellwire.api.spi;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.bellwire.api.CommandName;
import org.bellwire.api.Property;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What speaks one vendor's language. Immutable data without thread, socket or lifecycle, registered as a service: core finds
 * it by {@link VendorInfo#id()}, which is also the vendor's word in action URLs and in a phone's file.
 */
@ConsumerType
public interface PhoneBinding {

    VendorInfo info();

    /** The vendor's event names, and how to read a call from the vendor's variables. */
    EventTable events();

    /** The requests that the vendor's phones understand. */
    CommandTable commands();

    /** All that a phone of this vendor can be told: its requests, and what Bellwire carries out itself. */
    default Set<CommandName> commandNames() {
        Set<CommandName> names = EnumSet.noneOf(CommandName.class);
        names.addAll(commands().names());
        if (events().has(Property.MISSED)) {
            names.add(CommandName.MISSED);
        }
        return names;
    }

    /** What to paste or upload so that the phones report to Bellwire. */
    Provisioning provisioning();

    /** How the phones' settings are read and written over HTTP; empty where the vendor does not document it. */
    default Optional<SettingsPage> settingsPage() {
        return Optional.empty();
    }

    /** How what happens is read from the phones where their action URLs are not set; empty where they keep no such log. */
    default Optional<EventLog> eventLog() {
        return Optional.empty();
    }
}
