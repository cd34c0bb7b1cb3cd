package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bellwire.itests.ClusterSite.GATEWAYS;
import static org.bellwire.itests.ClusterSite.NOBODY;
import static org.bellwire.itests.ClusterSite.PER_SECOND;
import static org.bellwire.itests.ClusterSite.SETTLED;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Three gateways on one Kafka, under 100 events and 20 dials a second. A build has one node of Kafka and one of each fault; in full:
 * {@code -Dbellwire.rounds=5 -Dbellwire.kafka.nodes=3 -Dbellwire.seconds=600 -Dbellwire.gap.s=10 -Dbellwire.sleep.s=10}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("alone")
final class ClusterIT {

    private static final int ROUNDS = Integer.getInteger("bellwire.rounds", 1);
    /** Of gateways: each in each round, but one in a build. */
    private static final int KILLS = ROUNDS == 1 ? 1 : ROUNDS * GATEWAYS;

    /** In a partition of the first gateway, which is the first to be killed. */
    private static final String GROUP_FILE = "org.bellwire.group-everybody.cfg";

    private static final String GROUP = "bellwire/everybody/";

    private static final int NODES = Integer.getInteger("bellwire.kafka.nodes", 1);
    private static final int STORM = 3_000;
    private static final int SECONDS = Integer.getInteger("bellwire.seconds", 5);
    private static final Duration QUIET = Duration.ofSeconds(5);
    private static final Duration GAP = Duration.ofSeconds(Integer.getInteger("bellwire.gap.s", 40));

    private final ClusterSite site = ClusterSite.with(NODES);

    @AfterAll
    void ends() {
        site.close();
    }

    @Test
    @Order(0)
    void gateways_name_each_other_and_each_tells_its_health() {
        try (Listener listener = Listener.at(site.broker())) {
            String all = "\"gateways\":[\"gateway-0\",\"gateway-1\",\"gateway-2\"]";
            Waits.atMost(SETTLED, "the names of all gateways")
                    .until(() -> listener.newest("bellwire/bridge/info")
                            .filter(info -> info.contains(all))
                            .isPresent());
            Set<String> files = new HashSet<>();
            for (int i = 0; i < GATEWAYS; i++) {
                String health = "bellwire/bridge/gateway/gateway-" + i + "/health";
                Waits.atMost(SETTLED, health)
                        .until(() -> listener.newest(health).isPresent());
                files.add(listener.newest(health).orElseThrow().replaceFirst(".*\"files\":\"(\\w{16})\".*", "$1"));
            }
            assertThat(files).as("what their files say").hasSize(1);
        }
    }

    @Test
    @Order(0)
    void each_gateway_says_which_other_one_serves_a_phone() {
        Waits.atMost(SETTLED, "both others are named")
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(
                                site.gateway(0).bellwire("phone:list", "--json").output())
                        .contains("\"gateway\":\"gateway-1\"", "\"gateway\":\"gateway-2\"")
                        .doesNotContain("\"gateway\":\"gateway-0\"", "\"gateway\":\"none\""));
    }

    @Test
    @Order(1)
    void events_of_any_gateway_come_once_and_in_order() {
        try (Ledger ledger = Ledger.at(site.broker())) {
            Load load = site.load();
            try (load) {
                load.promises(PER_SECOND * SECONDS, SETTLED.plusSeconds(SECONDS));
            }
            Balance balance = ledger.settle(load, SETTLED).tell("cluster, quiet");
            tellAges(balance);
            balance.isKept();
            assertThat(balance.again()).as("came twice").isZero();
        }
    }

    /** The first gateway hears the topics and runs this trigger, the last one serves the phone, and others are asked. */
    @Test
    @Order(1)
    void trigger_runs_once_whichever_gateways_hear_of_it_and_serve_its_phone() {
        try (Listener listener = Listener.at(site.broker())) {
            trigger("door", "topic = house/door\ncancel.topic = house/end\ndial = 5550101, 5550102\ncooldown.s = 0");
            site.phone().forget();
            Waits.until("the topics of the trigger are listened to", () -> {
                listener.publish("house/end", "x");
                return listener.all("bellwire/bridge/trigger/door")
                        .anyMatch(result -> result.payload().contains("house/end"));
            });
            int mark = listener.mark();
            listener.publish("house/door", "ring");
            dials("5550101", 1);
            reports(1, "Outgoing%20Call", "5550101");
            reports(0, "Call%20Established", "5550101");
            ReceivedMessage answered = outcome(listener, mark);
            assertThat(answered.text("outcome")).as(answered.payload()).isEqualTo("answered");
            reports(2, "Call%20Terminated", "5550101");

            mark = listener.mark();
            assertThat(site.gateway(2).caller().reports("trigger", "/door")).isEqualTo(200);
            dials("5550101", 2);
            assertThat(site.gateway(1).caller().reports("trigger", "/door/cancel"))
                    .isEqualTo(200);
            ReceivedMessage cancelled = outcome(listener, mark);
            assertThat(cancelled.text("outcome")).as(cancelled.payload()).isEqualTo("cancelled");

            trigger("button", "command = volume\nvalue = UP");
            Program.Ended ended = site.gateway(1).bellwire("phone:trigger", "button");
            assertThat(ended.output()).contains("button: carried_out: 1 of 1 accepted");
            assertThat(ended.exit()).isZero();
            assertThat(site.phone().targets()).noneMatch(target -> target.contains("5550102"));
        }
    }

    private void trigger(String id, String lines) {
        site.write("org.bellwire.trigger-" + id + ".cfg", lines + "\nphones = " + ClusterSite.DIALLED + "\n");
        for (int i = 0; i < GATEWAYS; i++) {
            ActionUrlClient gateway = site.gateway(i).caller();
            Waits.until("trigger " + id, () -> gateway.reports("trigger", "/" + id + "/cancel") == 200);
        }
    }

    /** The next result that is no refusal to cancel nothing. */
    private static ReceivedMessage outcome(Listener listener, int mark) {
        return listener.after(mark)
                .first(
                        "bellwire/bridge/trigger/door",
                        result -> !result.payload().contains("nothing to cancel"));
    }

    private void dials(String number, int times) {
        Waits.until(
                number + " is dialled",
                () -> site.phone().targets().stream()
                                .filter(target -> target.contains(number))
                                .count()
                        == times);
    }

    private void reports(int gateway, String event, String number) {
        String rest = "/" + event + "?mac=" + ClusterSite.DIALLED_MAC + "&call_id=c1&remote=" + number;
        assertThat(site.gateway(gateway).caller().reports("htek", rest)).isEqualTo(200);
    }

    @Test
    @Order(2)
    void gateway_that_is_killed_is_replaced_without_a_lost_event_or_a_second_dial() {
        List<Long> gaps = new ArrayList<>();
        try (Ledger ledger = Ledger.at(site.broker());
                Listener group = groupOfAll();
                Dials dials = site.dials()) {
            Load load = site.load();
            try (load) {
                for (int round = 0; round < KILLS; round++) {
                    int victim = round % GATEWAYS;
                    Distribution other = site.gateway((victim + 1) % GATEWAYS);
                    load.promises(PER_SECOND, SETTLED);
                    other.caller().reports("htek", call("Incoming%20Call", 0));
                    group.hears(GROUP + "state/call", "ringing");
                    dials.awaitFresh();
                    Instant killed = Instant.now();
                    site.gateway(victim).kill();
                    dials.dialFor(Duration.ofSeconds(2));
                    gaps.add(site.awaitAll(ledger, load, killed, victim).toMillis());
                    other.caller().reports("htek", call("Terminated", 0));
                    group.hears(GROUP + "state/call", "idle");
                    dials.awaitFresh();
                    site.startAgain(victim);
                    load.promises(PER_SECOND, SETTLED);
                }
            }
            Balance balance = ledger.settle(load, SETTLED).tell("cluster, gateway killed %d times".formatted(KILLS));
            dials.tell(gaps, "a gateway was killed");
            balance.isKept();
            dials.isOnceAndInOrder();
            assertThat(gaps).allMatch(gap -> gap <= GAP.toMillis());
        } finally {
            site.delete(GROUP_FILE);
        }
    }

    /** It sleeps for longer than the others have patience, and wakes with what it had just read and heard. */
    @Test
    @Order(3)
    void gateway_that_slept_repeats_no_command_and_disturbs_no_order() {
        Duration sleep = Duration.ofSeconds(Integer.getInteger("bellwire.sleep.s", 7));
        List<Long> gaps = new ArrayList<>();
        try (Ledger ledger = Ledger.at(site.broker());
                Dials dials = site.dials()) {
            Load load = site.load();
            try (load) {
                for (int round = 0; round < ROUNDS; round++) {
                    int sleeper = round % GATEWAYS;
                    load.promises(PER_SECOND, SETTLED);
                    dials.awaitFresh();
                    site.signal(sleeper, "-STOP");
                    dials.dialFor(sleep);
                    site.signal(sleeper, "-CONT");
                    gaps.add(site.awaitAll(ledger, load, Instant.now(), NOBODY).toMillis());
                    dials.awaitFresh();
                }
            }
            Balance balance = ledger.settle(load, SETTLED)
                    .tell("cluster, gateway asleep %d times for %d s".formatted(ROUNDS, sleep.toSeconds()));
            dials.tell(gaps, "a gateway woke");
            balance.isKept();
            dials.isOnceAndInOrder();
        }
    }

    /** Each gateway hears that Home Assistant has started, and announces what it owns. */
    @Test
    @Order(1)
    void home_assistant_is_told_of_each_phone_once() {
        String bridge = "homeassistant/binary_sensor/bellwire_bridge_connected/config";
        List<String> calls = IntStream.range(0, ClusterSite.PHONES)
                .mapToObj(i -> "homeassistant/sensor/bellwire_load-%d_call/config".formatted(i))
                .toList();
        try (Listener listener = Listener.at(site.broker(), "homeassistant/#")) {
            Waits.atMost(SETTLED, "all that was there at the start is announced")
                    .untilAsserted(() -> assertThat(calls)
                            .allSatisfy(
                                    call -> assertThat(listener.newest(call)).isPresent()));
            Waits.atMost(SETTLED, "nothing more is announced").during(QUIET).until(isQuiet(listener));
            int before = listener.mark();
            listener.publish("homeassistant/status", "online");
            Waits.atMost(SETTLED, "all is announced again").untilAsserted(() -> {
                assertThat(listener.after(before).all(bridge)).hasSize(GATEWAYS);
                assertThat(calls)
                        .allSatisfy(call ->
                                assertThat(listener.after(before).all(call)).isNotEmpty());
            });
            assertThat(calls)
                    .allSatisfy(
                            call -> assertThat(listener.after(before).all(call)).hasSize(1));
        }
    }

    @Test
    @Order(1)
    void shell_of_each_gateway_knows_and_commands_the_phones_of_all() {
        int some = 12;
        for (int i = 0; i < some; i++) {
            assertThat(site.gateway(0).caller().reports("htek", "/Offhook?mac=001fc20000%02x".formatted(i)))
                    .isEqualTo(200);
        }
        try (Dials dials = site.dials()) {
            for (int i = 0; i < GATEWAYS; i++) {
                Distribution gateway = site.gateway(i);
                String number = "4711" + i;
                assertThat(gateway.bellwire("phone:dial", ClusterSite.DIALLED, number)
                                .output())
                        .as("of gateway " + i)
                        .contains("accepted");
                assertThat(dials.dialled()).as("by gateway " + i).containsOnlyOnce(number);
                Waits.atMost(SETTLED, "gateway " + i + " lists the states of " + some + " phones")
                        .pollInterval(Duration.ofSeconds(1))
                        .until(() -> gateway.bellwire("phone:list", "--json")
                                        .output()
                                        .split("\"off_hook\":\"ON\"", -1)
                                        .length
                                == some + 1);
            }
        }
    }

    /** Of three phones that three gateways serve: their partitions are 1, 12 and 23 of 24. */
    @Test
    @Order(1)
    void group_is_as_its_members_at_all_gateways_and_is_said_once() {
        List<String> calls = new ArrayList<>();
        try (Listener listener = groupOfAll()) {
            int before = listener.mark();
            for (int phone : List.of(0, 10, 12)) {
                calls.addAll(List.of("ringing", "idle"));
                site.gateway(phone % GATEWAYS).caller().reports("htek", call("Incoming%20Call", phone));
                listener.hears(GROUP + "state/call", "ringing");
                site.gateway(phone % GATEWAYS).caller().reports("htek", call("Terminated", phone));
                listener.hears(GROUP + "state/call", "idle");
            }
            List<String> told = listener.after(before).all(GROUP + "state/call").stream()
                    .map(ReceivedMessage::payload)
                    .toList();
            // All of it is said again after owners have changed: that begins with its info.
            int again = listener.after(before).all(GROUP + "info").size();
            assertThat(told).containsSubsequence(calls).hasSizeBetween(calls.size(), calls.size() + again);
            site.delete(GROUP_FILE);
            listener.hears(GROUP + "info", "", SETTLED);
            listener.hears(GROUP + "availability", "");
        }
    }

    /** The file of a group comes to all gateways. */
    private Listener groupOfAll() {
        Listener listener = Listener.at(site.broker(), GROUP + "#");
        site.write(GROUP_FILE, "phones = load-*\n");
        Waits.atMost(SETTLED, "all of the group is said")
                .until(() -> listener.newest(GROUP + "state/call").isPresent());
        return listener;
    }

    private static String call(String event, int phone) {
        return "/%s?mac=001fc2%06x&call_id=c%d&remote=42".formatted(event, phone, phone);
    }

    @Test
    @Order(4)
    void gateway_that_is_killed_after_a_storm_costs_no_event() {
        Storm.strike(site, STORM);
    }

    private static Callable<Boolean> isQuiet(Listener listener) {
        AtomicInteger before = new AtomicInteger();
        return () -> {
            int now = listener.mark();
            return before.getAndSet(now) == now;
        };
    }

    private static void tellAges(Balance balance) {
        List<Long> ages = balance.arrivals().stream()
                .map(arrival -> arrival.age().toMillis())
                .sorted()
                .toList();
        System.out.printf(
                "figure: cluster: from the report to its arrival p50 %d ms, p99 %d ms%n",
                ages.get(ages.size() / 2), ages.get(ages.size() * 99 / 100));
    }
}
