package org.bellwire.core.phone;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bellwire.api.CallState;
import org.bellwire.api.Direction;
import org.bellwire.api.Property;
import org.bellwire.api.SwitchValue;
import org.bellwire.api.port.Contacts;
import org.bellwire.api.port.Contacts.Contact;
import org.bellwire.api.spi.EventTable;

/** The states that a phone's calls tell. */
final class CallStates {

    /** Those that only the calls tell, so that nobody need remember them. */
    static final Set<Property> PROPERTIES = EnumSet.of(
            Property.CALL,
            Property.CALLS,
            Property.DIRECTION,
            Property.LOCAL,
            Property.PEER_NUMBER,
            Property.PEER_NAME,
            Property.PEER_TAGS);

    private CallStates() {}

    /** Those that this vendor's phones have. */
    static Map<Property, String> of(CallModel calls, EventTable table, Contacts contacts) {
        Map<Property, String> states = new EnumMap<>(Property.class);
        Optional<Call> call = calls.speaking();
        states.put(
                Property.DIRECTION,
                call.flatMap(Call::direction).map(Direction::wire).orElse(""));
        if (table.has(Property.LOCAL)) {
            states.put(
                    Property.LOCAL,
                    call.flatMap(one -> one.local().or(one::account)).orElse(""));
        }
        states.put(Property.PEER_NUMBER, call.flatMap(Call::number).orElse(""));
        Optional<Contact> contact = call.flatMap(Call::number).flatMap(contacts::find);
        states.put(
                Property.PEER_NAME,
                contact.map(Contact::name).or(() -> call.flatMap(Call::name)).orElse(""));
        states.put(
                Property.PEER_TAGS,
                contact.map(who -> String.join(" ", who.tags())).orElse(""));
        states.put(Property.CALLS, CallsJson.of(calls.calls(), contacts));
        if (!table.reportsBusy()) {
            states.put(Property.BUSY, SwitchValue.of(call.isPresent()).wire());
        }
        states.put(Property.CALL, calls.state().map(CallState::wire).orElse(CallState.IDLE.wire()));
        return states;
    }
}
