package org.bellwire.api.port;

import java.net.InetAddress;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Is told which requests of phones are not taken in, and why. Whoever wants to know registers one as a service; the ingress tells all
 * there are, on the thread that answers: must not block and must not throw.
 */
@ConsumerType
public interface RefusalListener {

    /**
     * A request is about to be refused, or its phone to be put into the inbox.
     *
     * @param reason what the answer does not tell; empty: its status says it all
     * @param target what was asked for, as it came and so with its token; empty where it could not be read
     */
    void refused(InetAddress peer, int httpStatus, Optional<Refusal> reason, byte[] target);
}
