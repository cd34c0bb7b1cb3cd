package org.bellwire.ingress.access;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.bellwire.api.config.Rate;

/** Bounds how often each address may ask. Knows the {@value #MAX_ADDRESSES} addresses seen last. */
final class AddressRates {

    static final int MAX_ADDRESSES = 10_000;

    private final Rate rate;
    private final LongSupplier nanoTime;
    private final Map<InetAddress, Bucket> buckets = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Bucket> eldest) {
            return size() > MAX_ADDRESSES;
        }
    };

    AddressRates(Rate rate, LongSupplier nanoTime) {
        this.rate = rate;
        this.nanoTime = nanoTime;
    }

    /** Counts one request; false if it is one too many. */
    boolean take(InetAddress address) {
        return take(address, 1, false);
    }

    /** Counts a request that was answered already once more, as several. */
    void charge(InetAddress address, int requests) {
        take(address, requests, true);
    }

    private synchronized boolean take(InetAddress address, int requests, boolean force) {
        long now = nanoTime.getAsLong();
        Bucket bucket = buckets.computeIfAbsent(address, a -> new Bucket(rate.burst(), now));
        bucket.left = Math.min(rate.burst(), bucket.left + (now - bucket.since) * 1e-9 * rate.perSecond());
        bucket.since = now;
        if (bucket.left < requests && !force) {
            return false;
        }
        bucket.left = Math.max(0, bucket.left - requests);
        return true;
    }

    private static final class Bucket {
        private double left;
        private long since;

        Bucket(double left, long since) {
            this.left = left;
            this.since = since;
        }
    }
}
