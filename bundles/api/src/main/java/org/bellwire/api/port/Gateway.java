package org.bellwire.api.port;

import org.bellwire.api.Secret;

/** Where phones report to. Implemented by the ingress, used by shell and simulator. */
public interface Gateway {

    /** The host that phones on the network reach this gateway at. */
    String host();

    /** The port that the ingress listens on. */
    int port();

    /** The site's token: shown only to the local administrator. */
    Secret token();

    /** {@code http://host:port/action/<vendor>/<token>}. */
    default String actionUrl(String vendor) {
        return "http://" + host() + ":" + port() + "/action/" + vendor + "/" + token().reveal();
    }
}
