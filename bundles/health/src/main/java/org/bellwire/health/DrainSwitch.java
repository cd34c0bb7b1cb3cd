package org.bellwire.health;

import java.util.concurrent.atomic.AtomicBoolean;
import org.bellwire.api.port.Draining;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a balancer is told to send no more phones here. Stands in no file, so that no restart leaves a gateway idle. */
@Component(service = Draining.class)
public final class DrainSwitch implements Draining {

    private static final Logger LOG = LoggerFactory.getLogger(DrainSwitch.class);

    private final AtomicBoolean on = new AtomicBoolean();

    @Override
    public boolean isOn() {
        return on.get();
    }

    @Override
    public boolean set(boolean next) {
        boolean changed = on.compareAndSet(!next, next);
        if (changed) {
            LOG.info(
                    "{}",
                    next
                            ? "/health answers 503 from now on, so that a balancer sends no more phones; those that come are answered"
                            : "/health answers for what is there again: a balancer sends phones");
        }
        return changed;
    }
}
