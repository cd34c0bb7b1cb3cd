package org.bellwire.line;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.bellwire.api.config.LastGoodSettings;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.LimitLog;
import org.bellwire.api.port.PhoneClient;
import org.bellwire.api.port.WireListener;
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

    private static final int LARGE_PAGE = 1024 * 1024;
    private static final int MANY_EVENTS = 256 * 1024;

    private final RequestSender client;
    /** Who counts now, if somebody does. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Optional<Counters> counters;

    /** Who wants to know what goes over the wire: nobody, but for a while. */
    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<WireListener> watchers = List.of();

    private final LastGoodSettings<LineSettings> settings =
            new LastGoodSettings<>(LineSettings.DEFAULT, LineSettings::read, LOG::warn);

    @Activate
    public HttpPhoneClient(Map<String, ?> properties) throws IOException {
        this(properties, RequestSender.Bounds.DEFAULT, RequestSender.Surroundings.REAL, Optional.empty());
    }

    HttpPhoneClient(
            Map<String, ?> properties,
            RequestSender.Bounds bounds,
            RequestSender.Surroundings surroundings,
            Optional<Counters> counters)
            throws IOException {
        this.counters = counters;
        client = new RequestSender(
                bounds,
                surroundings,
                new LimitLog(LOG::warn, this::counters, 60, surroundings.nanoTime()),
                () -> watchers);
        modified(properties);
    }

    /** Starts the thread that sends. */
    @Activate
    void start() {
        client.start();
    }

    @Modified
    void modified(Map<String, ?> properties) {
        LineSettings before = settings.now();
        settings.read(
                properties,
                "staying with " + before.connectMs() + " ms to connect and " + before.wholeMs() + " ms in all");
    }

    @Deactivate
    void stop() throws IOException {
        client.close();
    }

    @Override
    public CompletionStage<Answer> send(Address to, PhoneRequest request) {
        return new RequestAttempt(client, to, request, settings.now(), ResponseBody.PAGE_BYTES).answer();
    }

    @Override
    public CompletionStage<Answer> fetch(Address to, PhoneRequest request) {
        return new RequestAttempt(client, to, request, settings.now(), LARGE_PAGE).answer();
    }

    @Override
    public CompletionStage<Answer> poll(Address to, PhoneRequest request, int waitS, CompletionStage<?> enough) {
        return new RequestAttempt(client, to, request, settings.now().longerBy(waitS), MANY_EVENTS)
                .until(enough)
                .answer();
    }

    @Override
    public CompletionStage<Boolean> probe(Address to) {
        return client.probe(to, settings.now().connectMs());
    }

    private Counters counters() {
        return counters.orElse(Counters.NONE);
    }

    /** Only for tests: as the service registry does. */
    void watch(List<WireListener> now) {
        watchers = now;
    }

    /** How many connections are open or on their way. */
    int connections() {
        return client.connections();
    }

    RequestSender client() {
        return client;
    }
}
