package org.bellwire.api.port;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bellwire.api.CommandName;
import org.bellwire.api.EventType;
import org.bellwire.api.Property;
import org.bellwire.api.SiteId;
import org.bellwire.api.config.Secret;
import org.bellwire.api.spi.PhoneBinding;
import org.osgi.annotation.versioning.ProviderType;

/** What is known of the phones. Implemented by core, used by shell and console. */
@ProviderType
public interface Phones {

    /** All phones that have a file, wrong ones included, by id. */
    List<PhoneStatus> all();

    Optional<PhoneStatus> find(String id);

    /** This phone, if its file is right and its vendor's feature is installed: the others have no topics. */
    default Optional<PhoneStatus> working(String id) {
        return find(id).filter(phone -> phone.fault().isEmpty());
    }

    /** All files that were there at the start have been read: who is not here now does not come by himself. */
    default boolean isComplete() {
        return true;
    }

    /** The vendors whose features are installed, by id. */
    List<PhoneBinding> bindings();

    /**
     * One phone at this moment.
     *
     * @param vendor as the file says
     * @param ownToken the phone has a token of its own
     * @param fault what is wrong with the phone's file; empty: nothing
     * @param site the tenant that its file names; empty: the gateway's own
     * @param elsewhere the gateway of a cluster that serves it and knows its state, or {@link #NOBODY}; empty: this one does
     */
    record PhoneStatus(
            String id,
            String name,
            String vendor,
            Optional<String> mac,
            Optional<String> host,
            boolean ownToken,
            boolean online,
            Map<Property, String> states,
            Optional<EventType> lastEvent,
            Optional<Instant> lastEventTime,
            Optional<String> fault,
            Device device,
            String site,
            Optional<String> elsewhere) {

        /** While a cluster gives a phone to another gateway, none serves it. */
        public static final String NOBODY = "none";

        /** The token that its URLs hold, or what stands for one that only a file knows. */
        public String tokenIn(Gateway gateway) {
            return ownToken
                    ? "TOKEN-OF-PHONE-" + id
                    : SiteId.parse(site)
                            .map(tenant ->
                                    gateway.token(tenant).map(Secret::reveal).orElse("TOKEN-OF-SITE-" + tenant))
                            .orElseGet(() -> gateway.token().reveal());
        }

        public PhoneStatus {
            states = Map.copyOf(states);
        }
    }

    /**
     * The device that a phone is.
     *
     * @param model as it reports it
     * @param firmware as it reports it
     * @param url of its web page; empty without a host
     * @param allowed commands that its file allows and that are off otherwise
     */
    record Device(Optional<String> model, Optional<String> firmware, Optional<String> url, Set<CommandName> allowed) {

        /** Nothing is known of it. */
        public static final Device UNKNOWN = new Device(Optional.empty(), Optional.empty(), Optional.empty(), Set.of());

        public Device {
            allowed = Set.copyOf(allowed);
        }
    }
}
