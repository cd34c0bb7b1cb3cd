package org.bellwire.line;

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

/** The line: sends to all phones with a handful of threads. A change of its file takes effect with the next request. */
@Component(configurationPid = "org.bellwire.line")
public final class JettyLine implements PhoneLine {

    private static final Logger LOG = LoggerFactory.getLogger(JettyLine.class);

    private final PhoneClient client;
    private final Probes probes;
    private volatile LineSettings settings = LineSettings.DEFAULT;

    @Activate
    public JettyLine(Map<String, ?> properties) throws Exception {
        client = new PhoneClient();
        probes = new Probes(client.names(), client.timer());
        modified(properties);
        client.start();
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
        client.connectWithin(settings.connectMs());
    }

    @Deactivate
    void stop() throws Exception {
        probes.close();
        client.stop();
    }

    @Override
    public CompletionStage<Answer> send(Address to, PhoneRequest request) {
        return new Exchange(client, to, request, settings).answer();
    }

    @Override
    public CompletionStage<Boolean> probe(Address to) {
        return probes.probe(to.host(), to.port(), settings.connectMs());
    }

    /** How many phones are being talked to, or were a moment ago. */
    int destinations() {
        return client.getDestinations().size();
    }
}
