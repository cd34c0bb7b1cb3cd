package org.bellwire.core.command;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.bellwire.api.port.Bus;
import org.bellwire.core.registry.SiteIndex;

/** The same subscription below the gateway's own root and below that of each site, as they come and go. */
public final class SiteSubscriptions implements Bus.Subscription {

    private final Bus bus;
    private final SiteIndex sites;
    private final Function<String, Bus.Subscriber> subscriber;
    private final Map<String, Bus.Subscription> byRoot = new HashMap<>();
    private Bus.Subscription watching = () -> {};
    private boolean closed;

    private SiteSubscriptions(Bus bus, SiteIndex sites, Function<String, Bus.Subscriber> subscriber) {
        this.bus = bus;
        this.sites = sites;
        this.subscriber = subscriber;
    }

    /**
     * Subscribes from now on, until closed.
     *
     * @param subscriber that for a root, as a {@link org.bellwire.api.Topic} has it
     */
    public static Bus.Subscription open(Bus bus, SiteIndex sites, Function<String, Bus.Subscriber> subscriber) {
        SiteSubscriptions all = new SiteSubscriptions(bus, sites, subscriber);
        all.watching = sites.watch(before -> all.update()); // first: a site may come at this moment
        all.update();
        return all;
    }

    private synchronized void update() {
        Set<String> wanted = new HashSet<>(closed ? Set.of() : sites.roots());
        if (!closed) {
            wanted.add("");
        }
        byRoot.entrySet().removeIf(entry -> {
            boolean gone = !wanted.contains(entry.getKey());
            if (gone) {
                entry.getValue().close();
            }
            return gone;
        });
        wanted.forEach(root -> byRoot.computeIfAbsent(root, r -> bus.subscribe(subscriber.apply(r))));
    }

    @Override
    public void close() {
        watching.close();
        synchronized (this) {
            closed = true;
        }
        update();
    }
}
