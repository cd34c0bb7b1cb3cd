package org.bellwire.ingress.access;

import java.util.Optional;
import java.util.function.Supplier;
import org.bellwire.api.port.ActionUrls;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.ProvisioningTexts.Found;
import org.bellwire.api.port.RefusalListener;
import org.bellwire.api.port.Reply;
import org.bellwire.api.port.Sites;
import org.bellwire.api.port.Triggers;

/**
 * The services that requests go to, each as it is there at the moment.
 *
 * @param refusals tells all who want to know
 */
public record IngressPorts(
        Supplier<Optional<ActionUrls>> actionUrls,
        Supplier<Optional<Triggers>> triggers,
        Supplier<Counters> counters,
        Texts texts,
        RefusalListener refusals,
        Supplier<Sites> sites) {

    /** Finds what a phone fetches to be configured. */
    public interface Texts {
        Found find(String vendor, String token, boolean siteToken, String file);
    }

    /** Where no tenant is but the gateway's own. */
    public IngressPorts(
            Supplier<Optional<ActionUrls>> actionUrls,
            Supplier<Optional<Triggers>> triggers,
            Supplier<Counters> counters,
            Texts texts,
            RefusalListener refusals) {
        this(actionUrls, triggers, counters, texts, refusals, () -> Sites.NONE);
    }

    /** Where no phone fetches anything. */
    public IngressPorts(
            Supplier<Optional<ActionUrls>> actionUrls,
            Supplier<Optional<Triggers>> triggers,
            Supplier<Counters> counters) {
        this(
                actionUrls,
                triggers,
                counters,
                (vendor, token, siteToken, file) -> Found.none(Reply.NOT_FOUND),
                (peer, status, reason, target) -> {
                    // Nobody wants to know.
                });
    }
}
