package org.bellwire.api.port;

import java.util.concurrent.CompletionStage;
import org.bellwire.api.EventMessage;
import org.osgi.annotation.versioning.ConsumerType;

/** Where the events of a report go. Does not block. */
@ConsumerType
public interface EventOutlet {

    /** Takes charge of an event. Completes when it is safe, exceptionally when that cannot be promised. */
    CompletionStage<Void> deliver(EventMessage event);

    /** The same for an event that another one of its phone has overtaken: history, whatever its age. */
    default CompletionStage<Void> deliverLate(EventMessage event) {
        return deliver(event);
    }
}
