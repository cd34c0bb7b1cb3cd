package org.bellwire.api.port;

import java.net.InetAddress;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Is told which requests of phones are refused, and why. Whoever wants to know registers one as a service; the ingress tells all
 * there are, on the thread that answers: must not block and must not throw.
 */
@ConsumerType
public interface RefusalListener {

    /**
     * A request is about to be refused.
     *
     * @param peer empty where the request could not be read so far
     * @param reason what the answer does not tell; empty: its status says it all
     */
    void refused(Optional<InetAddress> peer, int httpStatus, Optional<Refusal> reason);
}
