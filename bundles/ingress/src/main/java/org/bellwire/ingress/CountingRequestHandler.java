package org.bellwire.ingress;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.Limit;
import org.bellwire.api.port.RefusalListener;
import org.bellwire.api.port.WireListener;
import org.bellwire.ingress.access.AccessControl;
import org.bellwire.ingress.admission.LimitAdvice;
import org.bellwire.ingress.http.HttpAnswer;
import org.bellwire.ingress.http.PeerKind;
import org.bellwire.ingress.http.RequestHandler;
import org.bellwire.ingress.http.RequestHead;

/**
 * Passes requests to the access control of the present configuration, and counts answers and limits.
 *
 * @param refusals who wants to know what is refused
 * @param watchers who wants to know what phones send as it came
 */
record CountingRequestHandler(
        Supplier<AccessControl> gate,
        Supplier<Counters> counters,
        LimitAdvice limits,
        RefusalListener refusals,
        Supplier<List<WireListener>> watchers)
        implements RequestHandler {

    /** Answers whose status is their reason; of the others that take nothing in the access control tells. */
    private static final Set<Integer> SAYS_ALL = Set.of(202, 400, 405, 414, 431, 503);

    @Override
    public CompletionStage<HttpAnswer> pass(RequestHead head, InetAddress from) {
        return gate.get().pass(head, from);
    }

    @Override
    public void answered(RequestHead head, InetAddress from, int status) {
        counters.get().answered(status);
        if (SAYS_ALL.contains(status)) {
            refusals.refused(gate.get().peer(head, from), status, Optional.empty(), head.target());
        }
    }

    @Override
    public PeerKind originOf(InetAddress from) {
        return gate.get().originOf(from);
    }

    @Override
    public void unheard(InetAddress from) {
        gate.get().unheard(from);
    }

    @Override
    public void reached(Limit limit, String who) {
        limits.reached(limit, who);
    }

    @Override
    public boolean isWatched() {
        return !watchers.get().isEmpty();
    }

    @Override
    public void watched(RequestHead head, byte[] raw, InetAddress from, int status) {
        gate.get()
                .sender(head, from)
                .ifPresent(phone -> watchers.get().forEach(each -> each.reported(phone, raw, status)));
    }
}
