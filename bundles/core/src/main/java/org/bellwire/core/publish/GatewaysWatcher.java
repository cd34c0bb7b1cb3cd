package org.bellwire.core.publish;

import java.util.Optional;
import org.bellwire.api.port.Gateways;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Has {@code bridge/info} name the gateways of the building, whenever others come or go. */
@Component(service = {})
public final class GatewaysWatcher {

    private final RetainedPublisher publisher;

    @Activate
    public GatewaysWatcher(@Reference RetainedPublisher publisher) {
        this.publisher = publisher;
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    public void bindGateways(Gateways several) {
        publisher.gateways(Optional.of(several));
    }

    public void updatedGateways(Gateways several) {
        publisher.gateways(Optional.of(several));
    }

    public void unbindGateways(Gateways several) {
        publisher.gateways(Optional.empty());
    }
}
