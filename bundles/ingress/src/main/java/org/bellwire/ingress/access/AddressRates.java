package org.bellwire.ingress.access;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.bellwire.api.config.Rate;
import org.bellwire.api.runtime.TokenBucket;

/** Bounds how often each address may ask. Knows the addresses seen last, usually {@value #MAX_ADDRESSES}. */
final class AddressRates {

    static final int MAX_ADDRESSES = 10_000;

    private final Rate rate;
    private final LongSupplier nanoTime;
    private final Map<InetAddress, TokenBucket> buckets;

    AddressRates(Rate rate, LongSupplier nanoTime, int maxAddresses) {
        this.rate = rate;
        this.nanoTime = nanoTime;
        buckets = new LinkedHashMap<>(64, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<InetAddress, TokenBucket> eldest) {
                return size() > maxAddresses;
            }
        };
    }

    /** Counts one request; false if it is one too many. */
    boolean take(InetAddress address) {
        return bucket(address).take(rate.perSecond(), rate.burst(), nanoTime.getAsLong());
    }

    /** Counts a request that was answered already once more, as several. */
    void charge(InetAddress address, int requests) {
        bucket(address).drain(requests, rate.perSecond(), rate.burst(), nanoTime.getAsLong());
    }

    private synchronized TokenBucket bucket(InetAddress address) {
        return buckets.computeIfAbsent(address, a -> new TokenBucket());
    }
}
