package org.bellwire.mqtt.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.bellwire.api.port.BuildingTopics;
import org.bellwire.api.port.Bus.Subscription;
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

    /** Who comes right after the last one left wants what the broker keeps, which it sends to who asks only. */
    @Test
    void filter_that_nobody_wanted_for_a_moment_is_asked_for_again() {
        Subscriptions.Filter filter = new Subscriptions.Filter("", "house/#", false, 0);
        Subscription first = subscriptions.addAnywhere(new Reader("house/#", 0));
        subscriptions.answered(filter, true);
        first.close();
        subscriptions.addAnywhere(new Reader("house/#", 0));
        assertThat(subscriptions.missing()).containsExactly(filter);
        assertThat(subscriptions.surplus()).isEmpty();
        subscriptions.answered(filter, true);
        assertThat(subscriptions.missing()).isEmpty();
    }

    @Test
    void filter_that_another_one_wants_is_not_asked_for_again() {
        Subscriptions.Filter filter = new Subscriptions.Filter("", "house/#", false, 0);
        Subscription first = subscriptions.addAnywhere(new Reader("house/#", 0));
        subscriptions.answered(filter, true);
        subscriptions.addAnywhere(new Reader("house/#", 0));
        first.close();
        assertThat(subscriptions.missing()).isEmpty();
        assertThat(subscriptions.surplus()).isEmpty();
    }

    @Test
    void filter_that_nobody_wants_is_given_back() {
        Subscriptions.Filter filter = new Subscriptions.Filter("", "house/#", false, 0);
        Subscription only = subscriptions.addAnywhere(new Reader("house/#", 0));
        subscriptions.answered(filter, true);
        only.close();
        assertThat(subscriptions.missing()).isEmpty();
        assertThat(subscriptions.surplus()).containsExactly(filter);
        subscriptions.givenBack(filter);
        assertThat(subscriptions.hasChanged()).isFalse();
    }
}
