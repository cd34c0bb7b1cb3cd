package org.bellwire.ingress.admission;

import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.Limit;
import org.bellwire.api.port.LimitLog;
import org.bellwire.ingress.http.IngressFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs that a limit was reached and what to do about it. */
public final class LimitAdvice {

    private static final int PAUSE_S = 600;

    private static final Logger LOG = LoggerFactory.getLogger(LimitAdvice.class);
    private static final Map<Limit, String> ADVICE = advice(ConnectionLimits.STANDARD);

    private final LimitLog limits;

    public LimitAdvice(Supplier<Counters> counters, LongSupplier nanoTime) {
        limits = new LimitLog(LOG::warn, counters, PAUSE_S, nanoTime);
    }

    /** By whom or why. */
    public void reached(Limit limit, String who) {
        Optional.ofNullable(ADVICE.get(limit))
                .ifPresentOrElse(advice -> limits.reached(limit, () -> who + ": " + advice), () -> limits.count(limit));
    }

    private static Map<Limit, String> advice(ConnectionLimits capacity) {
        return Map.of(
                Limit.INGRESS_CONNECTIONS,
                ("there are %d connections, so whoever has most of them loses the oldest for each new one: find out in"
                                + " bridge/health or by 'ss -tn' who opens so many and bar it by the firewall")
                        .formatted(capacity.connections()),
                Limit.INGRESS_CONNECTIONS_PER_ADDRESS,
                ("has as many connections as one address may have (%d, a trusted proxy %d), so it loses its oldest for each"
                                + " new one: if it is a proxy, name it in trusted.proxies of %s, else find out what it does")
                        .formatted(capacity.ofAddress(), capacity.ofProxy(), IngressFile.NAME),
                Limit.INGRESS_STRANGERS,
                ("is not in networks of %s, and neither are %d others that are connected, so it gets no answer: bar them"
                                + " by the firewall, or add the network if phones are in it")
                        .formatted(IngressFile.NAME, capacity.ofStrangers()),
                Limit.INGRESS_HANDSHAKES,
                ("begins more TLS handshakes than may be under way (%d of one address, %d in all), so the oldest ends for"
                                + " each new one: use a certificate with a P-256 key, which costs a tenth of an RSA key")
                        .formatted(capacity.handshakesOfAddress(), capacity.handshakes()),
                Limit.INGRESS_DESCRIPTORS,
                "trying again: let the process open more files (LimitNOFILE of the service, or ulimit -n)");
    }
}
