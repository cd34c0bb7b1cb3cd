package org.bellwire.api.port;

import java.time.Instant;
import org.bellwire.api.PhoneId;
import org.bellwire.api.port.PhoneClient.Answer;
import org.bellwire.api.spi.Credential;
import org.bellwire.api.spi.PhoneRequest;

/**
 * A request that went to a phone because of a command, and what came of it.
 *
 * @param order the command
 * @param phone the phone, where the command went to a group a member of it
 * @param base scheme, host and port of the phone, such as {@code http://10.0.0.9:80}
 * @param request with the marks of {@link Credential} and no credentials; one that was repeated for a login is told once
 * @param answer without what the phone wrote
 * @param time when it went out
 * @param tookMs from then to the answer, in milliseconds
 */
public record SentRequest(
        CommandOrder order,
        PhoneId phone,
        String base,
        PhoneRequest request,
        Answer answer,
        Instant time,
        long tookMs) {

    public SentRequest {
        answer = answer.saying("");
    }
}
