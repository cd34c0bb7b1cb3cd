package org.bellwire.line;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.bellwire.api.config.CfgException;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.LimitLog;
import org.bellwire.api.port.PhoneClient;
import org.bellwire.api.spi.PhoneRequest;
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

/** Sends to all phones with one thread. A change of its file takes effect with the next request. */
@Component(configurationPid = "org.bellwire.line")
public final class HttpPhoneClient implements PhoneClient {

    private static final Logger LOG = LoggerFactory.getLogger(HttpPhoneClient.class);

    private final RequestSender client;
    private volatile Counters counters = Counters.NONE;
    private volatile LineSettings settings = LineSettings.DEFAULT;

    @Activate
    public HttpPhoneClient(Map<String, ?> properties) throws IOException {
        this(properties, RequestSender.Bounds.DEFAULT, RequestSender.Surroundings.REAL);
    }

    HttpPhoneClient(Map<String, ?> properties, RequestSender.Bounds bounds, RequestSender.Surroundings surroundings)
            throws IOException {
        client = new RequestSender(
                bounds, surroundings, new LimitLog(LOG::warn, () -> counters, 60, surroundings.nanoTime()));
        modified(properties);
    }

    @Modified
    void modified(Map<String, ?> properties) {
        try {
            settings = LineSettings.read(properties);
        } catch (CfgException e) {
            LOG.warn(
                    "{}; staying with {} ms to connect and {} ms in all",
                    e.getMessage(),
                    settings.connectMs(),
                    settings.wholeMs());
        }
    }

    @Deactivate
    void stop() throws IOException {
        client.close();
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
    public CompletionStage<Answer> send(Address to, PhoneRequest request) {
        return new RequestAttempt(client, to, request, settings).answer();
    }

    @Override
    public CompletionStage<Boolean> probe(Address to) {
        return client.probe(to, settings.connectMs());
    }

    /** How many connections are open or on their way. */
    int connections() {
        return client.connections();
    }

    RequestSender client() {
        return client;
    }
}
