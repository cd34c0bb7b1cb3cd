package org.bellwire.ingress;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.port.ActionUrls;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.ProvisioningTexts;
import org.bellwire.api.port.ProvisioningTexts.Found;
import org.bellwire.api.port.Reply;
import org.bellwire.ingress.server.RawHttpClient;

/** An ingress on a free port of loopback, with a core that keeps what it gets. */
final class IngressFixture implements AutoCloseable {

    static final String TOKEN = "Zm9vYmFyYmF6cXV4MTIzNDU2";

    private final RecordedUrls urls = new RecordedUrls();
    private final RecordedTriggers triggers = new RecordedTriggers();
    private final StoredConfiguration stored = new StoredConfiguration();
    private final Ingress ingress;

    private IngressFixture(Map<String, String> config, boolean core, Counters counters) {
        Optional<ActionUrls> there = core ? Optional.of(urls) : Optional.empty();
        ingress = new Ingress(
                config,
                stored.admin(),
                there,
                Optional.of(triggers),
                Optional.of(IngressFixture::text),
                Optional.of(counters));
        ingress.open();
    }

    /** With the settings of the tests and these. */
    static IngressFixture with(String... keysAndValues) {
        return new IngressFixture(config(keysAndValues), true, Counters.NONE);
    }

    /** What a phone fetches that knows the token and asks for {@code cfg.xml}. */
    private static Found text(ProvisioningTexts.Request request) {
        String content = "<?xml?>\u00fc " + request.gateway() + " " + (request.port() > 0);
        boolean right = request.siteToken() && request.file().equals("cfg.xml");
        return right
                ? new Found(Reply.ACCEPTED, Optional.of(new ProvisioningTexts.Text(true, content)))
                : Found.none(request.file().equals("later") ? Reply.UNAVAILABLE : Reply.NOT_FOUND);
    }

    /** While core is away. */
    static IngressFixture withoutCore() {
        return new IngressFixture(config(), false, Counters.NONE);
    }

    /** While somebody counts. */
    static IngressFixture counted(Counters counters, String... keysAndValues) {
        return new IngressFixture(config(keysAndValues), true, counters);
    }

    static Map<String, String> config(String... keysAndValues) {
        Map<String, String> config = new HashMap<>(Map.of("host", "127.0.0.1", "port", "0", "token", TOKEN));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            config.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return config;
    }

    Ingress ingress() {
        return ingress;
    }

    RecordedUrls urls() {
        return urls;
    }

    RecordedTriggers triggers() {
        return triggers;
    }

    RawHttpClient line() throws IOException {
        return new RawHttpClient(ingress.port());
    }

    RawHttpClient lineFrom(String address) throws IOException {
        return new RawHttpClient(ingress.port(), address);
    }

    /** Asks on a connection of its own. */
    int status(String request) throws IOException {
        try (RawHttpClient line = line()) {
            return line.send(request).status();
        }
    }

    /** Gets a target on a connection of its own. */
    int get(String target) throws IOException {
        return status("GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    }

    @Override
    public void close() {
        ingress.close();
    }
}
