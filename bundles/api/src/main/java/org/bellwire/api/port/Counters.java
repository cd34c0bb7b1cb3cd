package org.bellwire.api.port;

import org.bellwire.api.Status;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Counts what happens, for whoever watches over Bellwire. Implemented by health, used by the others where it is there.
 * Nothing here blocks or fails.
 */
@ProviderType
public interface Counters {

    /** Counts nothing. */
    Counters NONE = new Counters() {
        @Override
        public void answered(int httpStatus) {
            // Nobody watches.
        }

        @Override
        public void refused(Refusal reason) {
            // Nobody watches.
        }

        @Override
        public void resulted(Status status) {
            // Nobody watches.
        }

        @Override
        public void reached(Limit limit) {
            // Nobody watches.
        }
    };

    /** A request of a phone was answered. */
    void answered(int httpStatus);

    /** A request is about to be answered 404 or 429 for this reason. */
    void refused(Refusal reason);

    /** A command has this result. */
    void resulted(Status status);

    /** A bound was reached and something was turned away or cut for it. */
    void reached(Limit limit);
}
