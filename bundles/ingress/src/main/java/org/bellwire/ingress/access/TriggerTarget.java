package org.bellwire.ingress.access;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.bellwire.api.PhoneId;
import org.bellwire.api.SiteId;
import org.bellwire.api.Variables;
import org.bellwire.api.config.Rate;
import org.bellwire.api.config.SecretName;
import org.bellwire.api.port.ActionUrls;
import org.bellwire.api.port.Reply;
import org.bellwire.api.port.TriggerRequest;
import org.bellwire.api.port.Triggers;

/**
 * A target that fires or cancels a trigger: {@code /action/trigger/<token>/<id>[/cancel][?...]}. Door stations that write their
 * values into the path ({@code .../mac=...}) are understood, too.
 *
 * @param id as sent; empty: the target names none
 */
record TriggerTarget(String token, String id, boolean cancel, Variables said) {

    private static final String CANCEL = "cancel";

    /** Empty if the path says more than there can be. */
    static Optional<TriggerTarget> of(ActionTarget target) {
        List<String> path = target.path();
        String id = path.isEmpty() ? "" : path.get(0);
        boolean cancel = path.size() > 1 && path.get(1).equals(CANCEL);
        Variables.Builder said = new Variables.Builder();
        target.variables().asSent().forEach(said::add);
        for (String segment : path.subList(Math.min(path.size(), cancel ? 2 : 1), path.size())) {
            int equals = segment.indexOf('=');
            if (equals < 1) {
                return Optional.empty();
            }
            said.add(segment.substring(0, equals), segment.substring(equals + 1));
        }
        return Optional.of(new TriggerTarget(target.token(), id, cancel, said.build()));
    }

    /** Hands it over once the token is known to be right. A wrong token and an unknown id take the same way to one answer. */
    CompletionStage<Reply> ask(ActionUrls urls, Optional<Triggers> triggers, boolean siteToken, Asking asking) {
        if (siteToken) {
            return CompletableFuture.completedFuture(reply(triggers, Optional.empty(), asking));
        }
        return urls.owner(token)
                .handle((owner, late) -> Optional.ofNullable(owner)
                        .map(found -> found.isEmpty() ? Reply.NOT_FOUND : reply(triggers, found, asking))
                        .orElse(Reply.UNAVAILABLE));
    }

    private Reply reply(Optional<Triggers> triggers, Optional<PhoneId> owner, Asking asking) {
        if (id.isEmpty()) {
            return Reply.NO_EVENT;
        }
        return triggers.map(there -> there.knows(id) ? there.receive(request(owner, asking)) : Reply.NOT_FOUND)
                .orElse(Reply.UNAVAILABLE);
    }

    private TriggerRequest request(Optional<PhoneId> owner, Asking asking) {
        return new TriggerRequest(id, cancel, query(asking), asking.peer(), owner, asking.rate(), asking.site());
    }

    /** What may be shown to all who read the result. */
    private Map<String, String> query(Asking asking) {
        Map<String, String> open = new LinkedHashMap<>();
        said.asSent().forEach((name, value) -> {
            boolean secret = SecretName.isOne(name) || asking.isSecret(name) || asking.isSecret(value);
            if (!secret && !name.contains(token) && !value.contains(token)) {
                open.put(name, value);
            }
        });
        return open;
    }

    /**
     * Who asks, and by which rules.
     *
     * @param siteToken which no result may show
     * @param site whose token was sent
     */
    record Asking(InetAddress peer, Rate rate, String siteToken, SiteId site) {

        boolean isSecret(String text) {
            return text.contains(siteToken);
        }
    }
}
