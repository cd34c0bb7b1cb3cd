package org.bellwire.core.group;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.PhoneListener;
import org.bellwire.api.port.RemotePhones;
import org.bellwire.core.registry.Ownership;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens to what other gateways publish of their phones, while a group needs it: each gateway that listens costs the broker. */
final class RemoteMembers {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteMembers.class);

    private final Ownership ownership;
    private final PhoneListener news;
    private final Runnable lookAgain;

    @GuardedBy("this")
    private Optional<Watch> watch = Optional.empty();

    @GuardedBy("this")
    private boolean stopped;

    private final AtomicBoolean sitesChanged = new AtomicBoolean();
    private final AtomicBoolean reconnected = new AtomicBoolean();

    /**
     * What is listened to.
     *
     * @param heard is complete when all is known that the broker keeps
     * @param read that has been told
     */
    private record Watch(
            RemotePhones phones, Bus.Subscription subscription, CompletableFuture<Boolean> heard, boolean read) {

        Watch asRead() {
            return new Watch(phones, subscription, heard, true);
        }
    }

    /** @param lookAgain asks for {@link #follow}; does not wait for it */
    RemoteMembers(Ownership ownership, PhoneListener news, Runnable lookAgain) {
        this.ownership = ownership;
        this.news = news;
        this.lookAgain = lookAgain;
    }

    /** Listens or does not, as it is needed now. True, once, when all is known that the broker keeps. */
    synchronized boolean follow(boolean needed) {
        Optional<RemotePhones> wanted = ownership.remote().filter(there -> needed && !stopped);
        boolean others =
                sitesChanged.getAndSet(false) || !watch.map(Watch::phones).equals(wanted);
        boolean again = reconnected.getAndSet(false);
        if (watch.isEmpty()) {
            watch = wanted.map(phones -> listen(phones, phones.watch(news)));
        } else if (others) {
            close(); // who listens anew at once is not sent what the broker keeps
            lookAgain.run();
        } else if (again) {
            watch = watch.map(now -> listen(now.phones(), now.subscription()));
        }
        boolean fresh = watch.filter(now -> now.heard().isDone() && !now.read()).isPresent();
        if (fresh) {
            watch = watch.map(Watch::asRead);
        }
        return fresh;
    }

    private Watch listen(RemotePhones phones, Bus.Subscription subscription) {
        CompletableFuture<Boolean> heard = phones.heard()
                .handle((done, failure) -> {
                    if (failure != null) {
                        LOG.warn(
                                "what the broker keeps of other gateways' phones may be missing in groups: {}",
                                String.valueOf(failure.getMessage()));
                    }
                    return failure == null;
                })
                .toCompletableFuture();
        heard.thenRun(lookAgain);
        return new Watch(phones, subscription, heard, false);
    }

    /** All is known that the broker keeps, and has been told. */
    synchronized boolean isKnown() {
        return watch.filter(Watch::read).isPresent();
    }

    /** There are other sites, below whose root topics is to be listened. */
    void sitesChanged() {
        sitesChanged.set(true);
    }

    /** There is a connection again: what changed meanwhile is among what the broker keeps, and is no news. */
    void reconnected() {
        reconnected.set(true);
    }

    synchronized void stop() {
        stopped = true;
        close();
    }

    @GuardedBy("this")
    private void close() {
        watch.ifPresent(now -> now.subscription().close());
        watch = Optional.empty();
    }
}
