package org.bellwire.ingress;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.bellwire.api.Cfg;
import org.bellwire.api.CfgException;
import org.bellwire.api.Secret;
import org.bellwire.api.port.ActionUrls;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.Gateway;
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
@Component(service = Gateway.class, configurationPid = Ingress.PID, immediate = true)
public final class Ingress implements Gateway {

    static final String PID = "org.bellwire.ingress";

    private static final Logger LOG = LoggerFactory.getLogger(Ingress.class);

    private final TokenFile tokenFile;
    private final AtomicReference<Optional<ActionUrls>> actionUrls = new AtomicReference<>(Optional.empty());
    private volatile Counters counters = Counters.NONE;
    private final Retry retry = new Retry();
    private volatile Settings settings;
    private volatile SiteToken token;
    private volatile Gate gate;
    private volatile Optional<Listener> listener = Optional.empty();
    private boolean closed;

    /** Reads the configuration; nothing is open yet. */
    @Activate
    public Ingress(Map<String, ?> config, @Reference ConfigurationAdmin admin) {
        tokenFile = new TokenFile(admin);
        Cfg cfg = Cfg.of(Settings.FILE, config);
        settings = Settings.read(cfg);
        if (isWrong(cfg)) {
            LOG.warn("{}: going on with the defaults for what is wrong", Settings.FILE);
        }
        token = settings.token().map(SiteToken::new).orElseGet(SiteToken::random);
        gate = new Gate(settings, token, actionUrls::get);
    }

    /** Opens the port. */
    @Activate
    public synchronized void open() {
        keepToken();
        listen();
    }

    /** Takes on another configuration; a wrong one changes nothing. */
    @Modified
    public synchronized void modified(Map<String, ?> config) {
        Cfg cfg = Cfg.of(Settings.FILE, config);
        Settings next = Settings.read(cfg);
        if (isWrong(cfg) || !movesTo(next)) {
            return;
        }
        settings = next;
        token = next.token().map(SiteToken::new).orElse(token);
        gate = new Gate(next, token, actionUrls::get);
        keepToken();
        if (listener.isEmpty()) {
            listen();
        }
    }

    /** Lets the requests under way be answered, then closes the port. */
    @Deactivate
    public synchronized void close() {
        closed = true;
        retry.close();
        closePort();
    }

    /** Core has come. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void bindActionUrls(ActionUrls urls) {
        actionUrls.set(Optional.of(urls));
    }

    /** Core has gone, unless another one has come before. */
    public void unbindActionUrls(ActionUrls urls) {
        actionUrls.updateAndGet(now -> now.filter(other -> other != urls));
    }

    /** Somebody counts. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public synchronized void bindCounters(Counters who) {
        counters = who;
    }

    /** Nobody counts any more, unless another one has come before. */
    public synchronized void unbindCounters(Counters who) {
        counters = counters == who ? Counters.NONE : counters;
    }

    @Override
    public String host() {
        return LocalHost.reachableAs(settings.host());
    }

    @Override
    public int port() {
        return listener.map(Listener::port).orElse(settings.port());
    }

    @Override
    public Secret token() {
        return token.secret();
    }

    private void keepToken() {
        if (settings.token().isEmpty()) {
            tokenFile.keep(token.secret());
        }
    }

    private void listen() {
        try {
            listener = Optional.of(open(settings));
            retry.succeeded();
        } catch (IOException e) {
            if (retry.isNews()) {
                warn(settings, e, "trying again");
            }
            retry.later(this::listenAgain);
        }
    }

    /** Makes room for a listener as these settings want it, or opens it; false if everything has to stay as it was. */
    private boolean movesTo(Settings next) {
        if (listener.isEmpty() || next.listensAs(settings)) {
            return true;
        }
        if (next.port() == settings.port()) {
            closePort(); // another host on the same port: both cannot be open at once
            return true;
        }
        try {
            Listener opened = open(next);
            closePort();
            listener = Optional.of(opened);
            return true;
        } catch (IOException e) {
            warn(next, e, "staying on port " + port());
            return false;
        }
    }

    private Listener open(Settings wanted) throws IOException {
        Listener opened = Listener.open(wanted.host(), wanted.port(), new CountedDoor(() -> gate, () -> counters));
        LOG.info("listening for phones on {}:{}", wanted.host(), opened.port());
        return opened;
    }

    private static void warn(Settings wanted, IOException e, String meanwhile) {
        LOG.warn(
                "{}: port: cannot listen on {}:{} ({}), {}: end what uses it, or change host or port",
                Settings.FILE,
                wanted.host(),
                wanted.port(),
                e.getMessage(),
                meanwhile);
    }

    private synchronized void listenAgain() {
        if (!closed && listener.isEmpty()) {
            listen();
        }
    }

    private void closePort() {
        listener.ifPresent(Listener::close);
        listener = Optional.empty();
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
