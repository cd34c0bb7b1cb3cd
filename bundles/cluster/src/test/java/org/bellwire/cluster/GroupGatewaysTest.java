package org.bellwire.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupGatewaysTest {

    private List<String> members = List.of();
    private final AtomicBoolean ownsFirst = new AtomicBoolean();
    private final AtomicBoolean silent = new AtomicBoolean();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger told = new AtomicInteger();
    private final AtomicLong now = new AtomicLong();
    private final GroupGateways gateways = new GroupGateways("Gateway.1", this::names, ownsFirst::get, now::get);

    private List<String> names() throws TimeoutException {
        asked.incrementAndGet();
        if (silent.get()) {
            throw new TimeoutException("no answer");
        }
        return members;
    }

    @Test
    void all_members_are_named_once_and_this_one_among_them() throws InterruptedException {
        members = List.of("gateway-2", "Gateway.1", "gateway-0", "gateway-2");
        gateways.look();
        assertThat(gateways.own()).isEqualTo("gateway-1");
        assertThat(gateways.all()).containsExactly("gateway-0", "gateway-1", "gateway-2");
    }

    @Test
    void gateway_that_is_no_member_names_itself_all_the_same() throws InterruptedException {
        members = List.of("gateway-2");
        gateways.look();
        assertThat(gateways.all()).containsExactly("gateway-1", "gateway-2");
    }

    @Test
    void kafka_is_asked_only_after_a_change_of_members() throws InterruptedException {
        gateways.look();
        gateways.look();
        assertThat(asked).hasValue(1);
        gateways.membersChanged();
        gateways.look();
        assertThat(asked).hasValue(2);
    }

    @Test
    void kafka_that_does_not_answer_is_asked_again_after_a_while() throws InterruptedException {
        silent.set(true);
        gateways.look();
        silent.set(false);
        members = List.of("gateway-2");
        gateways.look();
        assertThat(gateways.all()).containsExactly("gateway-1");
        now.addAndGet(5_000_000_000L);
        gateways.look();
        assertThat(gateways.all()).containsExactly("gateway-1", "gateway-2");
    }

    @Test
    void change_is_told_and_nothing_else() throws InterruptedException {
        gateways.onChange(told::incrementAndGet);
        gateways.look();
        assertThat(told).as("what was before, at once").hasValue(1);
        members = List.of("gateway-2");
        gateways.membersChanged();
        gateways.look();
        assertThat(told).hasValue(2);
        ownsFirst.set(true);
        gateways.look();
        gateways.look();
        assertThat(told).hasValue(3);
        assertThat(gateways.tellsForAll()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"bellwire-gw1-root, bellwire-gw1-root", "A/+/#, a", "'---', gateway", "Ä, gateway"})
    void name_is_one_level_of_a_topic(String clientId, String level) {
        assertThat(GroupGateways.levelOf(clientId)).startsWith(level).matches("[a-z0-9][a-z0-9_-]{0,63}");
    }

    @Test
    void long_name_is_cut() {
        assertThat(GroupGateways.levelOf("g".repeat(100))).hasSize(64);
    }
}
