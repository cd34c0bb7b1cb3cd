package org.bellwire.api.port;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes this gateway out of a balancer's turn before it is stopped: {@code /health} is 503 then, and phones that still come are
 * answered as ever. Ends with a restart. Implemented by health, used by shell. Nothing here blocks.
 */
@ProviderType
public interface Draining {

    boolean isOn();

    /** Begins or ends it; false if it was so already. */
    boolean set(boolean on);
}
