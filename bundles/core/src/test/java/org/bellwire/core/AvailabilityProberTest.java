package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AvailabilityProberTest {

    private static final Duration PERIOD = Duration.ofSeconds(60);

    private final House house = new House();

    @AfterEach
    void leave() {
        house.close();
    }

    @Test
    void a_phone_is_offline_until_its_first_probe_is_answered() {
        house.line.setReachable(false);
        house.file("lobby", "vendor", "acme", "host", "192.0.2.10").settle();
        assertThat(house.bus.retained("lobby/availability")).contains("offline");
        house.line.setReachable(true);
        house.time.pass(PERIOD);
        assertThat(house.bus.retained("lobby/availability")).contains("online");
    }

    @Test
    void three_unanswered_probes_in_a_row_make_a_phone_offline_and_warn_once() {
        house.file("lobby", "vendor", "acme", "host", "192.0.2.10").settle();
        house.time.pass(PERIOD);
        assertThat(house.bus.retained("lobby/availability")).contains("online");
        house.log.forget();
        house.line.setReachable(false);
        house.time.pass(PERIOD.multipliedBy(2));
        assertThat(house.bus.retained("lobby/availability")).contains("online");
        house.time.pass(PERIOD);
        assertThat(house.bus.retained("lobby/availability")).contains("offline");
        house.time.pass(PERIOD.multipliedBy(20));
        assertThat(house.log.warnings()).hasSize(1);
        assertThat(house.log.warnings().get(0)).contains("phone lobby");
    }

    @Test
    void an_event_between_unanswered_probes_counts_as_life() {
        house.file("lobby", "vendor", "acme", "host", "192.0.2.10").settle();
        house.time.pass(PERIOD);
        house.line.setReachable(false);
        house.time.pass(PERIOD.multipliedBy(2));
        house.get("acme", "/off-hook?phone=lobby");
        house.time.pass(PERIOD.multipliedBy(2));
        assertThat(house.bus.retained("lobby/availability")).contains("online");
        house.time.pass(PERIOD);
        assertThat(house.bus.retained("lobby/availability")).contains("offline");
        house.get("acme", "/off-hook?phone=lobby");
        assertThat(house.bus.retained("lobby/availability")).contains("online");
    }

    @Test
    void a_phone_is_probed_once_in_its_period() {
        house.file("often", "vendor", "acme", "host", "192.0.2.10", "probe.s", "10");
        house.file("never", "vendor", "acme", "host", "192.0.2.11", "probe.s", "0");
        house.file("hostless", "vendor", "acme");
        house.time.pass(Duration.ofSeconds(100));
        assertThat(house.line.probed()).containsOnly("often").hasSizeBetween(10, 12);
    }

    @Test
    void probes_are_spread_over_the_period() {
        int phones = 60;
        for (int i = 0; i < phones; i++) {
            house.file("phone-" + i, "vendor", "acme", "host", "192.0.2.10");
        }
        house.time.pass(Duration.ofSeconds(2));
        int first = house.line.probed().size();
        assertThat(first).as("the first probe of each comes at once").isGreaterThanOrEqualTo(phones);
        int most = 0;
        for (int second = 0; second < 60; second++) {
            int before = house.line.probed().size();
            house.time.pass(Duration.ofSeconds(1));
            most = Math.max(most, house.line.probed().size() - before);
        }
        assertThat(most).isLessThan(phones / 2);
    }

    @Test
    void a_phone_without_a_host_is_online_from_its_first_event_on() {
        house.file("lobby", "vendor", "acme").settle();
        assertThat(house.bus.retained("lobby/availability")).contains("offline");
        house.get("acme", "/off-hook?phone=lobby");
        house.time.pass(Duration.ofHours(2));
        assertThat(house.bus.retained("lobby/availability")).contains("online");
    }

    @Test
    void a_prober_that_was_stopped_probes_no_more() {
        house.file("lobby", "vendor", "acme", "host", "192.0.2.10").settle();
        house.prober.stop();
        int before = house.line.probed().size();
        house.time.pass(PERIOD.multipliedBy(3));
        assertThat(house.line.probed()).hasSize(before);
    }
}
