package org.bellwire.cluster;

import java.util.concurrent.CompletableFuture;
import org.bellwire.api.port.Bus.Undelivered;

/** A report that is not in Kafka yet, as far as is known, and its promise. */
final class PendingReport extends CompletableFuture<Void> {

    /** What became of it in Kafka. */
    enum Fate {
        OPEN,
        APPENDED,
        FAILED
    }

    private final String phone;
    private final byte[] bytes;
    private final long since;
    private volatile Fate fate = Fate.OPEN;
    private long number;

    /** @param since nanoseconds, as of {@link System#nanoTime()} */
    PendingReport(String phone, byte[] bytes, long since) {
        this.phone = phone;
        this.bytes = bytes;
        this.since = since;
    }

    String phone() {
        return phone;
    }

    byte[] bytes() {
        return bytes;
    }

    long since() {
        return since;
    }

    Fate fate() {
        return fate;
    }

    /** On Kafka's thread. */
    void settled(boolean appended) {
        fate = appended ? Fate.APPENDED : Fate.FAILED;
        if (appended) {
            complete(null);
        }
    }

    /** Its place on disk; 0: none. */
    long number() {
        return number;
    }

    void number(long place) {
        number = place;
    }

    void refuse(String reason) {
        completeExceptionally(new Undelivered(reason));
    }
}
