package org.bellwire.console.session;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.bellwire.api.runtime.TokenBucket;

/** How often a token may be guessed: 10 times at once from an address, then once in 6 s. */
final class LoginThrottle {

    private static final double PER_SECOND = 1.0 / 6;
    private static final int BURST = 10;
    private static final int ADDRESSES = 1000;

    private final LongSupplier nanos;
    private final Map<String, Guesses> addresses = new LinkedHashMap<>();

    LoginThrottle(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** May this address try? A right token may, too, only while it has not guessed too often. */
    synchronized boolean mayTry(String address) {
        Guesses guesses = addresses.getOrDefault(address, new Guesses());
        return guesses.left(nanos.getAsLong());
    }

    synchronized void failed(String address) {
        if (!addresses.containsKey(address) && addresses.size() >= ADDRESSES) {
            addresses.remove(addresses.keySet().iterator().next());
        }
        addresses.computeIfAbsent(address, any -> new Guesses()).guess(nanos.getAsLong());
    }

    private static final class Guesses {
        private final TokenBucket bucket = new TokenBucket();

        boolean left(long now) {
            boolean there = bucket.take(1, PER_SECOND, BURST + 1, now);
            if (there) {
                bucket.drain(-1, PER_SECOND, BURST + 1, now); // given back
            }
            return there;
        }

        void guess(long now) {
            bucket.drain(1, PER_SECOND, BURST + 1, now);
        }
    }
}
