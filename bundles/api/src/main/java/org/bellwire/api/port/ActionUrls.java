package org.bellwire.api.port;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** Takes what phones report. Implemented by core, used by the ingress. */
@ProviderType
public interface ActionUrls {

    /**
     * Does not block. The reply comes when the event's fate is known, at most a few seconds later, and never exceptionally.
     */
    CompletionStage<Reply> receive(ActionUrl url);
}
