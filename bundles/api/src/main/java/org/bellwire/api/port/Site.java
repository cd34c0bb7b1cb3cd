package org.bellwire.api.port;

import java.net.InetAddress;
import java.util.Optional;
import org.bellwire.api.SiteId;
import org.bellwire.api.config.Networks;
import org.bellwire.api.config.Rate;
import org.bellwire.api.config.Secret;

/**
 * One tenant of a gateway: phones with a token, topics and limits of their own.
 *
 * @param root the topic that all of it stands below, as an {@link org.bellwire.api.Topic} has it
 * @param token of its action URLs; empty: that of the ingress
 * @param networks from where its phones may report; empty: from those of the ingress
 * @param rate how often all its phones together may report; empty: as often as the ingress lets them
 * @param maxPhones how many phones it may have
 */
public record Site(
        SiteId id,
        String root,
        Optional<Secret> token,
        Optional<Networks> networks,
        Optional<Rate> rate,
        int maxPhones) {

    /** The gateway's own, which has no file. */
    public static final Site OWN =
            new Site(SiteId.OWN, "", Optional.empty(), Optional.empty(), Optional.empty(), Integer.MAX_VALUE);

    /**
     * Its phones may report from there.
     *
     * @param usual the address is in the networks of the ingress
     */
    public boolean allows(InetAddress peer, boolean usual) {
        return networks.map(own -> own.contains(peer)).orElse(usual);
    }

    @Override
    public String toString() {
        return "Site[" + id + "]";
    }
}
