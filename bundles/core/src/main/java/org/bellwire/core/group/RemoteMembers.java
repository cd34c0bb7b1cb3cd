package org.bellwire.core.group;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Optional;
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

    private volatile boolean again;

    private static final class Watch {
        private final RemotePhones phones;
        private final Bus.Subscription subscription;
        private volatile boolean heard;
        private boolean told;

        Watch(RemotePhones phones, PhoneListener news) {
            this.phones = phones;
            subscription = phones.watch(news);
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
        boolean same = watch.map(now -> now.phones).equals(wanted);
        if (!same || again) {
            again = false;
            close();
            watch = wanted.map(this::listen);
        }
        Optional<Watch> news = watch.filter(now -> now.heard && !now.told);
        news.ifPresent(now -> now.told = true);
        return news.isPresent();
    }

    private Watch listen(RemotePhones phones) {
        Watch begun = new Watch(phones, news);
        phones.heard().whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.warn(
                        "what the broker keeps of other gateways' phones may be missing in groups: {}",
                        failure.getMessage());
            }
            begun.heard = true;
            lookAgain.run();
        });
        return begun;
    }

    /** All is known that the broker keeps, and has been told. */
    synchronized boolean isKnown() {
        return watch.filter(now -> now.told).isPresent();
    }

    /** What changes while there is no connection comes as what the broker keeps, and is no news. */
    void listenAgain() {
        again = true;
    }

    synchronized void stop() {
        stopped = true;
        close();
    }

    @GuardedBy("this")
    private void close() {
        watch.ifPresent(now -> now.subscription.close());
        watch = Optional.empty();
    }
}
