package org.bellwire.api.port;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.bellwire.api.SiteId;
import org.osgi.annotation.versioning.ProviderType;

/** The sites beside the gateway's own. Implemented by core, used by the ingress, shell and console. Nothing here blocks. */
@ProviderType
public interface Sites {

    /** None. */
    Sites NONE = new Sites() {
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
    };

    /** There are none: all phones are the gateway's own. */
    boolean isEmpty();

    /** That of a name, if its file is right. */
    Optional<Site> find(SiteId id);

    /** The site whose token this is. Takes a time that tells nothing of the tokens. */
    Optional<Site> ofToken(String token);

    /** The address is in the networks of one of the sites that have some of their own. */
    boolean allows(InetAddress peer);

    /** Counts a request of a site; false if it is more than the site's rate. */
    boolean mayAsk(SiteId site);

    /** All sites that have a file, wrong ones included, by id. */
    List<Status> all();

    /**
     * One site.
     *
     * @param root empty where the file is wrong
     * @param phones how many work
     * @param fault what is wrong with its file; empty: nothing
     */
    record Status(String id, String root, int phones, Optional<String> fault) {}
}
