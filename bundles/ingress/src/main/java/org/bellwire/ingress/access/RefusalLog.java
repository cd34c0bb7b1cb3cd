package org.bellwire.ingress.access;

import java.net.InetAddress;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.bellwire.ingress.http.IngressFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the administrator who is answered 404 and why, since the answer tells nobody; once an hour for each address.
 */
final class RefusalLog {

    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
    static final int MAX_ADDRESSES = 1000;
    private static final long PAUSE = TimeUnit.HOURS.toNanos(1);

    private final LongSupplier nanoTime;
    /** When each address was spoken of. A full map is silent until the oldest entry is an hour old. */
    private final Map<InetAddress, Long> told = new LinkedHashMap<>();

    RefusalLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** The vendor, the token or the file is wrong. */
    void wrong(InetAddress peer) {
        if (isNews(peer)) {
            LOG.warn(
                    "{}: answered 404, vendor or token of its action URL is wrong, or it fetches a file that there is not: compare"
                            + " it with phone:urls",
                    peer.getHostAddress());
        }
    }

    /** The address is not allowed. */
    void foreign(InetAddress peer) {
        if (isNews(ForwardedAddress.UNKNOWN)) {
            LOG.warn(
                    "{}: answered 404 or not at all, its address is not in networks of {} (further ones are not reported for an hour)",
                    peer.getHostAddress(),
                    IngressFile.NAME);
        }
    }

    /** Nothing was told of this address for an hour; now it is. */
    synchronized boolean isNews(InetAddress address) {
        long now = nanoTime.getAsLong();
        Iterator<Long> times = told.values().iterator();
        while (times.hasNext() && now - times.next() > PAUSE) {
            times.remove();
        }
        return told.size() < MAX_ADDRESSES && told.putIfAbsent(address, now) == null;
    }
}
