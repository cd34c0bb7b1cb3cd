package org.bellwire.console;

import java.util.Optional;
import java.util.function.Consumer;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.RemotePhones;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Hears what happens to the phones that other gateways of a cluster serve, while somebody looks at the page. */
@Component(
        service = {},
        immediate = true)
public final class RemoteNews implements Consumer<Boolean> {

    private final Console console;
    private final PageNews news;
    private Optional<RemotePhones> remote = Optional.empty();
    private Optional<Bus.Subscription> watching = Optional.empty();

    @Activate
    public RemoteNews(@Reference Console console, @Reference PageNews news) {
        this.console = console;
        this.news = news;
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    synchronized void setRemote(RemotePhones others) {
        accept(false);
        remote = Optional.of(others);
    }

    synchronized void unsetRemote(RemotePhones gone) {
        if (remote.equals(Optional.of(gone))) {
            accept(false);
            remote = Optional.empty();
        }
    }

    @Activate
    void open() {
        console.whileWatched(this);
    }

    @Deactivate
    void close() {
        console.forget(this);
        accept(false);
    }

    @Override
    public synchronized void accept(Boolean looking) {
        if (looking && watching.isEmpty()) {
            watching = remote.map(there -> there.watch(news));
            remote.ifPresent(there -> there.heard().thenRun(news::reload));
        } else if (!looking) {
            watching.ifPresent(Bus.Subscription::close);
            watching = Optional.empty();
        }
    }
}
