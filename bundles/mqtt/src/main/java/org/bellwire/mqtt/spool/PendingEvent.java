package org.bellwire.mqtt.spool;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.bellwire.api.EventMessage;
import org.bellwire.api.port.Bus.Undelivered;
import org.bellwire.mqtt.publish.PendingPublish;

/** An event that is not promised yet, and its promise. All but the future is guarded by {@link EventDelivery}. */
final class PendingEvent extends CompletableFuture<Void> {

    private final EventMessage event;
    private final long since;
    private Optional<PendingPublish> outgoing = Optional.empty();
    private long number;
    private boolean written;
    private boolean acknowledged;

    /** @param since nanoseconds, as of {@link System#nanoTime()} */
    PendingEvent(EventMessage event, long since) {
        this.event = event;
        this.since = since;
    }

    EventMessage event() {
        return event;
    }

    long since() {
        return since;
    }

    void sent(PendingPublish on) {
        outgoing = Optional.of(on);
    }

    /** Its way to the broker, if it has been given to the connection. */
    Optional<PendingPublish> outgoing() {
        return outgoing;
    }

    /** Its place in the spool; 0: none. */
    long number() {
        return number;
    }

    void number(long place) {
        number = place;
    }

    boolean isWritten() {
        return written;
    }

    void written() {
        written = true;
    }

    boolean isAcknowledged() {
        return acknowledged;
    }

    void acknowledged() {
        acknowledged = true;
    }

    StoredEvent stored() {
        return new StoredEvent(number, event);
    }

    void fail(String reason) {
        completeExceptionally(new Undelivered(reason));
    }
}
