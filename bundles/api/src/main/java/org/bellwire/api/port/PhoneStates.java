package org.bellwire.api.port;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bellwire.api.PhoneId;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What is to be known again after a restart: one line of text for each phone. Implemented by mqtt, used by core. Waits for the
 * disk, so not for the way of an event. Where the disk fails, it says so once in the log, and nothing is kept until it is well.
 */
@ProviderType
public interface PhoneStates {

    /** What was kept of a phone last. */
    Optional<String> recall(PhoneId phone);

    /**
     * Keeps texts, which have no line breaks, in the place of older ones; an empty {@code Optional} forgets the phone. What is
     * kept outlives the end of this process, whatever ends it. No texts at all say that what is kept is true to this moment.
     *
     * @return false if nothing could be kept now
     */
    boolean keep(Map<PhoneId, Optional<String>> texts);

    /** When something was kept last, or said to be true. */
    Optional<Instant> lastKept();

    /** The phones of which something is kept. */
    Set<PhoneId> phones();
}
