package org.bellwire.core.phone;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bellwire.api.CallInfo;
import org.bellwire.api.CallState;
import org.bellwire.api.EventType;
import org.bellwire.api.Property;
import org.bellwire.api.Variables;
import org.bellwire.api.port.Contacts;
import org.bellwire.api.spi.EventRow;
import org.bellwire.api.spi.EventTable;
import org.bellwire.api.spi.ReadBack;
import org.bellwire.core.common.Moment;

/**
 * What is known of a phone from its events. Outlives an edit of the phone's file. All of one phone happens in one order:
 * whoever changes the phone or publishes for it does so {@link #inOrder}, for microseconds.
 */
public final class PhoneSession {

    @GuardedBy("this")
    private final KnownStates states = new KnownStates();

    @GuardedBy("this")
    private final CallModel calls = new CallModel();

    @GuardedBy("this")
    private final FactSequence sequence = new FactSequence();

    private final PhoneRates rates = new PhoneRates();
    private final SerialQueue commandQueue = new SerialQueue();
    private final Confirmations confirmations = new Confirmations();
    private final DialedCalls dialedCalls = new DialedCalls();
    private final ProbeTurn probes = new ProbeTurn();
    private final Availability availability = new Availability();

    @GuardedBy("this")
    private Runnable changed = () -> {};

    /** Of the last report that is taken in, where reports come by a log. */
    @GuardedBy("this")
    private long offset = PhoneSnapshot.NO_OFFSET;

    @GuardedBy("this")
    private final RecentReports recentReports = new RecentReports();

    private volatile boolean calling;

    @GuardedBy("this")
    private ReportedDevice device = ReportedDevice.UNKNOWN;

    @GuardedBy("this")
    private Optional<EventType> lastEvent = Optional.empty();

    @GuardedBy("this")
    private Optional<Instant> lastEventTime = Optional.empty();

    /** What an event became: the facts to publish; none, where all that it tells was told before. */
    public record Occurrence(List<EventFact> facts, Map<Property, String> changes, boolean infoChanged) {}

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

    public DialedCalls dialedCalls() {
        return dialedCalls;
    }

    public Availability availability() {
        return availability;
    }

    public SerialQueue commandQueue() {
        return commandQueue;
    }

    public PhoneRates rates() {
        return rates;
    }

    /** The id of the one call in these states. */
    public synchronized Optional<String> callId(List<CallState> in) {
        return CallMatch.idOf(calls.calls(), in);
    }

    /** A probe is due: the first one at once, the others spread over the period. */
    public boolean probeDue(long now, int everySeconds) {
        return probes.isDue(now, everySeconds);
    }

    /** Takes in an event: the call model, the states and what the phone says of itself. */
    public synchronized Occurrence takeIn(EventTable table, String vendorName, Variables variables, Moment now) {
        Optional<EventRow> row = table.find(vendorName);
        EventType told = row.map(r -> r.typeFor(variables)).orElse(EventType.VENDOR_EVENT);
        CallReading reading = calls.read(table, told, variables, now);
        String name = row.map(EventRow::name).orElse(vendorName);
        boolean derived = reading.derived() || row.filter(r -> r.type() != told).isPresent();
        List<EventFact> facts = new ArrayList<>(2);
        reading.forgotten().forEach(call -> facts.add(sequence.presumedEnd(call, name, now)));
        reading.events(table)
                .forEach(type -> facts.add(
                        sequence.next(type, derived || type != reading.type(), name, reading.call(), reading.end())));
        Map<Property, String> changes = new EnumMap<>(Property.class);
        if (reading.missed() || (reading.type() == EventType.CALL_MISSED && !reading.again())) {
            states.set(Property.MISSED, MissedCount.oneMore(state(Property.MISSED)), changes);
        }
        row.ifPresent(r -> r.sets().forEach((property, value) -> states.set(property, value, changes)));
        states.meant(table, reading.type(), changes);
        ReportedDevice.ip(table, variables, row).ifPresent(ip -> states.set(Property.IP, ip, changes));
        if (told == EventType.DEVICE_BOOTED) {
            states.booted(table, changes);
        }
        boolean tellsOfCalls = told.isOfCall() || told == EventType.DEVICE_BOOTED || told == EventType.LINE_IDLE;
        if (tellsOfCalls && table.has(Property.CALL)) {
            setCallStates(table, changes);
        }
        lastEvent = Optional.of(reading.type());
        lastEventTime = Optional.of(now.time());
        ReportedDevice before = device;
        device = before.with(variables);
        changed.run();
        return new Occurrence(facts, changes, !device.equals(before));
    }

    /** What an event tells that others have overtaken: changes nothing. */
    public synchronized EventFact overtaken(EventTable table, String vendorName, Variables variables) {
        Optional<EventRow> row = table.find(vendorName);
        EventType told = row.map(r -> r.typeFor(variables)).orElse(EventType.VENDOR_EVENT);
        CallInfo call =
                told.isOfCall() ? table.callVariables().read(variables, CallEffect.direction(told)) : CallInfo.NONE;
        return sequence.next(told, false, row.map(EventRow::name).orElse(vendorName), call, Optional.empty());
    }

    public synchronized void lookUpIn(Contacts book) {
        sequence.lookUpIn(book);
    }

    /** There are calls, which may have to end without an event. Looked up without waiting for the order. */
    public boolean hasCalls() {
        return calling;
    }

    /** Ends the calls that have rung, or were not heard of, for too long; names the others as the contacts do now. */
    public synchronized Occurrence expire(EventTable table, Moment now) {
        List<EventFact> facts = new ArrayList<>(0);
        calls.expire(now).forEach(call -> facts.add(sequence.presumedEnd(call, "", now)));
        Map<Property, String> changes = new EnumMap<>(Property.class);
        setCallStates(table, changes);
        if (!facts.isEmpty()) {
            changed.run();
        }
        return new Occurrence(facts, changes, false);
    }

    public synchronized StateQuestions questions() {
        return states.questions();
    }

    public synchronized boolean hasQuietCall(Duration span, Moment now) {
        return calls.calls().stream().anyMatch(call -> !call.heard().isWithin(span, now));
    }

    /** Takes in what the phone answered about its state, but for what events told since it was asked. */
    public synchronized Occurrence learn(EventTable table, ReadBack.State seen, Moment now) {
        List<EventFact> facts = new ArrayList<>(0);
        Map<Property, String> changes = new EnumMap<>(Property.class);
        states.learn(table, seen, changes);
        boolean news = table.has(Property.CALL) && states.questions().isNewsOf(Property.CALL);
        if (seen.calls().isPresent() && news) {
            calls.shown(seen.calls().get(), now).forEach(call -> facts.add(sequence.presumedEnd(call, "", now)));
            setCallStates(table, changes);
        }
        changed.run();
        return new Occurrence(facts, changes, false);
    }

    /** The missed calls have been seen: counts from nothing again. Yields what changed. */
    public synchronized Map<Property, String> resetMissed() {
        Map<Property, String> changes = new EnumMap<>(Property.class);
        states.set(Property.MISSED, MissedCount.NONE, changes);
        changed.run();
        return changes;
    }

    /** From now on this is run after each event, in order: must not block. */
    public synchronized void onChange(Runnable action) {
        changed = action;
    }

    public synchronized PhoneSnapshot snapshot() {
        return new PhoneSnapshot(
                states.own(),
                calls.snapshot(lastEventTime),
                device.model(),
                device.firmware(),
                device.mac(),
                lastEvent,
                lastEventTime,
                sequence.last(),
                availability.isOnline(),
                offset);
    }

    /** Takes up what was known before a restart; of its calls, if they are not believed in, that there are none now. */
    public synchronized void recall(PhoneSnapshot known, EventTable table, boolean callsStand) {
        states.restore(known.states(), table);
        calls.restore(callsStand ? known.calls() : known.calls().idle());
        if (table.has(Property.CALL)) {
            setCallStates(table, new EnumMap<>(Property.class));
        }
        device = new ReportedDevice(known.model(), known.firmware(), known.mac());
        lastEvent = known.lastEvent();
        lastEventTime = known.lastEventTime();
    }

    /** Goes on where another gateway ended. This one may have known more, or less. */
    public synchronized void takeOver(PhoneSnapshot known, EventTable table) {
        states.forget();
        recall(known, table, true);
        sequence.goOnAfter(known.seq());
        availability.restore(known.online());
        offset = known.offset();
    }

    /** The report that is taken in now, or left out for good, stands there in the log. */
    public synchronized void at(long reportOffset) {
        offset = reportOffset;
        if (reportOffset == PhoneSnapshot.NO_OFFSET) {
            recentReports.clear();
        }
    }

    /** Notes a report that came by a log; false if it is one of the last that did. */
    public synchronized boolean isFirst(String reportId) {
        return recentReports.add(reportId);
    }

    public synchronized long offset() {
        return offset;
    }

    @GuardedBy("this")
    private void setCallStates(EventTable table, Map<Property, String> changes) {
        calling = !calls.calls().isEmpty();
        if (calls.state().isEmpty()) {
            return;
        }
        CallStates.of(calls, table, sequence.contacts())
                .forEach((property, value) -> states.set(property, value, changes));
        if (table.has(Property.MISSED) && states.get(Property.MISSED).isEmpty()) {
            states.set(Property.MISSED, MissedCount.NONE, changes);
        }
    }

    public synchronized Map<Property, String> states() {
        return states.all();
    }

    public synchronized Optional<EventType> lastEvent() {
        return lastEvent;
    }

    public synchronized Optional<Instant> lastEventTime() {
        return lastEventTime;
    }

    public synchronized ReportedDevice device() {
        return device;
    }

    public synchronized Optional<CallState> callState() {
        return calls.state();
    }

    public synchronized Optional<String> state(Property property) {
        return states.get(property);
    }
}
