package org.bellwire.core.event;

import java.util.concurrent.TimeUnit;
import org.bellwire.api.port.Bus;
import org.bellwire.api.runtime.Timing;
import org.bellwire.core.common.Moment;
import org.bellwire.core.phone.Phone;
import org.bellwire.core.phone.PhoneSession;
import org.bellwire.core.publish.EventPublisher;
import org.bellwire.core.publish.RetainedPublisher;
import org.bellwire.core.registry.Ownership;
import org.bellwire.core.registry.PhoneRegistry;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends calls whose end nobody reports, and tells who the contacts say calls, if they say something else now: looks every {@value #PERIOD_S} s at the phones that have calls. An event costs nothing for
 * it, and a phone without calls one look.
 */
@Component(service = {})
public final class CallExpiry {

    private static final Logger LOG = LoggerFactory.getLogger(CallExpiry.class);
    private static final int PERIOD_S = 10;

    private final PhoneRegistry registry;
    private final EventPublisher publisher;
    private final Ownership ownership;
    private final Timing timing;

    @Activate
    public CallExpiry(
            @Reference PhoneRegistry registry,
            @Reference RetainedPublisher retained,
            @Reference Bus bus,
            @Reference Ownership ownership) {
        this(registry, retained, bus, ownership, Timing.real("bellwire-calls"));
    }

    public CallExpiry(PhoneRegistry registry, RetainedPublisher retained, Bus bus, Ownership ownership, Timing timing) {
        this.registry = registry;
        this.ownership = ownership;
        this.timing = timing;
        publisher = new EventPublisher(retained, bus::deliver);
    }

    @Activate
    public void open() {
        timing.timer().scheduleWithFixedDelay(this::sweep, PERIOD_S, PERIOD_S, TimeUnit.SECONDS);
    }

    @Deactivate
    public void stop() {
        timing.timer().shutdownNow();
    }

    private void sweep() {
        for (Phone phone : registry.index().all()) {
            if (phone.session().hasCalls() && ownership.owns(phone)) {
                try {
                    expire(phone);
                } catch (RuntimeException e) {
                    LOG.error("phone {}: looking for calls that are over failed and goes on", phone.id(), e);
                }
            }
        }
    }

    private void expire(Phone phone) {
        Moment now = Moment.of(timing);
        PhoneSession session = phone.session();
        session.inOrder(() -> {
            PhoneSession.Occurrence occurrence = session.expire(phone.binding().events(), now);
            occurrence.facts().forEach(fact -> session.dialedCalls().happened(fact.type(), fact.call()));
            if (!occurrence.facts().isEmpty()) {
                LOG.info("phone {}: a call is over, since its end was not reported in time", phone.id());
            }
            if (!occurrence.facts().isEmpty() || !occurrence.changes().isEmpty()) {
                publisher.publish(phone, occurrence, now.time()).exceptionally(failure -> {
                    LOG.warn("phone {}: the end of a call could not be published", phone.id());
                    return null;
                });
            }
        });
    }
}
