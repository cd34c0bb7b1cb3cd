package org.bellwire.api.port;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.bellwire.api.PhoneId;
import org.osgi.annotation.versioning.ProviderType;

/** Takes what phones report. Implemented by core, used by the ingress. */
@ProviderType
public interface ActionUrls {

    /**
     * Does not block. The reply comes when the event's fate is known, at most a few seconds later, and never exceptionally.
     */
    CompletionStage<Reply> receive(ActionUrl url);

    /**
     * The phone whose own token this is. Does not block; completes exceptionally where that could not be said in a few seconds,
     * as while phones' files are still being read.
     */
    default CompletionStage<Optional<PhoneId>> owner(String token) {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    /** The phone that this comes from, as far as it is known now. Does not block, and changes nothing. */
    default Optional<PhoneId> sender(ActionUrl url) {
        return Optional.empty();
    }
}
