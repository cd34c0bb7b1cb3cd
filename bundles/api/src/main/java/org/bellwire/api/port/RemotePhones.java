package org.bellwire.api.port;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Property;
import org.bellwire.api.Result;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The phones that other gateways of a cluster serve, as this one sees them. Implemented by cluster; where there is no such service,
 * this gateway is alone. Nothing here blocks.
 */
@ProviderType
public interface RemotePhones {

    /**
     * What the phone's gateway has published of it.
     *
     * @param states those that are known
     */
    record State(boolean online, Map<Property, String> states) {

        public State {
            states = Map.copyOf(states);
        }
    }

    /**
     * Sends a command to the phone's gateway, which checks it and carries it out at most once. Completes with the first result that
     * it had there; exceptionally with {@link Bus.Undelivered} where it could not be sent, or its result did not come in 20 s.
     */
    CompletionStage<Result> send(CommandOrder order);

    /**
     * Listens to what the other gateways publish of their phones, until closed: it costs while somebody looks, and only then.
     *
     * @param listener hears of availability, states one by one, and events from now on; not of what the broker keeps
     */
    Bus.Subscription watch(PhoneListener listener);

    /**
     * The same for a few phones only, with much less to read.
     *
     * @param phones whoever serves them, now or by then
     */
    Bus.Subscription watch(Set<PhoneId> phones, PhoneListener listener);

    /** Completes when {@link #find} knows all phones that the broker keeps something of, or after 2 s. */
    CompletionStage<Void> heard();

    /** What is known of a phone; empty: nobody watches it, or its gateway has published nothing. */
    Optional<State> find(PhoneId phone);
}
