package org.bellwire.testkit;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.CallState;
import org.bellwire.api.CommandName;
import org.bellwire.api.Property;
import org.bellwire.api.spi.Credential;
import org.bellwire.api.spi.PhoneView;

/** A phone as the third column of {@code commands.txt} describes it: {@code state.call=ringing file.account=2}. */
record SamplePhone(Map<String, String> given) implements PhoneView {

    static final SamplePhone UNKNOWN = new SamplePhone(Map.of());

    SamplePhone {
        given = Map.copyOf(given);
    }

    @Override
    public Optional<String> account() {
        return Optional.ofNullable(given.get("file.account"));
    }

    @Override
    public Optional<String> outgoingUri() {
        return Optional.ofNullable(given.get("file.outgoing.uri"));
    }

    @Override
    public Optional<CallState> callState() {
        return state(Property.CALL).map(state -> CallState.valueOf(state.toUpperCase(Locale.ROOT)));
    }

    @Override
    public Optional<String> callId(List<CallState> states) {
        return states.stream()
                .flatMap(state -> Optional.ofNullable(given.get("id." + state.wire())).stream())
                .findFirst();
    }

    @Override
    public boolean has(Credential credential) {
        return given.containsKey("file." + credential.key());
    }

    @Override
    public Optional<String> state(Property property) {
        return Optional.ofNullable(given.get("state." + property.wire()));
    }

    @Override
    public boolean allows(CommandName command) {
        return List.of(given.getOrDefault("file.allow", "").split(",")).contains(command.wire());
    }
}
