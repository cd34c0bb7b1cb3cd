package org.bellwire.line;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * How long an answer is waited for, and how much of it is read.
 *
 * @param connectMs milliseconds for the connection
 * @param deadline in nanoseconds of the sender's clock
 * @param wholeBody until then for all of the body, too
 * @param bodyBytes how much of the body is of interest
 * @param enough when it completes, nobody waits any more
 */
record ResponseBounds(
        int connectMs, long deadline, boolean wholeBody, int bodyBytes, Optional<CompletionStage<?>> enough) {}
