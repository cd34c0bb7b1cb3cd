package org.bellwire.api.port;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** What a gateway of a cluster does for triggers. Implemented by trigger. Nothing here blocks. */
@ProviderType
public interface TriggerOwner {

    /** Hears the topics that fire and cancel triggers, for all gateways, from now on until closed. */
    Bus.Subscription listen(Consumer<TriggerOrder> log);

    /**
     * Carries an order out here. Completes with what came of it, which may take minutes; never exceptionally.
     *
     * @param age since somebody asked for it: what is old is ignored
     */
    CompletionStage<Triggers.Outcome> carryOut(TriggerOrder order, Duration age);
}
