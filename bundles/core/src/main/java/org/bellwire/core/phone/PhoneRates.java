package org.bellwire.core.phone;

import java.util.Optional;
import org.bellwire.api.config.Rate;
import org.bellwire.api.runtime.TokenBucket;

/** How often one phone reports and is told to do what may not be done often. Times are in nanoseconds, as of {@link System#nanoTime()}. */
public final class PhoneRates {

    private final TokenBucket reports = new TokenBucket();
    private final TokenBucket dials = new TokenBucket();
    /** Made for the few that have a door. */
    private volatile Optional<TokenBucket> openings = Optional.empty();

    /** One more report is within the limit. */
    public boolean mayReport(Rate limit, long now) {
        return reports.take(limit.perSecond(), limit.burst(), now);
    }

    /** One more call is within the limit. */
    public boolean mayDial(Rate limit, long now) {
        return dials.take(limit.perSecond(), limit.burst(), now);
    }

    /** One more opening of the door is within the limit. */
    public boolean mayOpen(Rate limit, long now) {
        return openings().take(limit.perSecond(), limit.burst(), now);
    }

    private synchronized TokenBucket openings() {
        TokenBucket bucket = openings.orElseGet(TokenBucket::new);
        openings = Optional.of(bucket);
        return bucket;
    }
}
