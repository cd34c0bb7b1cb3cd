package org.bellwire.broker;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** How long one client may take: to log in, to send anything, to finish what it began, to read what is for it. */
final class ClientDeadlines {

    private final BrokerLimits.Patience patience;
    private final LongSupplier nanoTime;
    private final long born;
    private long heard;
    private long began;
    private long taken;
    private long silenceNanos = Long.MAX_VALUE;
    private boolean stranger = true;
    private boolean unfinished;
    private boolean unread;

    /** What a client did not do in time. */
    record Missed(ClientLog.Kind kind, String what) {}

    ClientDeadlines(BrokerLimits.Patience patience, LongSupplier nanoTime) {
        this.patience = patience;
        this.nanoTime = nanoTime;
        born = nanoTime.getAsLong();
        heard = born;
        began = born;
        taken = born;
    }

    void loggedIn(int keepAliveS) {
        stranger = false;
        silenceNanos = keepAliveS == 0
                ? Long.MAX_VALUE
                : Duration.ofSeconds(keepAliveS).toNanos() * 3 / 2;
    }

    void heard() {
        heard = nanoTime.getAsLong();
    }

    /** A packet is whole: what comes next is another. */
    void packet() {
        unfinished = false;
    }

    /** The turn is over: whether a packet has begun that is not whole yet. */
    void waiting(boolean begun) {
        if (begun && !unfinished) {
            began = nanoTime.getAsLong();
        }
        unfinished = begun;
    }

    /** Something was written, or there was nothing to write. */
    void written(boolean progress, boolean more) {
        if (progress) {
            taken = nanoTime.getAsLong();
        }
        unread = more;
    }

    Optional<Missed> missed(long now) {
        if (stranger && now - born > patience.login().toNanos()) {
            return missed(ClientLog.Kind.NO_LOGIN, "it has not logged in within ", patience.login());
        }
        if (now - heard > silenceNanos) {
            return missed(ClientLog.Kind.SILENT, "nothing was heard of it for ", Duration.ofNanos(silenceNanos));
        }
        if (unfinished && now - began > patience.packet().toNanos()) {
            return missed(ClientLog.Kind.SILENT, "it has not ended a packet within ", patience.packet());
        }
        if (unread && now - taken > patience.reading().toNanos()) {
            return missed(ClientLog.Kind.SILENT, "it has read nothing for ", patience.reading());
        }
        return Optional.empty();
    }

    private static Optional<Missed> missed(ClientLog.Kind kind, String what, Duration time) {
        return Optional.of(new Missed(kind, what + time.toSeconds() + " s"));
    }
}
