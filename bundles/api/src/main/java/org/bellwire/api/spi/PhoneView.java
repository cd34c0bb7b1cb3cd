package org.bellwire.api.spi;

import java.util.List;
import java.util.Optional;
import org.bellwire.api.CallState;
import org.bellwire.api.CommandName;
import org.bellwire.api.Property;
import org.osgi.annotation.versioning.ProviderType;

/** What a command row may know of its phone. */
@ProviderType
public interface PhoneView {

    /** {@code account} of the phone's file. */
    Optional<String> account();

    /** {@code outgoing.uri} of the phone's file. */
    Optional<String> outgoingUri();

    /** Where the phone's calls stand; empty until an event told. */
    Optional<CallState> callState();

    /** The id of the phone's call in one of these states; empty where there is none, or more than one. */
    default Optional<String> callId(List<CallState> states) {
        return Optional.empty();
    }

    /** The phone's file has it, for phones that are asked in another way then. */
    default boolean has(Credential credential) {
        return false;
    }

    /** A state; empty until an event told. */
    Optional<String> state(Property property);

    /** The phone's file allows this command. */
    boolean allows(CommandName command);
}
