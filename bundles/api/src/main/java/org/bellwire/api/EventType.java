package org.bellwire.api;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a phone can report, in Bellwire's words: the last level of {@code <phone>/event/<event>}, and the state it sets. */
public enum EventType {
    CALL_INCOMING,
    CALL_OUTGOING,
    CALL_UPDATED,
    CALL_CONNECTED,
    CALL_HELD,
    CALL_RESUMED,
    CALL_ENDED,
    CALL_MISSED,
    CALL_REJECTED,
    CALL_FORWARDED,
    CALL_WAITING_ANSWERED,
    CONFERENCE_STARTED,
    CONFERENCE_ENDED,
    TRANSFER_STARTED,
    TRANSFER_BLIND,
    TRANSFER_ATTENDED,
    TRANSFER_RECEIVED,
    TRANSFER_COMPLETED,
    TRANSFER_FAILED,
    /** The other side holds; the phone's own call stays connected. */
    CALL_HELD_BY_PEER,
    CALL_RESUMED_BY_PEER,
    HOOK_OFF(Property.OFF_HOOK, SwitchValue.ON),
    HOOK_ON(Property.OFF_HOOK, SwitchValue.OFF),
    DND_ON(Property.DND, SwitchValue.ON),
    DND_OFF(Property.DND, SwitchValue.OFF),
    MUTE_ON(Property.MUTE, SwitchValue.ON),
    MUTE_OFF(Property.MUTE, SwitchValue.OFF),
    FORWARD_ALWAYS_ON(Property.FORWARD_ALWAYS, SwitchValue.ON),
    FORWARD_ALWAYS_OFF(Property.FORWARD_ALWAYS, SwitchValue.OFF),
    FORWARD_BUSY_ON(Property.FORWARD_BUSY, SwitchValue.ON),
    FORWARD_BUSY_OFF(Property.FORWARD_BUSY, SwitchValue.OFF),
    FORWARD_NO_ANSWER_ON(Property.FORWARD_NO_ANSWER, SwitchValue.ON),
    FORWARD_NO_ANSWER_OFF(Property.FORWARD_NO_ANSWER, SwitchValue.OFF),
    /** Calls are forwarded, of one kind or another: the phone does not tell which. */
    FORWARD_ON(Property.FORWARD, SwitchValue.ON),
    FORWARD_OFF(Property.FORWARD, SwitchValue.OFF),
    CALL_WAITING_ON(Property.CALL_WAITING, SwitchValue.ON),
    CALL_WAITING_OFF(Property.CALL_WAITING, SwitchValue.OFF),
    ACCOUNT_REGISTERED(Property.REGISTRATION, "registered"),
    ACCOUNT_UNREGISTERED(Property.REGISTRATION, "unregistered"),
    ACCOUNT_REGISTER_FAILED(Property.REGISTRATION, "failed"),
    LINE_BUSY(Property.BUSY, SwitchValue.ON),
    LINE_IDLE(Property.BUSY, SwitchValue.OFF),
    DEVICE_BOOTED,
    DEVICE_IP_CHANGED,
    DEVICE_REBOOTING,
    DEVICE_PROVISIONED,
    HEADSET_PRESSED,
    SPEAKER_PRESSED,
    KEY_PRESSED,
    MESSAGE_WAITING,
    MESSAGE_RECEIVED,
    BATTERY_LOW(Property.BATTERY_LOW, SwitchValue.ON),
    BATTERY_OK(Property.BATTERY_LOW, SwitchValue.OFF),
    INPUT_ON,
    INPUT_OFF,
    DOOR_BELL,
    /** Somebody shows a card or a code, and the station asks whether to open. */
    DOOR_REQUESTED,
    DOOR_GRANTED,
    DOOR_DENIED,
    DOOR_OPENED(Property.DOOR, "open"),
    DOOR_CLOSED(Property.DOOR, "closed"),
    DOOR_FORCED,
    DOOR_HELD_OPEN,
    DOOR_MOTION,
    DOOR_TAMPER,
    VENDOR_EVENT;

    private final String wire = name().toLowerCase(Locale.ROOT);
    private final Optional<Property> property;
    private final String value;

    EventType() {
        property = Optional.empty();
        value = "";
    }

    EventType(Property property, SwitchValue value) {
        this(property, value.wire());
    }

    EventType(Property property, String value) {
        this.property = Optional.of(property);
        this.value = value;
    }

    public String wire() {
        return wire;
    }

    /** The fixed state that this event sets; what it does to calls is the call model's business. */
    public Map<Property, String> sets() {
        return property.map(p -> Map.of(p, value)).orElse(Map.of());
    }

    /** Speaks of a call, so that its JSON carries one. */
    public boolean isOfCall() {
        return compareTo(CALL_RESUMED_BY_PEER) <= 0;
    }

    public static Optional<EventType> ofWire(String text) {
        for (EventType type : values()) {
            if (type.wire.equals(text)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return wire;
    }
}
