package org.bellwire.api.port;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.bellwire.api.Result;
import org.osgi.annotation.versioning.ProviderType;

/** Carries out commands. Implemented by core; used by the shell, and by core's own subscription. */
@ProviderType
public interface Commands {

    /**
     * Does not block. Completes with the first result, never exceptionally; every result also goes to
     * {@code <phone>/result/<command>}.
     */
    CompletionStage<Result> carryOut(CommandOrder order);

    /** The same for a command that was heard so long ago already. */
    default CompletionStage<Result> carryOut(CommandOrder order, Duration age) {
        return carryOut(order);
    }
}
