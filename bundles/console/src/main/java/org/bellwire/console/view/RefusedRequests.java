package org.bellwire.console.view;

import java.net.InetAddress;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.bellwire.api.port.Refusal;
import org.bellwire.api.runtime.TokenBucket;

/** Requests of phones that were refused, so many in a second that a flood of them floods nobody who looks on. */
public final class RefusedRequests {

    private static final int PER_SECOND = 10;
    private static final int BURST = 50;

    private final MaskedTarget mask;
    private final Clock clock;
    private final LongSupplier nanos;
    private final TokenBucket bucket = new TokenBucket();
    private final AtomicLong left = new AtomicLong();

    public RefusedRequests(MaskedTarget mask, Clock clock, LongSupplier nanos) {
        this.mask = mask;
        this.clock = clock;
        this.nanos = nanos;
    }

    /** One as JSON, with how many were left out before it; empty: this one is left out. */
    public Optional<String> next(InetAddress peer, int status, Optional<Refusal> reason, byte[] target) {
        if (!bucket.take(PER_SECOND, BURST, nanos.getAsLong())) {
            left.incrementAndGet();
            return Optional.empty();
        }
        return Optional.of(StreamJson.refused(
                peer.getHostAddress(),
                status,
                reason.map(why -> why.name().toLowerCase(Locale.ROOT)).orElse("http_" + status),
                mask.asked(target),
                clock.instant(),
                left.getAndSet(0)));
    }
}
