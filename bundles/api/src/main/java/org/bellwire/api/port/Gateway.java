package org.bellwire.api.port;

import java.util.Optional;
import org.bellwire.api.SiteId;
import org.bellwire.api.config.Rate;
import org.bellwire.api.config.Secret;
import org.osgi.annotation.versioning.ProviderType;

/** Where phones report to. Implemented by the ingress, used by core, shell and simulator. */
@ProviderType
public interface Gateway {

    /** The host that phones are told to report to, as it stands in a URL: this machine, or what stands before it. */
    String host();

    /** The port that phones are told to report to. */
    int port();

    /** The host of this machine, as it stands in a URL, whatever phones are told. */
    default String ownHost() {
        return host();
    }

    /** The port that the ingress listens on. */
    default int ownPort() {
        return port();
    }

    /** The site's token: shown only to the local administrator. */
    Secret token();

    /** The token of a site, for the same; empty: there is no such site. */
    default Optional<Secret> token(SiteId site) {
        return site.isOwn() ? Optional.of(token()) : Optional.empty();
    }

    /** How often one phone may report, by whatever way. */
    default Rate phoneRate() {
        return Rate.OF_A_PHONE;
    }

    /** Why no phone can report now, and what to change; empty: they can. */
    default Optional<String> fault() {
        return Optional.empty();
    }

    /** {@code http://host:port/action/<vendor>/<token>}. */
    default String actionUrl(String vendor) {
        return actionUrl(vendor, token().reveal());
    }

    /** The same with another token, or with what stands for it. */
    default String actionUrl(String vendor, String token) {
        return actionUrl(host(), port(), vendor, token);
    }

    /** The same for what reports from this machine itself. */
    default String ownActionUrl(String vendor) {
        return actionUrl(ownHost(), ownPort(), vendor, token().reveal());
    }

    private static String actionUrl(String host, int port, String vendor, String token) {
        return "http://" + host + ":" + port + "/action/" + vendor + "/" + token;
    }
}
