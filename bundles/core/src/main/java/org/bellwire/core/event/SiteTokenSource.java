package org.bellwire.core.event;

import java.util.Optional;
import org.bellwire.api.port.Gateway;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Lets {@link TokenFinder} ask the ingress for the site's token. Apart from it, since the ingress needs what needs those: a circle
 * that would not start.
 */
@Component(service = {})
public final class SiteTokenSource {

    private final Gateway gateway;
    private final TokenFinder tokens;

    @Activate
    public SiteTokenSource(@Reference Gateway gateway, @Reference TokenFinder tokens) {
        this.gateway = gateway;
        this.tokens = tokens;
    }

    @Activate
    void open() {
        tokens.site(() -> Optional.of(gateway.token()));
    }

    @Deactivate
    void stop() {
        tokens.site(Optional::empty);
    }
}
