package org.bellwire.api.spi;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bellwire.api.CallState;
import org.bellwire.api.CommandName;
import org.bellwire.api.Property;

/** A phone of which the test says what is known. */
record FakePhone(
        Optional<CallState> callState,
        Map<Property, String> states,
        Set<CommandName> allowed,
        Optional<String> account,
        Optional<String> outgoingUri)
        implements PhoneView {

    static final FakePhone UNKNOWN =
            new FakePhone(Optional.empty(), Map.of(), Set.of(), Optional.empty(), Optional.empty());

    static FakePhone in(CallState state) {
        return new FakePhone(Optional.of(state), Map.of(), Set.of(), Optional.empty(), Optional.empty());
    }

    FakePhone with(Property property, String value) {
        return new FakePhone(callState, Map.of(property, value), allowed, account, outgoingUri);
    }

    FakePhone allowing(CommandName command) {
        return new FakePhone(callState, states, Set.of(command), account, outgoingUri);
    }

    FakePhone withAccount(String name) {
        return new FakePhone(callState, states, allowed, Optional.of(name), outgoingUri);
    }

    @Override
    public Optional<String> state(Property property) {
        return Optional.ofNullable(states.get(property));
    }

    @Override
    public boolean allows(CommandName command) {
        return allowed.contains(command);
    }
}
