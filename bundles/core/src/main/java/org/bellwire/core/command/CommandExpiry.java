package org.bellwire.core.command;

import java.time.Clock;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;

/** Whether it is too late to send a command. */
final class CommandExpiry {

    private static final long TOO_OLD_MS = 10_000;

    private final Clock clock;
    private final ToLongFunction<PendingCommand> ageMs;
    private final BooleanSupplier connected;

    /**
     * @param ageMs for how long a command has waited, in milliseconds
     * @param connected there is a connection to the broker
     */
    CommandExpiry(Clock clock, ToLongFunction<PendingCommand> ageMs, BooleanSupplier connected) {
        this.clock = clock;
        this.ageMs = ageMs;
        this.connected = connected;
    }

    /** Why it must not be sent any more. */
    Optional<String> tooLate(CommandChecks.Accepted job) {
        if (ageMs.applyAsLong(job.pending()) > TOO_OLD_MS) {
            return Optional.of("expired: it waited 10 s behind other commands of this phone");
        }
        Optional<String> over = over(job.payload());
        if (over.isPresent()) {
            return over;
        }
        if (job.of().isPresent()) {
            return FollowUpSender.objection(job);
        }
        return connected.getAsBoolean() || job.pending().isLocal()
                ? Optional.empty()
                : Optional.of("expired: the connection to the broker was lost meanwhile");
    }

    /** The time up to which its sender wanted it is over. */
    Optional<String> over(CommandPayload payload) {
        return payload.expires().filter(time -> !clock.instant().isBefore(time)).map(time -> "expired at " + time);
    }
}
