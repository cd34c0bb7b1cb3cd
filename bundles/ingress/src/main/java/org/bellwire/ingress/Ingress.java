package org.bellwire.ingress;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.SiteId;
import org.bellwire.api.config.Cfg;
import org.bellwire.api.config.CfgException;
import org.bellwire.api.config.Rate;
import org.bellwire.api.config.Secret;
import org.bellwire.api.port.ActionUrls;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.Gateway;
import org.bellwire.api.port.ProvisioningTexts;
import org.bellwire.api.port.ProvisioningTexts.Found;
import org.bellwire.api.port.Refusal;
import org.bellwire.api.port.RefusalListener;
import org.bellwire.api.port.Reply;
import org.bellwire.api.port.Site;
import org.bellwire.api.port.Sites;
import org.bellwire.api.port.Triggers;
import org.bellwire.api.port.WireListener;
import org.bellwire.ingress.access.AccessControl;
import org.bellwire.ingress.access.IngressPorts;
import org.bellwire.ingress.access.LocalHost;
import org.bellwire.ingress.access.SiteToken;
import org.bellwire.ingress.access.UrlHost;
import org.bellwire.ingress.admission.LimitAdvice;
import org.bellwire.ingress.http.IngressFile;
import org.bellwire.ingress.server.ServerLifecycle;
import org.bellwire.store.GeneratedToken;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The receiver of action URLs. */
@Component(service = Gateway.class, configurationPid = IngressFile.PID, immediate = true)
public final class Ingress implements Gateway {

    private static final Logger LOG = LoggerFactory.getLogger(Ingress.class);

    /** Core, while it is there. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Optional<ActionUrls> actionUrls;

    /** The triggers, while they are there. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Optional<Triggers> triggers;

    /** What phones fetch, while core is there. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Optional<ProvisioningTexts> texts;

    /** Who counts now, if somebody does. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Optional<Counters> counters;

    /** Who wants to know what is not taken in. */
    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<RefusalListener> refusalListeners = List.of();

    /** Who wants to know what phones send as it came: nobody, but for a while. */
    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<WireListener> watchers = List.of();

    /** The sites beside the gateway's own, while core is there. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Optional<Sites> sites = Optional.empty();

    private final GeneratedToken tokenFile;
    private final ServerLifecycle ports;
    private volatile IngressSettings settings;
    private volatile SiteToken token;
    private volatile AccessControl gate;

    /** Reads the configuration; nothing is open yet. */
    @Activate
    public Ingress(Map<String, ?> config, @Reference ConfigurationAdmin admin) {
        this(config, admin, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    Ingress(
            Map<String, ?> config,
            ConfigurationAdmin admin,
            Optional<ActionUrls> core,
            Optional<Triggers> triggers,
            Optional<ProvisioningTexts> texts,
            Optional<Counters> counters) {
        actionUrls = core;
        this.triggers = triggers;
        this.texts = texts;
        this.counters = counters;
        tokenFile = new GeneratedToken(admin, IngressFile.PID, "phones have to be set up again after the next start");
        Cfg cfg = Cfg.of(IngressFile.NAME, config);
        settings = IngressSettings.read(cfg);
        if (isWrong(cfg)) {
            LOG.warn("{}: going on with the defaults for what is wrong", IngressFile.NAME);
        }
        token = settings.token().map(SiteToken::new).orElseGet(SiteToken::random);
        gate = access(settings);
        ports = new ServerLifecycle(
                settings.server(),
                new CountingRequestHandler(
                        () -> gate,
                        this::counters,
                        new LimitAdvice(this::counters, System::nanoTime),
                        this::tellRefused,
                        () -> watchers));
    }

    /** Opens the ports. */
    @Activate
    public synchronized void open() {
        keepToken();
        ports.open();
    }

    /** Takes on another configuration; a wrong one changes nothing. */
    @Modified
    public synchronized void modified(Map<String, ?> config) {
        Cfg cfg = Cfg.of(IngressFile.NAME, config);
        IngressSettings next = IngressSettings.read(cfg);
        if (isWrong(cfg) || !ports.moveTo(next.server())) {
            return;
        }
        settings = next;
        token = next.token().map(SiteToken::new).orElse(token);
        gate = access(next);
        keepToken();
    }

    /** Lets the requests under way be answered, then closes the ports. */
    @Deactivate
    public synchronized void close() {
        ports.close();
    }

    /** Only for tests: as the service registry does. */
    void watch(List<WireListener> now) {
        watchers = now;
    }

    /** Only for tests: as the service registry does. */
    void serve(Sites now) {
        sites = Optional.of(now);
    }

    /** Only for tests: as the service registry does. */
    void tell(RefusalListener now) {
        refusalListeners = List.of(now);
    }

    @Override
    public String host() {
        return settings.urlHost().map(UrlHost::host).orElseGet(this::ownHost);
    }

    @Override
    public int port() {
        return settings.urlHost().flatMap(UrlHost::port).orElseGet(ports::port);
    }

    @Override
    public String ownHost() {
        return UrlHost.inUrl(LocalHost.reachableAs(settings.server().host()));
    }

    @Override
    public int ownPort() {
        return ports.port();
    }

    /** The port that is open for TLS. */
    Optional<Integer> tlsPort() {
        return ports.tlsPort();
    }

    @Override
    public Secret token() {
        return token.secret();
    }

    @Override
    public Optional<Secret> token(SiteId site) {
        return site.isOwn()
                ? Optional.of(token())
                : sites.flatMap(all -> all.find(site)).flatMap(Site::token);
    }

    @Override
    public Rate phoneRate() {
        return settings.access().phoneRate();
    }

    @Override
    public Optional<String> fault() {
        return ports.fault();
    }

    private AccessControl access(IngressSettings now) {
        return new AccessControl(
                now.access(),
                token,
                new IngressPorts(
                        () -> actionUrls,
                        () -> triggers,
                        this::counters,
                        this::text,
                        this::tellRefused,
                        () -> sites.orElse(Sites.NONE)));
    }

    private Found text(String vendor, String token, boolean siteToken, String file) {
        return texts.map(there ->
                        there.find(new ProvisioningTexts.Request(vendor, token, siteToken, file, host(), port())))
                .orElseGet(() -> Found.none(Reply.UNAVAILABLE));
    }

    private Counters counters() {
        return counters.orElse(Counters.NONE);
    }

    private void tellRefused(InetAddress peer, int status, Optional<Refusal> reason, byte[] target) {
        for (RefusalListener listener : refusalListeners) {
            try {
                listener.refused(peer, status, reason, target);
            } catch (RuntimeException e) {
                LOG.error("{} failed over a refused request: this is a bug", listener.getClass(), e);
            }
        }
    }

    private void keepToken() {
        if (settings.token().isEmpty()) {
            tokenFile.keep(token.secret());
        }
    }

    private static boolean isWrong(Cfg cfg) {
        try {
            cfg.check();
            return false;
        } catch (CfgException e) {
            LOG.warn("{}", e.getMessage());
            return true;
        }
    }
}
