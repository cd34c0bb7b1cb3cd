package org.bellwire.api.port;

import org.bellwire.api.PhoneId;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Is told byte for byte what phones and Bellwire say to one another, passwords and tokens included. Whoever wants to know
 * registers one as a service for just so long: while there is none, nothing is kept or copied. Is called by the threads that
 * read and write: must not block and must not throw.
 */
@ConsumerType
public interface WireListener {

    /**
     * A phone has reported something.
     *
     * @param request the head of the request
     * @param status of Bellwire's answer, which has no body
     */
    void reported(PhoneId phone, byte[] request, int status);

    /**
     * A request to a phone is over.
     *
     * @param answer how the phone's answer begins; empty where there was none
     */
    void answered(PhoneId phone, byte[] request, byte[] answer);
}
