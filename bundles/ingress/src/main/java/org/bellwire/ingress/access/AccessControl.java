package org.bellwire.ingress.access;

import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.bellwire.api.PhoneId;
import org.bellwire.api.SiteId;
import org.bellwire.api.port.ActionUrl;
import org.bellwire.api.port.ActionUrl.Newcomer;
import org.bellwire.api.port.ActionUrls;
import org.bellwire.api.port.ProvisioningTexts.Found;
import org.bellwire.api.port.Refusal;
import org.bellwire.api.port.Reply;
import org.bellwire.api.port.Site;
import org.bellwire.api.port.Sites;
import org.bellwire.ingress.http.HttpAnswer;
import org.bellwire.ingress.http.HttpAnswer.Document;
import org.bellwire.ingress.http.PeerKind;
import org.bellwire.ingress.http.RequestHandler;
import org.bellwire.ingress.http.RequestHead;
import org.bellwire.ingress.http.ResponseBytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides by one configuration who may report, and hands the rest to core. */
public final class AccessControl implements RequestHandler {

    private static final Logger LOG = LoggerFactory.getLogger(AccessControl.class);

    /** How many requests a wrong token counts as, so that guessing exhausts the address's rate first. */
    private static final int PRICE_OF_A_GUESS = 10;

    /** So that what all sites together are remembered by stays small. */
    private static final int ADDRESSES_OF_A_SITE = 1000;

    private final AccessSettings settings;
    private final SiteToken token;
    private final IngressPorts ports;
    private final AddressRates rates;
    private final Map<SiteId, AddressRates> ratesOfSites = new ConcurrentHashMap<>();
    private final RefusalLog refusals;

    public AccessControl(AccessSettings settings, SiteToken token, IngressPorts ports) {
        this.settings = settings;
        this.token = token;
        this.ports = ports;
        this.rates = new AddressRates(settings.addressRate(), System::nanoTime, AddressRates.MAX_ADDRESSES);
        this.refusals = new RefusalLog(System::nanoTime);
    }

    @Override
    public CompletionStage<HttpAnswer> pass(RequestHead head, InetAddress from) {
        InetAddress peer = peer(head, from);
        ActionTarget target = ActionTarget.parse(head.target());
        if (head.isPost() && target.kind() != ActionTarget.Kind.TRIGGER) {
            return answer(ResponseBytes.METHOD_NOT_ALLOWED);
        }
        // Compared before anything is decided: a refusal takes as long whether the token is right or wrong.
        Sender sender = sender(target, peer);
        if (!sender.allowed()) {
            refusals.foreign(peer);
            return answer(refused(peer, Refusal.NETWORK, ResponseBytes.NOT_FOUND, head.target()));
        }
        if (!ratesOf(sender).take(peer)) {
            return answer(refused(peer, Refusal.ADDRESS_RATE, ResponseBytes.TOO_MANY, head.target()));
        }
        if (target.kind() == ActionTarget.Kind.NOTHING) {
            return answer(wrong(peer, head.target()));
        }
        if (target.kind() == ActionTarget.Kind.PROVISION) {
            return CompletableFuture.completedFuture(provided(head, target, sender, peer));
        }
        return ports.actionUrls()
                .get()
                .map(urls -> handOver(urls, head, target, sender, peer))
                .orElseGet(() -> answer(ResponseBytes.UNAVAILABLE));
    }

    @Override
    public PeerKind originOf(InetAddress from) {
        if (settings.proxies().contains(from)) {
            return PeerKind.PROXY;
        }
        return settings.networks().contains(from) || ports.sites().get().allows(from)
                ? PeerKind.PHONE
                : PeerKind.STRANGER;
    }

    @Override
    public void unheard(InetAddress from) {
        refusals.foreign(from);
        refused(from, Refusal.NETWORK, ResponseBytes.NOT_FOUND, new byte[0]);
    }

    /** Who asks: the other end of the connection, or whom a trusted proxy names. */
    public InetAddress peer(RequestHead head, InetAddress from) {
        return settings.proxies().contains(from) ? forwarded(head.forwardedFor(), from) : from;
    }

    /** The phone that has sent this, as far as it is known and allowed to report. */
    public Optional<PhoneId> sender(RequestHead head, InetAddress from) {
        InetAddress peer = peer(head, from);
        ActionTarget target = head.isRefused() ? ActionTarget.NONE : ActionTarget.parse(head.target());
        Sender sender = sender(target, peer);
        if (target.kind() != ActionTarget.Kind.EVENT || !sender.allowed()) {
            return Optional.empty();
        }
        return ports.actionUrls().get().flatMap(urls -> urls.sender(actionUrl(target, sender, peer)));
    }

    /**
     * Who asks, by the token.
     *
     * @param site whose token it is; empty: none's, though maybe a phone's own
     * @param usual the address is in the networks of the ingress
     * @param allowed the address is one that may ask with this token
     */
    private record Sender(Optional<SiteId> site, boolean usual, boolean allowed) {}

    private Sender sender(ActionTarget target, InetAddress peer) {
        boolean own = token.matches(target.token());
        boolean usual = settings.networks().contains(peer);
        Sites sites = ports.sites().get();
        if (sites.isEmpty()) {
            return new Sender(own ? Optional.of(SiteId.OWN) : Optional.empty(), usual, usual);
        }
        Optional<Site> other = sites.ofToken(target.token());
        boolean somewhere = usual || sites.allows(peer);
        if (own) {
            return new Sender(Optional.of(SiteId.OWN), usual, usual);
        }
        return new Sender(
                other.map(Site::id),
                usual,
                other.map(site -> site.allows(peer, usual)).orElse(somewhere));
    }

    /** A flood with the token of one site, from an address that others share, costs no other site an answer. */
    private AddressRates ratesOf(Sender sender) {
        return sender.site()
                .filter(site -> !site.isOwn())
                .map(site -> ratesOfSites.computeIfAbsent(
                        site, id -> new AddressRates(settings.addressRate(), System::nanoTime, ADDRESSES_OF_A_SITE)))
                .orElse(rates);
    }

    private ActionUrl actionUrl(ActionTarget target, Sender sender, InetAddress peer) {
        SiteId site = sender.site().orElse(SiteId.OWN);
        return new ActionUrl(
                target.vendor(),
                target.token(),
                sender.site().isPresent(),
                target.path(),
                target.variables(),
                peer,
                settings.phoneRate(),
                new Newcomer(settings.proxies().contains(peer), settings.adopts() && site.isOwn()),
                site,
                sender.usual());
    }

    private CompletionStage<HttpAnswer> handOver(
            ActionUrls urls, RequestHead head, ActionTarget target, Sender sender, InetAddress peer) {
        try {
            return reply(urls, target, sender, peer)
                    .thenApply(reply -> HttpAnswer.of(status(reply, peer, head.target())))
                    .exceptionally(failure -> HttpAnswer.of(broken(peer, failure)));
        } catch (RuntimeException e) {
            return answer(broken(peer, e));
        }
    }

    private CompletionStage<Reply> reply(ActionUrls urls, ActionTarget target, Sender sender, InetAddress peer) {
        return switch (target.kind()) {
            case EVENT -> urls.receive(actionUrl(target, sender, peer));
            case TRIGGER -> {
                var asking = new TriggerTarget.Asking(
                        peer,
                        settings.phoneRate(),
                        token.secret().reveal(),
                        sender.site().orElse(SiteId.OWN));
                yield TriggerTarget.of(target)
                        .map(asked -> asked.ask(
                                urls, ports.triggers().get(), sender.site().isPresent(), asking))
                        .orElseGet(() -> CompletableFuture.completedFuture(Reply.NOT_FOUND));
            }
            case PROVISION, NOTHING -> CompletableFuture.completedFuture(Reply.NOT_FOUND);
        };
    }

    /** What a phone fetches; where there is nothing, the answer to a wrong token, after the same work. */
    private HttpAnswer provided(RequestHead head, ActionTarget target, Sender sender, InetAddress peer) {
        try {
            Found found = ports.texts()
                    .find(
                            target.vendor(),
                            target.token(),
                            sender.site().isPresent(),
                            target.path().get(0));
            return found.text()
                    .map(text -> HttpAnswer.of(new Document(text.xml() ? "text/xml" : "text/plain", text.content())))
                    .orElseGet(() -> HttpAnswer.of(status(found.reply(), peer, head.target())));
        } catch (RuntimeException e) {
            return HttpAnswer.of(broken(peer, e));
        }
    }

    private int status(Reply reply, InetAddress peer, byte[] target) {
        return switch (reply) {
            case NOT_FOUND -> wrong(peer, target);
            case TOO_MANY -> refused(peer, Refusal.PHONE_RATE, ResponseBytes.TOO_MANY, target);
            default -> reply.status();
        };
    }

    private int wrong(InetAddress peer, byte[] target) {
        rates.charge(peer, PRICE_OF_A_GUESS - 1);
        refusals.wrong(peer);
        return refused(peer, Refusal.TOKEN, ResponseBytes.NOT_FOUND, target);
    }

    private int refused(InetAddress peer, Refusal reason, int status, byte[] target) {
        ports.counters().get().refused(reason);
        ports.refusals().refused(peer, status, Optional.of(reason), target);
        return status;
    }

    private static int broken(InetAddress peer, Throwable failure) {
        LOG.error("{}: an action URL could not be handed over", peer.getHostAddress(), failure);
        return ResponseBytes.UNAVAILABLE;
    }

    /** The last address that no trusted proxy has; one that cannot be read belongs to no network. */
    private InetAddress forwarded(String forwardedFor, InetAddress from) {
        InetAddress peer = from;
        String[] hops = forwardedFor.isBlank() ? new String[0] : forwardedFor.split(",");
        for (int i = hops.length - 1; i >= 0 && settings.proxies().contains(peer); i--) {
            Optional<InetAddress> hop = ForwardedAddress.parseForwarded(hops[i]);
            if (hop.isEmpty()) {
                return ForwardedAddress.UNKNOWN;
            }
            peer = hop.get();
        }
        return peer;
    }

    private static CompletionStage<HttpAnswer> answer(int status) {
        return CompletableFuture.completedFuture(HttpAnswer.of(status));
    }
}
