package org.bellwire.core.phone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AvailabilityTest {

    private final Availability availability = new Availability();

    @Test
    void sign_of_life_makes_a_phone_online_once() {
        assertThat(availability.isOnline()).isFalse();
        assertThat(availability.alive()).isTrue();
        assertThat(availability.isOnline()).isTrue();
        assertThat(availability.alive()).isFalse();
    }

    @Test
    void third_silence_in_a_row_makes_it_offline_once() {
        availability.alive();
        assertThat(availability.silent()).isFalse();
        assertThat(availability.silent()).isFalse();
        assertThat(availability.isOnline()).isTrue();
        assertThat(availability.silent()).isTrue();
        assertThat(availability.isOnline()).isFalse();
        assertThat(availability.silent()).isFalse();
        assertThat(availability.alive()).isTrue();
    }

    @Test
    void sign_of_life_makes_up_for_silences() {
        availability.alive();
        availability.silent();
        availability.silent();
        availability.alive();
        availability.silent();
        availability.silent();
        assertThat(availability.isOnline()).isTrue();
    }

    @Test
    void phone_is_as_another_gateway_knew_it_and_has_all_its_patience() {
        availability.alive();
        availability.silent();
        availability.silent();
        availability.restore(true);
        assertThat(availability.silent()).isFalse();
        availability.restore(false);
        assertThat(availability.isOnline()).isFalse();
    }
}
