package org.bellwire.api.spi;

import java.util.List;

/** What a row makes of a command: requests, sent one after the other, or a reason why none is sent. */
public sealed interface Plan {

    record Send(List<PhoneRequest> requests) implements Plan {
        public Send {
            requests = List.copyOf(requests);
        }
    }

    /** Nothing is sent. {@code reason} tells the user what would have to be different. */
    record Refuse(String reason) implements Plan {}

    static Plan send(PhoneRequest... requests) {
        return new Send(List.of(requests));
    }

    static Plan send(List<PhoneRequest> requests) {
        return new Send(requests);
    }

    static Plan refuse(String reason) {
        return new Refuse(reason);
    }
}
