package org.bellwire.api.port;

import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.PhoneId;
import org.bellwire.api.SiteId;
import org.bellwire.api.config.Rate;

/**
 * Somebody with a right token asks by HTTP for a trigger.
 *
 * @param trigger the trigger's id, as sent
 * @param cancel it is to end what it started
 * @param query what the request said beside, such as {@code button=2}: bounded as all variables, without tokens and passwords
 * @param peer the address that the request came from
 * @param owner the phone whose own token it was; empty: the site's
 * @param rate how often one trigger may be asked for
 * @param site whose token it was
 */
public record TriggerRequest(
        String trigger,
        boolean cancel,
        Map<String, String> query,
        InetAddress peer,
        Optional<PhoneId> owner,
        Rate rate,
        SiteId site) {

    /** With a token of the gateway's own site. */
    public TriggerRequest(
            String trigger,
            boolean cancel,
            Map<String, String> query,
            InetAddress peer,
            Optional<PhoneId> owner,
            Rate rate) {
        this(trigger, cancel, query, peer, owner, rate, SiteId.OWN);
    }
}
