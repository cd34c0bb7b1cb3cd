package org.bellwire.api.port;

import java.net.InetAddress;
import java.util.List;
import org.bellwire.api.Variables;
import org.bellwire.api.config.Rate;

/**
 * One action URL as the ingress read it.
 *
 * @param token as sent; maybe wrong
 * @param siteToken the token is the site's
 * @param path the decoded segments after the token
 * @param peer the address that the connection came from
 * @param phoneRate how often one phone may report
 */
public record ActionUrl(
        String vendor,
        String token,
        boolean siteToken,
        List<String> path,
        Variables variables,
        InetAddress peer,
        Rate phoneRate) {

    public ActionUrl {
        path = List.copyOf(path);
    }

    @Override
    public String toString() {
        return "ActionUrl[" + vendor + " from " + peer.getHostAddress() + "]";
    }
}
