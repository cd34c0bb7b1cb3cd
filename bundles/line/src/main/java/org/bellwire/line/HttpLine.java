package org.bellwire.line;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.bellwire.api.CfgException;
import org.bellwire.api.port.PhoneLine;
import org.bellwire.api.spi.PhoneRequest;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The line: sends to all phones with one thread. A change of its file takes effect with the next request. */
@Component(configurationPid = "org.bellwire.line")
public final class HttpLine implements PhoneLine {

    private static final Logger LOG = LoggerFactory.getLogger(HttpLine.class);

    private final PhoneClient client;
    private volatile LineSettings settings = LineSettings.DEFAULT;

    @Activate
    public HttpLine(Map<String, ?> properties) throws IOException {
        client = new PhoneClient();
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

    @Override
    public CompletionStage<Answer> send(Address to, PhoneRequest request) {
        return new Exchange(client, to, request, settings).answer();
    }

    @Override
    public CompletionStage<Boolean> probe(Address to) {
        return client.probe(to, settings.connectMs());
    }

    /** How many connections are open or on their way. */
    int connections() {
        return client.connections();
    }
}
