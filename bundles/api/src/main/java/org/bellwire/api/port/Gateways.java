package org.bellwire.api.port;

import java.util.List;
import java.util.Optional;
import org.bellwire.api.PhoneId;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The gateways that serve one building together. Where there is no such service, this one is alone. The service's properties
 * change whenever an answer does. Nothing here blocks.
 */
@ProviderType
public interface Gateways {

    /** What this gateway is called among them: a level of a topic. */
    String own();

    /** The names of all that are there now, this one included. */
    List<String> all();

    /** Which of them serves this phone and knows its state; empty while nobody is known to. */
    Optional<String> ownerOf(PhoneId phone);

    /** What there is once in the building is this one's to tell. */
    boolean tellsForAll();
}
