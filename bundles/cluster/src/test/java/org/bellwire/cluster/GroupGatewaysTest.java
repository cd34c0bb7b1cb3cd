package org.bellwire.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bellwire.api.PhoneId;
import org.bellwire.cluster.GroupGateways.Member;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupGatewaysTest {

    private static final PhoneId PHONE = new PhoneId("lobby");
    private static final int COUNT = 24;

    private List<Member> members = List.of();
    private final OwnedPartitions partitions = new OwnedPartitions(() -> 0);
    private final AtomicBoolean silent = new AtomicBoolean();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger told = new AtomicInteger();
    private final AtomicLong now = new AtomicLong();
    private final GroupGateways gateways = new GroupGateways("Gateway.1", this::ask, partitions, now::get);

    private List<Member> ask() throws TimeoutException {
        asked.incrementAndGet();
        if (silent.get()) {
            throw new TimeoutException("no answer");
        }
        return members;
    }

    private static List<Member> named(String... names) {
        return Stream.of(names).map(name -> new Member(name, Set.of())).toList();
    }

    private void own(int partition) {
        PartitionProgress progress = new PartitionProgress(partition);
        progress.becomesReady();
        partitions.add(progress);
    }

    @Test
    void all_members_are_named_once_and_this_one_among_them() throws InterruptedException {
        members = named("gateway-2", "Gateway.1", "gateway-0", "gateway-2");
        gateways.look();
        assertThat(gateways.own()).isEqualTo("gateway-1");
        assertThat(gateways.all()).containsExactly("gateway-0", "gateway-1", "gateway-2");
    }

    @Test
    void gateway_that_is_no_member_names_itself_all_the_same() throws InterruptedException {
        members = named("gateway-2");
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
        members = named("gateway-2");
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
        members = named("gateway-2");
        gateways.membersChanged();
        gateways.look();
        assertThat(told).hasValue(2);
        members = List.of(new Member("gateway-2", Set.of(3)));
        gateways.membersChanged();
        gateways.look();
        assertThat(told).as("a partition was assigned").hasValue(3);
        own(0);
        gateways.look();
        gateways.look();
        assertThat(told).hasValue(4);
        assertThat(gateways.tellsForAll()).isTrue();
        own(7);
        gateways.look();
        assertThat(told).as("phones of a partition are served now").hasValue(5);
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

    @Test
    void phone_is_served_by_the_member_that_its_partition_is_assigned_to() throws InterruptedException {
        members = List.of(
                new Member("gateway-2", Set.of(Partitions.of(PHONE.value(), COUNT))),
                new Member("gateway-3", Set.of(Partitions.of(PHONE.value(), COUNT) + 1)));
        gateways.look();
        assertThat(gateways.ownerOf(PHONE))
                .as("how many partitions there are is not known")
                .isEmpty();
        partitions.count(COUNT);
        assertThat(gateways.ownerOf(PHONE)).contains("gateway-2");
    }

    @Test
    void phone_that_is_owned_here_is_served_here_whatever_kafka_said() throws InterruptedException {
        members = List.of(new Member("gateway-2", Set.of(Partitions.of(PHONE.value(), COUNT))));
        partitions.count(COUNT);
        gateways.look();
        own(Partitions.of(PHONE.value(), COUNT));
        assertThat(gateways.ownerOf(PHONE)).contains("gateway-1");
    }

    @Test
    void kafka_is_asked_again_while_partitions_are_given_out() throws InterruptedException {
        partitions.count(COUNT);
        gateways.look();
        members = List.of(
                new Member("gateway-2", IntStream.range(0, COUNT).boxed().collect(Collectors.toSet())));
        gateways.look();
        assertThat(asked).as("not at once").hasValue(1);
        now.addAndGet(5_000_000_000L);
        gateways.look();
        assertThat(gateways.ownerOf(PHONE)).contains("gateway-2");
        now.addAndGet(5_000_000_000L);
        gateways.look();
        assertThat(asked).as("all are given out").hasValue(2);
    }

    @Test
    void phone_whose_partition_is_assigned_to_nobody_is_served_by_nobody() throws InterruptedException {
        partitions.count(COUNT);
        gateways.look();
        assertThat(gateways.ownerOf(PHONE)).isEmpty();
    }
}
