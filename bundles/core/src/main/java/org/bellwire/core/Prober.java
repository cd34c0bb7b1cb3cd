package org.bellwire.core;

import java.util.concurrent.TimeUnit;
import org.bellwire.api.port.PhoneLine;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks whether phones are there: each once in its {@code probe.s}, spread over that time. */
@Component(service = Prober.class, immediate = true)
public final class Prober {

    private static final Logger LOG = LoggerFactory.getLogger(Prober.class);

    private static final int MAX_PER_SECOND = 250;

    private final PhoneDirectory directory;
    private final PhoneLine line;
    private final Announcer announcer;
    private final Timing timing;

    @Activate
    public Prober(@Reference PhoneDirectory directory, @Reference PhoneLine line, @Reference Announcer announcer) {
        this(directory, line, announcer, Timing.real("bellwire-prober"));
    }

    Prober(PhoneDirectory directory, PhoneLine line, Announcer announcer, Timing timing) {
        this.directory = directory;
        this.line = line;
        this.announcer = announcer;
        this.timing = timing;
        timing.timer().scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    @Deactivate
    void stop() {
        timing.timer().shutdownNow();
    }

    private void tick() {
        try {
            long now = timing.nanos().getAsLong();
            directory.index().all().stream()
                    .filter(phone -> phone.settings().probeSeconds() > 0)
                    .filter(phone ->
                            phone.memory().probeDue(now, phone.settings().probeSeconds()))
                    .limit(MAX_PER_SECOND)
                    .forEach(this::probe);
        } catch (RuntimeException e) {
            LOG.error("probing failed and goes on", e);
        }
    }

    private void probe(Phone phone) {
        phone.address()
                .ifPresent(address -> line.probe(address).thenAccept(there -> {
                    if (there) {
                        announcer.alive(phone);
                    } else {
                        announcer.silent(phone);
                    }
                }));
    }
}
