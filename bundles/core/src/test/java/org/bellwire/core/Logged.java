package org.bellwire.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.CommandName;
import org.bellwire.api.EventType;
import org.bellwire.api.spi.Access;
import org.bellwire.api.spi.CallVariables;
import org.bellwire.api.spi.CommandRow;
import org.bellwire.api.spi.CommandTable;
import org.bellwire.api.spi.EventLog;
import org.bellwire.api.spi.EventRow;
import org.bellwire.api.spi.EventTable;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.api.spi.PhoneRequest;
import org.bellwire.api.spi.Provisioning;
import org.bellwire.api.spi.VendorInfo;

/** An invented vendor whose phones keep a log: lines of an event and its variables. A channel is opened by {@code ID=7}. */
record Logged() implements PhoneBinding {

    private static final EventTable EVENTS = EventTable.namedInPath(
            CallVariables.id("call").other("remote", "name"),
            EventRow.on("Bell", EventType.DOOR_BELL),
            EventRow.on("Ring", EventType.CALL_INCOMING),
            EventRow.on("Talk", EventType.CALL_CONNECTED),
            EventRow.on("Over", EventType.CALL_ENDED));

    private static Optional<PhoneRequest> channel(String body) {
        return body.startsWith("ID=") ? Optional.of(new PhoneRequest("/pull?" + body)) : Optional.empty();
    }

    private static Optional<List<EventLog.Entry>> entries(String body) {
        if (body.contains("fault")) {
            throw new IllegalStateException("a reader that does not stand this");
        }
        if (!body.startsWith("LOG")) {
            return Optional.empty();
        }
        List<EventLog.Entry> entries = new ArrayList<>();
        body.lines().skip(1).forEach(line -> {
            String[] words = line.split(" ");
            Map<String, String> variables = new LinkedHashMap<>();
            for (int i = 1; i < words.length; i++) {
                variables.put(
                        words[i].substring(0, words[i].indexOf('=')), words[i].substring(words[i].indexOf('=') + 1));
            }
            entries.add(new EventLog.Entry(words[0], variables));
        });
        return Optional.of(entries);
    }

    @Override
    public VendorInfo info() {
        return new VendorInfo("logged", "Logged", "invented");
    }

    @Override
    public EventTable events() {
        return EVENTS;
    }

    @Override
    public CommandTable commands() {
        return CommandTable.of(
                Access.http(Access.Authentication.PASSWORD),
                CommandRow.on(CommandName.HANGUP, new PhoneRequest("/hangup")));
    }

    @Override
    public Provisioning provisioning() {
        return new Provisioning("nowhere", "/{event}", false, List.of());
    }

    @Override
    public Optional<EventLog> eventLog() {
        return Optional.of(new EventLog(new PhoneRequest("/open"), 20, Logged::channel, Logged::entries));
    }
}
