package org.bellwire.ingress;

import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.Limit;
import org.bellwire.api.port.RefusalListener;
import org.bellwire.ingress.access.AccessControl;
import org.bellwire.ingress.admission.LimitAdvice;
import org.bellwire.ingress.http.HttpAnswer;
import org.bellwire.ingress.http.PeerKind;
import org.bellwire.ingress.http.RequestHandler;
import org.bellwire.ingress.http.RequestHead;

/** Passes requests to the access control of the present configuration, and counts answers and limits. */
record CountingRequestHandler(
        Supplier<AccessControl> gate, Supplier<Counters> counters, LimitAdvice limits, RefusalListener refusals)
        implements RequestHandler {

    /** Refusals whose status is their reason; of the others the access control tells. */
    private static final Set<Integer> SAYS_ALL = Set.of(400, 405, 414, 431, 503);

    @Override
    public CompletionStage<HttpAnswer> pass(RequestHead head, InetAddress from) {
        return gate.get().pass(head, from);
    }

    @Override
    public void answered(int status) {
        counters.get().answered(status);
        if (SAYS_ALL.contains(status)) {
            refusals.refused(Optional.empty(), status, Optional.empty());
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
}
