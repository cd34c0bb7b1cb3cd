package org.bellwire.core.publish;

import com.github.f4b6a3.ulid.UlidFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.bellwire.api.EventMessage;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.PhoneEvent;
import org.bellwire.core.phone.Phone;
import org.bellwire.core.phone.PhoneSession;

/** Publishes what became of a phone: first the states that changed, then the events. */
public final class EventPublisher {

    private final RetainedPublisher retained;
    private final Bus bus;
    private final UlidFactory ids = UlidFactory.newMonotonicInstance();

    public EventPublisher(RetainedPublisher retained, Bus bus) {
        this.retained = retained;
        this.bus = bus;
    }

    /**
     * Call it in the phone's order in which it occurred, so that all of one phone goes out in one order. Completes when all events
     * are safe.
     *
     * @param params what the phone sent
     */
    public CompletableFuture<Void> publish(
            Phone phone, PhoneSession.Occurrence occurrence, Instant now, Map<String, String> params) {
        List<CompletableFuture<Void>> sent = new ArrayList<>(2);
        retained.states(phone, occurrence.changes());
        for (PhoneSession.Fact fact : occurrence.facts()) {
            String json = EventJson.of(phone, fact, ids.create().toString(), now, params);
            EventMessage message = new EventMessage(phone.settings().id(), fact.type(), json, now);
            sent.add(bus.deliver(message).toCompletableFuture());
            retained.listeners().tell(each -> each.event(new PhoneEvent(message, fact.call())));
        }
        return CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new));
    }
}
