package org.bellwire.api.port;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.bellwire.api.SiteId;

/** Where there is no tenant but the gateway's own. */
final class NoSites implements Sites {

    @Override
    public boolean isEmpty() {
        return true;
    }

    @Override
    public Optional<Site> find(SiteId id) {
        return id.isOwn() ? Optional.of(Site.OWN) : Optional.empty();
    }

    @Override
    public Optional<Site> ofToken(String token) {
        return Optional.empty();
    }

    @Override
    public boolean allows(InetAddress peer) {
        return false;
    }

    @Override
    public boolean mayAsk(SiteId site) {
        return true;
    }

    @Override
    public List<Status> all() {
        return List.of();
    }
}
