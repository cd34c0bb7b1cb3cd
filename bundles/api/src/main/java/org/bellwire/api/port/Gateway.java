package org.bellwire.api.port;

import java.util.Optional;
import org.bellwire.api.config.Secret;
import org.osgi.annotation.versioning.ProviderType;

/** Where phones report to. Implemented by the ingress, used by shell and simulator. */
@ProviderType
public interface Gateway {

    /** The host that phones on the network reach this gateway at. */
    String host();

    /** The port that the ingress listens on. */
    int port();

    /** The site's token: shown only to the local administrator. */
    Secret token();

    /** Why no phone can report now, and what to change; empty: they can. */
    default Optional<String> fault() {
        return Optional.empty();
    }

    /** {@code http://host:port/action/<vendor>/<token>}. */
    default String actionUrl(String vendor) {
        return "http://" + host() + ":" + port() + "/action/" + vendor + "/" + token().reveal();
    }
}
