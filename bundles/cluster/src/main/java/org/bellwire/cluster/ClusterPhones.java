package org.bellwire.cluster;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Result;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.CommandOrder;
import org.bellwire.api.port.PhoneListener;
import org.bellwire.api.port.RemotePhones;

/** The phones of the other gateways: commands reach them by the log, and what they publish is read from the MQTT broker. */
record ClusterPhones(CommandRelay relay, RemoteStates published) implements RemotePhones {

    @Override
    public CompletionStage<Result> send(CommandOrder order) {
        return relay.send(order);
    }

    @Override
    public Bus.Subscription watch(PhoneListener listener) {
        return published.watch(listener);
    }

    @Override
    public Bus.Subscription watch(Set<PhoneId> phones, PhoneListener listener) {
        return published.watch(phones, listener);
    }

    @Override
    public CompletionStage<Void> heard() {
        return published.heard();
    }

    @Override
    public Optional<State> find(PhoneId phone) {
        return published.find(phone);
    }
}
