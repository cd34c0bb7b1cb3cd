package org.bellwire.mqtt.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.bellwire.api.port.BuildingTopics;
import org.junit.jupiter.api.Test;

class SubscriptionsTest {

    private final Subscriptions subscriptions = new Subscriptions(() -> {});

    private record Reader(String filter, int qos) implements BuildingTopics.Listener {
        @Override
        public void arrived(BuildingTopics.Arrival arrival) {
            throw new AssertionError("nothing is sent here");
        }
    }

    @Test
    void a_listener_is_subscribed_with_the_quality_of_service_that_it_asks_for() {
        subscriptions.addAnywhere(new Reader("homeassistant/device/+/config", 0));
        subscriptions.addAnywhere(new Reader("homeassistant/status", 1));
        assertThat(subscriptions.missing())
                .containsExactly(
                        new Subscriptions.Filter("", "homeassistant/device/+/config", false, 0),
                        new Subscriptions.Filter("", "homeassistant/status", false, 1));
    }
}
