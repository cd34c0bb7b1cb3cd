package org.bellwire.core.publish;

import java.util.List;
import java.util.function.Consumer;
import org.bellwire.api.port.PhoneListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those outside core that want to know what happens to the phones. One that fails is logged and harms nobody. */
@Component(service = PhoneListeners.class)
public final class PhoneListeners {

    private static final Logger LOG = LoggerFactory.getLogger(PhoneListeners.class);

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<PhoneListener> listeners;

    @Activate
    public PhoneListeners() {
        this(List.of());
    }

    /** For tests: these and no others. */
    public static PhoneListeners of(PhoneListener... listeners) {
        return new PhoneListeners(List.of(listeners));
    }

    private PhoneListeners(List<PhoneListener> listeners) {
        this.listeners = listeners;
    }

    public void tell(Consumer<PhoneListener> news) {
        for (PhoneListener listener : listeners) {
            try {
                news.accept(listener);
            } catch (RuntimeException e) {
                LOG.error(
                        "{} failed: this is a bug of its bundle",
                        listener.getClass().getName(),
                        e);
            }
        }
    }
}
