package org.bellwire.core.publish;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.bellwire.api.EventMessage;
import org.bellwire.api.port.EventOutlet;
import org.bellwire.api.port.PhoneEvent;
import org.bellwire.api.port.Report;
import org.bellwire.core.phone.EventFact;
import org.bellwire.core.phone.Phone;
import org.bellwire.core.phone.PhoneSession;

/** Publishes what became of a phone: first the states that changed, then the events. */
public final class EventPublisher {

    private final RetainedPublisher retained;
    private final EventOutlet outlet;
    private final EventIds ids = new EventIds();

    /** @param outlet for events that no report tells of */
    public EventPublisher(RetainedPublisher retained, EventOutlet outlet) {
        this.retained = retained;
        this.outlet = outlet;
    }

    /** What comes of a report; as below. */
    public CompletableFuture<Void> publish(
            Phone phone, PhoneSession.Occurrence occurrence, Report report, EventOutlet way) {
        return publish(
                phone,
                occurrence,
                new Source(report.id(), report.time(), report.variables().asSent()),
                way);
    }

    /**
     * Call it in the phone's order in which it occurred, so that all of one phone goes out in one order. Completes when all events
     * are safe.
     */
    public CompletableFuture<Void> publish(Phone phone, PhoneSession.Occurrence occurrence, Instant now) {
        return publish(phone, occurrence, new Source(ids.next(now), now, Map.of()), outlet);
    }

    /** What of a report is history: another one has overtaken it, and what is known of the phone stays. */
    public CompletableFuture<Void> publishLate(Phone phone, Report report, EventOutlet way) {
        EventFact fact = phone.session().overtaken(phone.binding().events(), report.event(), report.variables());
        String json = EventJson.of(
                phone, fact, report.id(), report.time(), report.variables().asSent());
        EventMessage message = message(phone, fact, json, report.time());
        return way.deliverLate(message).toCompletableFuture();
    }

    private static EventMessage message(Phone phone, EventFact fact, String json, Instant time) {
        return new EventMessage(
                phone.settings().id(), fact.type(), json, time, phone.site().root());
    }

    /** What is the same in all events that come of one thing. */
    private record Source(String id, Instant time, Map<String, String> params) {}

    private CompletableFuture<Void> publish(
            Phone phone, PhoneSession.Occurrence occurrence, Source source, EventOutlet way) {
        List<CompletableFuture<Void>> sent = new ArrayList<>(2);
        retained.states(phone, occurrence.changes());
        for (EventFact fact : occurrence.facts()) {
            String id = EventIds.further(source.id(), sent.size());
            String json = EventJson.of(phone, fact, id, source.time(), source.params());
            EventMessage message = message(phone, fact, json, source.time());
            sent.add(way.deliver(message).toCompletableFuture());
            retained.listeners().tell(each -> each.event(new PhoneEvent(message, fact.call())));
        }
        return CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new));
    }
}
