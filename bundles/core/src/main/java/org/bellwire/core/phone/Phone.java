package org.bellwire.core.phone;

import java.util.List;
import java.util.Optional;
import org.bellwire.api.CallState;
import org.bellwire.api.CommandName;
import org.bellwire.api.Property;
import org.bellwire.api.Scheme;
import org.bellwire.api.port.PhoneClient.Address;
import org.bellwire.api.port.Site;
import org.bellwire.api.spi.Access;
import org.bellwire.api.spi.Credential;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.api.spi.PhoneView;

/** One phone: what its file says, its vendor's tables and what is known of it. Replaced as a whole when the file changes. */
public final class Phone implements PhoneView {

    private final PhoneSettings settings;
    private final PhoneBinding binding;
    private final PhoneSession session;
    private final Site site;

    /** Of the gateway's own site. */
    public Phone(PhoneSettings settings, PhoneBinding binding, PhoneSession session) {
        this(settings, binding, session, Site.OWN);
    }

    public Phone(PhoneSettings settings, PhoneBinding binding, PhoneSession session, Site site) {
        this.settings = settings;
        this.binding = binding;
        this.session = session;
        this.site = site;
    }

    public PhoneSettings settings() {
        return settings;
    }

    public PhoneBinding binding() {
        return binding;
    }

    public PhoneSession session() {
        return session;
    }

    /** The tenant that it belongs to. */
    public Site site() {
        return site;
    }

    public String id() {
        return settings.id().value();
    }

    /** The MAC of the phone's file, else the one that it reports. */
    public Optional<String> mac() {
        return settings.mac().map(Object::toString).or(() -> session.device().mac());
    }

    @Override
    public Optional<String> account() {
        return settings.account();
    }

    @Override
    public Optional<String> outgoingUri() {
        return settings.outgoingUri();
    }

    @Override
    public Optional<CallState> callState() {
        return session.callState();
    }

    @Override
    public Optional<String> callId(List<CallState> states) {
        return session.callId(states);
    }

    @Override
    public boolean has(Credential credential) {
        return switch (credential) {
            case USER -> settings.user().isPresent();
            case PASSWORD -> settings.password().isPresent();
            case API_TOKEN -> settings.apiToken().isPresent();
        };
    }

    @Override
    public Optional<String> state(Property property) {
        return session.state(property);
    }

    @Override
    public boolean allows(CommandName command) {
        return settings.allow().contains(command);
    }

    /** Where its requests go: from its file only. Empty without a host. */
    public Optional<Address> address() {
        Access access = binding.commands().access();
        Scheme scheme = settings.scheme().orElse(access.scheme());
        int usual = scheme == access.scheme() ? access.port() : scheme.port();
        return settings.host()
                .map(host -> new Address(
                        id(),
                        scheme,
                        host,
                        settings.port().orElse(usual),
                        access,
                        settings.user(),
                        settings.password(),
                        settings.apiToken(),
                        settings.pin()));
    }
}
