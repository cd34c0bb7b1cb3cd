package org.bellwire.core.command;

import java.util.concurrent.TimeUnit;
import org.bellwire.api.port.PhoneClient;
import org.bellwire.api.runtime.Timing;
import org.bellwire.core.phone.Phone;
import org.bellwire.core.publish.RetainedPublisher;
import org.bellwire.core.registry.Ownership;
import org.bellwire.core.registry.PhoneRegistry;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Probes whether phones answer: each once in its {@code probe.s}, spread over that time. */
@Component(service = {})
public final class AvailabilityProber {

    private static final Logger LOG = LoggerFactory.getLogger(AvailabilityProber.class);

    private static final int MAX_PER_SECOND = 250;

    private final PhoneRegistry registry;
    private final PhoneClient line;
    private final RetainedPublisher retained;
    private final Ownership ownership;
    private final Timing timing;

    @Activate
    public AvailabilityProber(
            @Reference PhoneRegistry registry,
            @Reference PhoneClient line,
            @Reference RetainedPublisher retained,
            @Reference Ownership ownership) {
        this(registry, line, retained, ownership, Timing.real("bellwire-prober"));
    }

    public AvailabilityProber(
            PhoneRegistry registry, PhoneClient line, RetainedPublisher retained, Ownership ownership, Timing timing) {
        this.registry = registry;
        this.line = line;
        this.retained = retained;
        this.ownership = ownership;
        this.timing = timing;
    }

    @Activate
    public void open() {
        timing.timer().scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    @Deactivate
    public void stop() {
        timing.timer().shutdownNow();
    }

    private void tick() {
        try {
            long now = timing.nanos().getAsLong();
            registry.index().all().stream()
                    .filter(phone -> phone.settings().probeSeconds() > 0)
                    .filter(ownership::owns)
                    .filter(phone ->
                            phone.session().probeDue(now, phone.settings().probeSeconds()))
                    .limit(MAX_PER_SECOND)
                    .forEach(this::probe);
        } catch (RuntimeException e) {
            LOG.error("probing failed and goes on", e);
        }
    }

    private void probe(Phone phone) {
        phone.address().ifPresent(address -> {
            int gap = address.access().requestGapMs();
            if (gap > 0) { // it is a connection, too
                phone.session().commandQueue().rest(timing.nanos().getAsLong() + TimeUnit.MILLISECONDS.toNanos(gap));
            }
            line.probe(address).thenAccept(there -> {
                if (there) {
                    retained.alive(phone);
                } else {
                    retained.silent(phone);
                }
            });
        });
    }
}
