package org.bellwire.api.port;

import java.net.InetAddress;
import java.util.List;
import org.bellwire.api.SiteId;
import org.bellwire.api.Variables;
import org.bellwire.api.config.Rate;

/**
 * One action URL as the ingress read it.
 *
 * @param token as sent; maybe wrong
 * @param siteToken the token is that of the site
 * @param path the decoded segments after the token
 * @param peer the address that the connection came from, or that a trusted proxy names
 * @param phoneRate how often one phone may report
 * @param newcomer what is known of the peer, should it be an unknown phone
 * @param site of whose token it is; {@link SiteId#OWN} also where it may be a phone's own
 * @param usual the peer is in the networks of the ingress, which hold for sites that have none of their own
 */
public record ActionUrl(
        String vendor,
        String token,
        boolean siteToken,
        List<String> path,
        Variables variables,
        InetAddress peer,
        Rate phoneRate,
        Newcomer newcomer,
        SiteId site,
        boolean usual) {

    /**
     * How an unknown phone is to be received.
     *
     * @param proxy the peer is a trusted proxy, which does not name the phone's address
     * @param welcome it is to be adopted by itself
     */
    public record Newcomer(boolean proxy, boolean welcome) {

        /** Into the inbox, and there it stays. */
        public static final Newcomer STRANGER = new Newcomer(false, false);
    }

    public ActionUrl {
        path = List.copyOf(path);
    }

    /** Of a phone which, if it is unknown, goes to the inbox. */
    public ActionUrl(
            String vendor,
            String token,
            boolean siteToken,
            List<String> path,
            Variables variables,
            InetAddress peer,
            Rate phoneRate) {
        this(vendor, token, siteToken, path, variables, peer, phoneRate, Newcomer.STRANGER, SiteId.OWN, true);
    }

    /** The same, which a site has sent. */
    public ActionUrl of(SiteId whose) {
        return new ActionUrl(vendor, token, true, path, variables, peer, phoneRate, newcomer, whose, usual);
    }

    @Override
    public String toString() {
        return "ActionUrl[" + vendor + " from " + peer.getHostAddress() + "]";
    }
}
