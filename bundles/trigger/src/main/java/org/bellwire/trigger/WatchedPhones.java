package org.bellwire.trigger;

import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.bellwire.api.PhoneId;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.PhoneListener;
import org.bellwire.api.port.RemotePhones;

/** The phones of which running triggers want to hear; of those that other gateways of a cluster serve, what these publish. */
final class WatchedPhones {

    private final Supplier<Optional<RemotePhones>> remote;
    private final PhoneListener listener;
    private volatile Set<PhoneId> phones = Set.of();

    // Guarded by this.
    private Bus.Subscription news = () -> {};
    private boolean closed;

    /** @param listener hears of phones of other gateways */
    WatchedPhones(Supplier<Optional<RemotePhones>> remote, PhoneListener listener) {
        this.remote = remote;
        this.listener = listener;
    }

    /** On any thread. */
    boolean contains(PhoneId phone) {
        return phones.contains(phone);
    }

    /** These and no others. */
    synchronized void are(Set<PhoneId> now) {
        if (!closed && !now.equals(phones)) {
            listen(now);
        }
    }

    /** None any more. */
    synchronized void close() {
        listen(Set.of());
        closed = true;
    }

    private void listen(Set<PhoneId> now) {
        phones = Set.copyOf(now);
        Bus.Subscription before = news;
        news = now.isEmpty()
                ? () -> {}
                : remote.get().map(there -> there.watch(now, listener)).orElse(() -> {});
        before.close();
    }
}
