package org.bellwire.broker;

import java.util.Optional;
import org.bellwire.api.runtime.LogText;
import org.bellwire.broker.MqttPacket.Wish;

/** Which subscriptions are granted: no shared one, none with too many levels, and of a client only so many. */
final class SubscriptionGrants {

    private final BrokerLimits.Subscriptions limits;
    private final ClientLog remarks;

    SubscriptionGrants(BrokerLimits.Subscriptions limits, ClientLog remarks) {
        this.limits = limits;
        this.remarks = remarks;
    }

    /** Takes the wish into the session, or logs why it is refused. */
    boolean take(ClientConnection client, MqttSession session, Wish wish) {
        String filter = wish.filter();
        Optional<String> excess = SubscriptionTree.excess(filter);
        if (filter.startsWith("$share/")) {
            refuse(ClientLog.Kind.NO_SHARED_SUBSCRIPTIONS, client, filter, "this broker has no shared subscriptions");
        } else if (excess.isPresent()) {
            refuse(ClientLog.Kind.TOO_LARGE, client, filter, "it has " + excess.get());
        } else if (!session.subscribe(filter, wish.qos(), limits)) {
            refuse(
                    ClientLog.Kind.SUBSCRIPTIONS,
                    client,
                    filter,
                    "it has " + session.filters().size() + " already, and " + session.bytes()
                            + " bytes of memory: subscribe to fewer topics, by wildcards");
        } else {
            return true;
        }
        return false;
    }

    private void refuse(ClientLog.Kind kind, ClientConnection client, String filter, String reason) {
        remarks.say(
                kind,
                () -> client + ": its subscription to " + LogText.clean(filter, BrokerLimits.SHOWN) + " is refused: "
                        + reason);
    }
}
