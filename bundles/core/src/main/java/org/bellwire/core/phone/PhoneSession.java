package org.bellwire.core.phone;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.bellwire.api.CallInfo;
import org.bellwire.api.CallState;
import org.bellwire.api.EventType;
import org.bellwire.api.Mac;
import org.bellwire.api.Property;
import org.bellwire.api.Variables;
import org.bellwire.api.config.IpLiteral;
import org.bellwire.api.config.Rate;
import org.bellwire.api.runtime.TokenBucket;
import org.bellwire.api.spi.EventRow;
import org.bellwire.api.spi.EventTable;
import org.bellwire.core.common.Moment;

/**
 * What is known of a phone from its events. Outlives an edit of the phone's file. All of one phone happens in one order:
 * whoever changes the phone or publishes for it does so {@link #inOrder}, for microseconds.
 */
public final class PhoneSession {

    /** What a phone that has just started has not. */
    private static final Set<Property> AFTER_BOOT = EnumSet.of(Property.OFF_HOOK, Property.MUTE, Property.BUSY);

    @GuardedBy("this")
    private final Map<Property, String> states = new EnumMap<>(Property.class);

    @GuardedBy("this")
    private final CallModel calls = new CallModel();

    private final TokenBucket reports = new TokenBucket();
    private final TokenBucket dials = new TokenBucket();
    private final SerialQueue commandQueue = new SerialQueue();
    private final Confirmations confirmations = new Confirmations();
    private final Availability availability = new Availability();

    @GuardedBy("this")
    private Runnable changed = () -> {};

    @GuardedBy("this")
    private long seq;

    @GuardedBy("this")
    private long nextProbe;

    @GuardedBy("this")
    private boolean probed;

    private volatile boolean calling;

    @GuardedBy("this")
    private Optional<String> model = Optional.empty();

    @GuardedBy("this")
    private Optional<String> firmware = Optional.empty();

    @GuardedBy("this")
    private Optional<String> reportedMac = Optional.empty();

    @GuardedBy("this")
    private Optional<EventType> lastEvent = Optional.empty();

    @GuardedBy("this")
    private Optional<Instant> lastEventTime = Optional.empty();

    /** What an event became: the facts to publish. */
    public record Occurrence(List<Fact> facts, Map<Property, String> changes, boolean infoChanged) {}

    /**
     * One event to publish.
     *
     * @param vendorEvent in the vendor's words; empty where no report of the phone shows it
     * @param presumed the call has to be over, but nobody told how it ended
     */
    public record Fact(
            EventType type, boolean derived, long seq, String vendorEvent, CallInfo call, boolean presumed) {}

    /** Does this while nothing else happens to the phone: must not block. */
    public synchronized void inOrder(Runnable action) {
        action.run();
    }

    /** The same, and what came of it. */
    public synchronized <T> T inOrder(Supplier<T> action) {
        return action.get();
    }

    public Confirmations confirmations() {
        return confirmations;
    }

    public Availability availability() {
        return availability;
    }

    public SerialQueue commandQueue() {
        return commandQueue;
    }

    /** One more report is within the limit; the time is in nanoseconds, as of {@link System#nanoTime()}. */
    public boolean mayReport(Rate limit, long now) {
        return reports.take(limit.perSecond(), limit.burst(), now);
    }

    /** One more call is within the limit; the time as above. */
    public boolean mayDial(Rate limit, long now) {
        return dials.take(limit.perSecond(), limit.burst(), now);
    }

    /** A probe is due: the first one at once, the others spread over the period. */
    public synchronized boolean probeDue(long now, int everySeconds) {
        long period = everySeconds * 1_000_000_000L;
        if (!probed) {
            probed = true;
            nextProbe = now + period - Math.floorMod(System.identityHashCode(this) * 1_000_003L, period);
            return true;
        }
        boolean due = now - nextProbe >= 0;
        nextProbe = due ? now + period : nextProbe;
        return due;
    }

    /** Takes in an event: the call model, the states and what the phone says of itself. */
    public synchronized Occurrence takeIn(EventTable table, String vendorName, Variables variables, Moment now) {
        Optional<EventRow> row = table.find(vendorName);
        EventType told = row.map(r -> r.typeFor(variables)).orElse(EventType.VENDOR_EVENT);
        CallModel.Reading reading = calls.read(table, told, variables, now);
        String name = row.map(EventRow::name).orElse(vendorName);
        boolean derived = reading.derived() || row.filter(r -> r.type() != told).isPresent();
        List<Fact> facts = new ArrayList<>(2);
        reading.forgotten().forEach(call -> facts.add(over(call, name)));
        facts.add(new Fact(reading.type(), derived, ++seq, name, reading.call(), false));
        if (reading.missed()) {
            facts.add(new Fact(EventType.CALL_MISSED, true, ++seq, name, reading.call(), false));
        }
        Map<Property, String> changes = new EnumMap<>(Property.class);
        if (reading.missed() || reading.type() == EventType.CALL_MISSED) {
            set(Property.MISSED, MissedCount.oneMore(state(Property.MISSED)), changes);
        }
        row.ifPresent(r -> r.sets().forEach((property, value) -> set(property, value, changes)));
        reading.type().sets().forEach((property, value) -> set(property, value, changes));
        ip(table, variables).ifPresent(ip -> set(Property.IP, ip, changes));
        if (told == EventType.DEVICE_BOOTED) {
            for (Property off : AFTER_BOOT) {
                if (table.has(off)) {
                    set(off, "OFF", changes);
                }
            }
        }
        boolean tellsOfCalls = told.isOfCall() || told == EventType.DEVICE_BOOTED || told == EventType.LINE_IDLE;
        if (tellsOfCalls && table.has(Property.CALL)) {
            setCallStates(table, changes);
        }
        lastEvent = Optional.of(reading.type());
        lastEventTime = Optional.of(now.time());
        boolean infoChanged = learn(variables);
        changed.run();
        return new Occurrence(facts, changes, infoChanged);
    }

    @GuardedBy("this")
    private Fact over(CallInfo call, String vendorEvent) {
        return new Fact(EventType.CALL_ENDED, true, ++seq, vendorEvent, call, true);
    }

    /** There are calls, which may have to end without an event. Looked up without waiting for the order. */
    public boolean hasCalls() {
        return calling;
    }

    /** Ends the calls that have rung, or were not heard of, for too long. */
    public synchronized Occurrence expire(EventTable table, Moment now) {
        List<Fact> facts = new ArrayList<>(0);
        calls.expire(now).forEach(call -> facts.add(over(call, "")));
        Map<Property, String> changes = new EnumMap<>(Property.class);
        if (!facts.isEmpty()) {
            setCallStates(table, changes);
            changed.run();
        }
        return new Occurrence(facts, changes, false);
    }

    /** The missed calls have been seen: counts from nothing again. Yields what changed. */
    public synchronized Map<Property, String> resetMissed() {
        Map<Property, String> changes = new EnumMap<>(Property.class);
        set(Property.MISSED, MissedCount.NONE, changes);
        changed.run();
        return changes;
    }

    /** From now on this is run after each event, in order: must not block. */
    public synchronized void onChange(Runnable action) {
        changed = action;
    }

    public synchronized PhoneSnapshot snapshot() {
        Map<Property, String> own = new EnumMap<>(states);
        own.keySet().removeAll(CallStates.PROPERTIES);
        return new PhoneSnapshot(
                own, calls.snapshot(lastEventTime), model, firmware, reportedMac, lastEvent, lastEventTime);
    }

    /** Takes up what was known before a restart; of its calls, if they are not believed in, that there are none now. */
    public synchronized void recall(PhoneSnapshot known, EventTable table, boolean callsStand) {
        states.putAll(known.states());
        states.keySet().retainAll(table.properties());
        calls.restore(callsStand ? known.calls() : known.calls().idle());
        if (table.has(Property.CALL)) {
            setCallStates(table, new EnumMap<>(Property.class));
        }
        model = known.model();
        firmware = known.firmware();
        reportedMac = known.mac();
        lastEvent = known.lastEvent();
        lastEventTime = known.lastEventTime();
    }

    @GuardedBy("this")
    private void setCallStates(EventTable table, Map<Property, String> changes) {
        calling = !calls.calls().isEmpty();
        if (calls.state().isEmpty()) {
            return;
        }
        CallStates.of(calls, table).forEach((property, value) -> set(property, value, changes));
        if (table.has(Property.MISSED) && !states.containsKey(Property.MISSED)) {
            set(Property.MISSED, MissedCount.NONE, changes);
        }
    }

    @GuardedBy("this")
    private void set(Property property, String value, Map<Property, String> changes) {
        String shortened = property == Property.CALLS ? value : StateText.cut(value);
        if (!shortened.equals(states.put(property, shortened))) {
            changes.put(property, shortened);
        }
    }

    private static Optional<String> ip(EventTable table, Variables variables) {
        return table.has(Property.IP) ? variables.get("ip").filter(IpLiteral::isOne) : Optional.empty();
    }

    @GuardedBy("this")
    private boolean learn(Variables variables) {
        Optional<String> newModel = variables.get("model").or(() -> model);
        Optional<String> newFirmware = variables.get("firmware").or(() -> firmware);
        Optional<String> newMac =
                variables.get("mac").flatMap(Mac::parse).map(Object::toString).or(() -> reportedMac);
        boolean changed = !newModel.equals(model) || !newFirmware.equals(firmware) || !newMac.equals(reportedMac);
        model = newModel;
        firmware = newFirmware;
        reportedMac = newMac;
        return changed;
    }

    public synchronized Map<Property, String> states() {
        return states.isEmpty() ? Map.of() : new EnumMap<>(states);
    }

    public synchronized Optional<EventType> lastEvent() {
        return lastEvent;
    }

    public synchronized Optional<Instant> lastEventTime() {
        return lastEventTime;
    }

    public synchronized Optional<String> model() {
        return model;
    }

    public synchronized Optional<String> firmware() {
        return firmware;
    }

    /** The MAC that the phone reported. */
    public synchronized Optional<String> mac() {
        return reportedMac;
    }

    public synchronized Optional<CallState> callState() {
        return calls.state();
    }

    public synchronized Optional<String> state(Property property) {
        return Optional.ofNullable(states.get(property));
    }
}
