package org.bellwire.cluster;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.bellwire.api.Result;
import org.bellwire.api.Status;
import org.bellwire.api.port.CommandOrder;

/** Results as the phones of a test give them. */
final class SampleResults {

    private SampleResults() {}

    static Result accepted(CommandOrder order) {
        return new Result(
                Optional.empty(),
                order.phone(),
                order.command(),
                Status.ACCEPTED,
                OptionalInt.of(200),
                Optional.empty(),
                Instant.parse("2026-11-01T12:00:00.123456Z"),
                12);
    }
}
