package org.bellwire.core;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.CallState;
import org.bellwire.api.CommandName;
import org.bellwire.api.EventType;
import org.bellwire.api.Property;
import org.bellwire.api.spi.Access;
import org.bellwire.api.spi.CallVariables;
import org.bellwire.api.spi.CommandRow;
import org.bellwire.api.spi.CommandTable;
import org.bellwire.api.spi.Credential;
import org.bellwire.api.spi.EventRow;
import org.bellwire.api.spi.EventTable;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.api.spi.PhoneRequest;
import org.bellwire.api.spi.Provisioning;
import org.bellwire.api.spi.ReadBack;
import org.bellwire.api.spi.VendorInfo;

/** An invented vendor without call ids whose phones can be asked: {@code connected 42,held 43} for its calls, {@code DND=ON} for states. */
record Asked() implements PhoneBinding {

    private static final EventTable EVENTS = EventTable.namedInPath(
            CallVariables.id("id").other("remote", "name"),
            EventRow.on("ring", EventType.CALL_INCOMING),
            EventRow.on("talk", EventType.CALL_CONNECTED),
            EventRow.on("end", EventType.CALL_ENDED),
            EventRow.on("dnd on", EventType.DND_ON),
            EventRow.on("registered", EventType.ACCOUNT_REGISTERED));

    private static final CommandTable COMMANDS = CommandTable.of(
                    Access.http(Access.Authentication.PASSWORD_IN_TARGET),
                    CommandRow.on(CommandName.HANGUP, new PhoneRequest("/hangup")))
            .reading(
                    ReadBack.ofCalls(new PhoneRequest("/calls").with("p", Credential.PASSWORD), Asked::calls),
                    ReadBack.ofStates(new PhoneRequest("/states").with("p", Credential.PASSWORD), Asked::states));

    private static ReadBack.State calls(String body) {
        if (body.equals("fault")) {
            throw new IllegalStateException("a reader with a fault");
        }
        List<ReadBack.SeenCall> calls = body.lines()
                .map(line -> line.split(" "))
                .map(words -> new ReadBack.SeenCall(
                        CallState.valueOf(words[0].toUpperCase(Locale.ROOT)),
                        Optional.empty(),
                        Optional.of(words[1]),
                        Optional.empty()))
                .toList();
        return new ReadBack.State(Map.of(), Optional.of(calls));
    }

    private static ReadBack.State states(String body) {
        Map<Property, String> states = new EnumMap<>(Property.class);
        body.lines().map(line -> line.split("=")).forEach(pair -> states.put(Property.valueOf(pair[0]), pair[1]));
        return new ReadBack.State(states, Optional.empty());
    }

    @Override
    public VendorInfo info() {
        return new VendorInfo("asked", "Asked", "none");
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
        return new Provisioning("nowhere", "/{event}?mac=$mac", false, List.of());
    }
}
