package org.bellwire.shell;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.PhoneListener;
import org.bellwire.api.port.RemotePhones;
import org.jspecify.annotations.Nullable;

/** What other gateways of a cluster publish of their phones is known to this one while it listens: whoever shows it, listens. */
final class RemoteView {

    private static final int PATIENCE_S = 3;

    private RemoteView() {}

    /** Begins to listen, until closed. */
    static Bus.Subscription watch(@Nullable RemotePhones remote, PhoneListener listener) {
        return remote == null ? () -> {} : remote.watch(listener);
    }

    /** The same, and waits until what there is has come. */
    static Bus.Subscription open(@Nullable RemotePhones remote) throws InterruptedException {
        Bus.Subscription watching = watch(remote, new PhoneListener() {});
        if (remote != null) {
            try {
                remote.heard().toCompletableFuture().get(PATIENCE_S, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                return watching; // what is known by now is shown
            }
        }
        return watching;
    }
}
