package org.bellwire.shell;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.CommandName;
import org.bellwire.api.EventType;
import org.bellwire.api.Property;
import org.bellwire.api.port.Phones;
import org.bellwire.api.port.Phones.PhoneStatus;
import org.bellwire.api.spi.Access;
import org.bellwire.api.spi.CallVariables;
import org.bellwire.api.spi.CommandRow;
import org.bellwire.api.spi.CommandTable;
import org.bellwire.api.spi.EventRow;
import org.bellwire.api.spi.EventTable;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.api.spi.PhoneRequest;
import org.bellwire.api.spi.Provisioning;
import org.bellwire.api.spi.Provisioning.Content;
import org.bellwire.api.spi.Provisioning.Format;
import org.bellwire.api.spi.VendorInfo;

/** A vendor and its phones, for tests. */
public final class ShownPhones {

    private ShownPhones() {}

    /** Phones with a file format. */
    public static PhoneBinding acme() {
        return new Vendor(
                "acme", new Provisioning("Web page, Action URLs", "/{event}?mac=$mac", false, List.of(new Lines())));
    }

    /** Phones that take one URL, typed by hand. */
    static PhoneBinding handmade() {
        return new Vendor("handmade", new Provisioning("Settings, URL", "", true, List.of()));
    }

    static PhoneStatus phone(String id, Map<Property, String> states) {
        return new PhoneStatus(
                id,
                "Lobby",
                "acme",
                Optional.of("00:1f:c1:1a:8b:6c"),
                Optional.of("10.0.0.5"),
                false,
                true,
                states,
                Optional.of(EventType.CALL_INCOMING),
                Optional.of(Instant.parse("2026-11-21T08:15:30Z")),
                Optional.empty(),
                Phones.Device.UNKNOWN,
                "",
                Optional.empty());
    }

    public static PhoneStatus lobby() {
        return phone("lobby", Map.of(Property.CALL, "ringing", Property.REGISTRATION, "registered"));
    }

    static PhoneStatus of(String id, String vendor, boolean ownToken, Optional<String> fault) {
        return new PhoneStatus(
                id,
                id,
                vendor,
                Optional.empty(),
                Optional.empty(),
                ownToken,
                false,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                fault,
                Phones.Device.UNKNOWN,
                "",
                Optional.empty());
    }

    /** One that another gateway serves. */
    static PhoneStatus at(String gateway) {
        return at(gateway, false, Map.of());
    }

    /** As that gateway published it. */
    static PhoneStatus at(String gateway, boolean online, Map<Property, String> states) {
        return new PhoneStatus(
                "lobby",
                "Lobby",
                "acme",
                Optional.empty(),
                Optional.empty(),
                false,
                online,
                states,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Phones.Device.UNKNOWN,
                "",
                Optional.of(gateway));
    }

    private record Vendor(String id, Provisioning provisioning) implements PhoneBinding {
        @Override
        public VendorInfo info() {
            return new VendorInfo(id, "Acme " + id, "Manual 1");
        }

        @Override
        public EventTable events() {
            return EventTable.namedInPath(
                    CallVariables.id("call_id").other("remote", "display_remote"),
                    EventRow.on("Incoming Call", EventType.CALL_INCOMING),
                    EventRow.on("Off-hook", EventType.HOOK_OFF));
        }

        @Override
        public CommandTable commands() {
            PhoneRequest request = new PhoneRequest("/");
            return CommandTable.of(
                    Access.http(Access.Authentication.NONE),
                    CommandRow.on(CommandName.DIAL, request),
                    CommandRow.on(CommandName.HANGUP, request));
        }
    }

    private record Lines() implements Format {
        @Override
        public String name() {
            return "lines";
        }

        @Override
        public String fileName(Optional<String> mac) {
            return mac.orElse("$mac") + ".cfg";
        }

        @Override
        public String render(Content content) {
            StringBuilder out = new StringBuilder("# " + content.gateway() + "\n");
            content.urls()
                    .forEach(url -> out.append(url.row().slug())
                            .append(" = ")
                            .append(url.url())
                            .append('\n'));
            return out.toString();
        }
    }
}
