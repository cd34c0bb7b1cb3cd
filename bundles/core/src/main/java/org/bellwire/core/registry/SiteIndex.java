package org.bellwire.core.registry;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.bellwire.api.SiteId;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.Site;
import org.bellwire.api.runtime.TokenBucket;

/** The sites whose files are right; read by any thread without a lock, changed by one at a time. */
public final class SiteIndex {

    private final Map<SiteId, Known> byId = new ConcurrentHashMap<>();
    private final Map<TokenDigest, Site> byToken = new ConcurrentHashMap<>();

    private volatile Consumer<SiteId> tooOften = id -> {};
    private final List<Consumer<Optional<Site>>> watchers = new CopyOnWriteArrayList<>();

    private record Known(Site site, TokenBucket requests) {}

    public boolean isEmpty() {
        return byId.isEmpty();
    }

    /** That of a name; the gateway's own is always there. */
    public Optional<Site> find(SiteId id) {
        return id.isOwn()
                ? Optional.of(Site.OWN)
                : Optional.ofNullable(byId.get(id)).map(Known::site);
    }

    /** The root topic of a site by its name, as a topic has it; where there is none, the gateway's own. */
    public String root(String id) {
        return SiteId.parse(id).flatMap(this::find).map(Site::root).orElse("");
    }

    public Optional<Site> ofToken(String token) {
        return byToken.isEmpty() ? Optional.empty() : Optional.ofNullable(byToken.get(TokenDigest.of(token)));
    }

    /** The address is in the networks of a site that has some of its own. */
    public boolean allows(InetAddress peer) {
        for (Known known : byId.values()) {
            if (known.site().networks().isPresent() && known.site().allows(peer, false)) {
                return true;
            }
        }
        return false;
    }

    /** All but the gateway's own. */
    public List<Site> all() {
        return byId.values().stream().map(Known::site).toList();
    }

    /** All, the gateway's own with them. */
    public Set<SiteId> ids() {
        Set<SiteId> all = new HashSet<>(byId.keySet());
        all.add(SiteId.OWN);
        return all;
    }

    /** The root topics of all but the gateway's own. */
    public Set<String> roots() {
        return byId.values().stream().map(known -> known.site().root()).collect(Collectors.toUnmodifiableSet());
    }

    /** Tells, from now on until closed, that a site came, changed or went, and what was there before. Hands over and returns. */
    public Bus.Subscription watch(Consumer<Optional<Site>> watcher) {
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    /** Counts a request of a site; false if it is more than the site's rate. */
    public boolean mayAsk(SiteId id, long now) {
        if (id.isOwn()) {
            return true;
        }
        Known known = byId.get(id);
        boolean may = known == null
                || known.site()
                        .rate()
                        .map(rate -> known.requests().take(rate.perSecond(), rate.burst(), now))
                        .orElse(true);
        if (!may) {
            tooOften.accept(id);
        }
        return may;
    }

    /** Hears of a site that reports more often than it may. Does not block. */
    void onTooOften(Consumer<SiteId> listener) {
        tooOften = listener;
    }

    /** What another site has already; {@code ownRoot} is that of the gateway. */
    Optional<String> clash(Site site, String ownRoot) {
        if (overlap(site.root(), ownRoot)) {
            return Optional.of("topic: '" + site.root() + "' and topic of org.bellwire.mqtt.cfg, '" + ownRoot
                    + "', are the same, or one stands below the other: give the site another one");
        }
        for (Known other : byId.values()) {
            boolean self = other.site().id().equals(site.id());
            if (!self && overlap(site.root(), other.site().root())) {
                return Optional.of("topic: site '" + other.site().id()
                        + "' has the same, or one of them stands below the other: give this one another");
            }
            if (!self && site.token().equals(other.site().token())) {
                return Optional.of("token: site '" + other.site().id() + "' has the same");
            }
        }
        return Optional.empty();
    }

    private static boolean overlap(String one, String other) {
        return (one + "/").startsWith(other + "/") || (other + "/").startsWith(one + "/");
    }

    /** In the place of the one before of this name. */
    Optional<Site> put(Site site) {
        Optional<Known> before = Optional.ofNullable(byId.get(site.id()));
        TokenBucket requests = before.map(Known::requests).orElseGet(TokenBucket::new);
        byId.put(site.id(), new Known(site, requests));
        site.token().ifPresent(token -> byToken.put(TokenDigest.of(token.reveal()), site));
        Optional<Site> old = before.map(Known::site);
        old.ifPresent(one -> forgetToken(one, site));
        watchers.forEach(watcher -> watcher.accept(old));
        return old;
    }

    Optional<Site> remove(SiteId id) {
        Optional<Site> gone = Optional.ofNullable(byId.remove(id)).map(Known::site);
        gone.ifPresent(site -> forgetToken(site, Site.OWN));
        watchers.forEach(watcher -> watcher.accept(gone));
        return gone;
    }

    private void forgetToken(Site old, Site now) {
        if (!old.token().equals(now.token())) {
            old.token().ifPresent(token -> byToken.remove(TokenDigest.of(token.reveal()), old));
        }
    }
}
