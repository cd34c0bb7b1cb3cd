package org.bellwire.core.event;

import java.util.Optional;
import org.bellwire.api.port.Contacts;
import org.bellwire.core.phone.Phone;
import org.bellwire.core.registry.PhoneRegistry;
import org.bellwire.core.registry.PhoneWatcher;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Has the phones of the gateway's own site look up in the contacts who calls, where there are contacts; costs an event nothing
 * otherwise. The contacts are no tenant's.
 */
@Component(service = {})
public final class ContactLookup implements PhoneWatcher, Contacts {

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Optional<Contacts> contacts = Optional.empty();

    private final PhoneRegistry registry;

    @Activate
    public ContactLookup(@Reference PhoneRegistry registry) {
        this.registry = registry;
    }

    @Activate
    public void open() {
        registry.watch(this);
    }

    @Deactivate
    public void stop() {
        registry.unwatch(this);
    }

    /** For tests: these contacts, or others than before. */
    public void use(Contacts now) {
        contacts = Optional.of(now);
    }

    @Override
    public Optional<Contact> find(String number) {
        Optional<Contacts> now = contacts;
        return now.isEmpty() ? Optional.empty() : now.get().find(number);
    }

    @Override
    public void appears(Phone phone) {
        if (phone.site().id().isOwn()) {
            phone.session().lookUpIn(this);
        }
    }

    @Override
    public void appeared(Phone phone) {
        // It looks up already since before it could be found.
    }

    @Override
    public void vanished(Phone phone) {
        // Nothing is kept of it.
    }
}
