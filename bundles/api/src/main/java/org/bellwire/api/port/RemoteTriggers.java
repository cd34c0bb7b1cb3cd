package org.bellwire.api.port;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Brings what fires triggers to the one gateway of the cluster that runs each. Implemented by cluster. Nothing here blocks. None is
 * brought a second time: one of unknown fate may be carried out or not.
 */
@ProviderType
public interface RemoteTriggers {

    /** Brings it on its way; false if that cannot be now. */
    boolean send(TriggerOrder order);

    /** The same, and completes with what came of it; exceptionally with {@link Bus.Undelivered} where that is not known. */
    CompletionStage<Triggers.Outcome> ask(TriggerOrder order);
}
