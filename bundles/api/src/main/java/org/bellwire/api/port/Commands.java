package org.bellwire.api.port;

import java.util.concurrent.CompletionStage;
import org.bellwire.api.Result;

/** Carries out commands. Implemented by core; used by the shell, and by core's own subscription. */
public interface Commands {

    /**
     * Does not block. Completes with the first result, never exceptionally; every result also goes to
     * {@code <phone>/result/<command>}.
     */
    CompletionStage<Result> carryOut(CommandOrder order);
}
