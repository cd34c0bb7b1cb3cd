package org.bellwire.api.port;

import java.util.concurrent.CompletionStage;
import org.bellwire.api.PhoneId;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Brings what phones report to the one gateway that owns them, in one order for each phone. Implemented by core for a gateway that
 * is alone, as a direct call, and by cluster for several. Nothing here blocks.
 */
@ProviderType
public interface Ingest {

    /**
     * Takes charge of a report. Completes when it is safe, whatever happens to this gateway; completes exceptionally with
     * {@link Bus.Undelivered} when that cannot be promised.
     */
    CompletionStage<Void> take(Report report);

    /**
     * This gateway owns the phone. May have ended a moment ago: for what does no harm when two do it, as probes and states, not for
     * commands.
     */
    boolean owns(PhoneId phone);

    /** This gateway owns the first partition, and with it what there is once in the building. */
    boolean ownsFirst();
}
