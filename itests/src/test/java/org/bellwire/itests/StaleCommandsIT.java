package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * No phone dials what was asked for at another time. How often and how long Bellwire is away: {@code -Dbellwire.rounds=20
 * -Dbellwire.away=60}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("alone")
final class StaleCommandsIT {

    private static final int ROUNDS = Integer.getInteger("bellwire.rounds", 1);
    private static final Duration AWAY = Duration.ofSeconds(Integer.getInteger("bellwire.away", 1));
    private static final Duration TOO_OLD = Duration.ofSeconds(10);

    private final Site site = Site.prepared("stale");
    private final Cable cable = Cable.to(site.broker());
    private final RecordingPhone phone = RecordingPhone.http();
    private final RecordingPhone dead = RecordingPhone.http().silent();

    @BeforeAll
    void starts() {
        site.bellwire().write(PhoneFile.of("s-phone", "htek").at(phone));
        site.bellwire().write(PhoneFile.of("s-dead", "htek").at(dead));
        site.bellwire().set("org.bellwire.line", "rate.dial", "6000/min");
        site.bellwire().set("org.bellwire.mqtt", "url", cable.url());
        site.start();
    }

    @AfterAll
    void ends() {
        site.close();
        List.of(phone, dead).forEach(RecordingPhone::close);
        cable.close();
    }

    @Test
    void retained_dials_are_not_carried_out_after_a_reconnect_or_a_start() {
        try (Dials dials = new Dials(site.broker(), "s-phone", phone)) {
            cable.cut();
            String retained = dials.retain();
            cable.mend();
            dials.awaitFresh();
            site.bellwire().kill();
            site.bellwire().start();
            dials.awaitFresh();
            dials.forgetRetained();

            System.out.printf(
                    "figure: retained dial, 1 reconnect, 1 start: %d stale dials%n", dials.stale(List.of(retained)));
            assertThat(dials.stale(List.of(retained))).isZero();
        }
    }

    @Test
    void dials_of_the_time_without_bellwire_are_not_carried_out() {
        whileAway(
                "JVM dead", () -> site.bellwire().kill(), () -> site.bellwire().start());
    }

    @Test
    void dials_of_the_time_without_a_connection_are_not_carried_out() {
        whileAway("cut off", cable::cut, cable::mend);
    }

    @Test
    void dials_into_a_silent_connection_are_not_carried_out() {
        whileAway("network silent", cable::fallSilent, cable::mend);
    }

    private void whileAway(String how, Runnable goes, Runnable comes) {
        try (Dials dials = new Dials(site.broker(), "s-phone", phone)) {
            dials.awaitFresh();
            goes.run();
            List<String> meanwhile = dials.dialFor(AWAY);
            comes.run();
            dials.awaitFresh();

            System.out.printf(
                    "figure: %s for %d s: %d dials sent meanwhile, %d stale dials%n",
                    how, AWAY.toSeconds(), meanwhile.size(), dials.stale(meanwhile));
            assertThat(meanwhile).isNotEmpty();
            assertThat(dials.stale(meanwhile)).isZero();
        }
    }

    @Test
    void dials_around_a_reconnect_are_carried_out_at_once_or_never() {
        try (Dials dials = new Dials(site.broker(), "s-phone", phone)) {
            dials.awaitFresh();
            int stale = 0;
            for (int i = 0; i < ROUNDS; i++) {
                cable.cut();
                List<String> meanwhile = dials.dialFor(Duration.ofMillis(500));
                cable.mend();
                dials.awaitFresh();
                dials.dialFor(Duration.ofMillis(500));
                stale += dials.stale(meanwhile);
            }

            System.out.printf(
                    "figure: %d reconnects: %d dials sent, %d dialled, %d stale, %d twice, the slowest after %d ms%n",
                    ROUNDS, dials.sent(), dials.dialled().size(), stale, dials.twice(), dials.slowestMillis());
            assertThat(stale).isZero();
            assertThat(dials.twice()).as("dialled twice").isZero();
            assertThat(dials.slowestMillis()).isLessThan(TOO_OLD.toMillis());
        }
    }

    @Test
    void dials_behind_a_dead_phone_expire() {
        try (Dials dials = new Dials(site.broker(), "s-dead", dead);
                Dials others = new Dials(site.broker(), "s-phone", phone)) {
            List<String> all =
                    IntStream.range(0, 12).mapToObj(i -> dials.dial()).toList();
            long begin = System.nanoTime();
            others.awaitFresh();
            long neighbour = (System.nanoTime() - begin) / 1_000_000;
            Waits.atMost(Duration.ofSeconds(30), "each dial has its result")
                    .until(() -> dials.results().size() >= all.size());
            dead.answering(RecordingPhone.OK);
            dials.awaitFresh();

            Map<String, List<ReceivedMessage>> byStatus = dials.results().stream()
                    .filter(result -> all.contains(result.text("id")))
                    .collect(Collectors.groupingBy(ReceivedMessage::status, TreeMap::new, Collectors.toList()));
            List<String> refused = byStatus.getOrDefault("refused", List.of()).stream()
                    .map(result -> result.text("id"))
                    .toList();
            Map<String, Integer> counts = new TreeMap<>();
            byStatus.forEach((status, results) -> counts.put(status, results.size()));
            System.out.printf(
                    "figure: %d dials behind a dead phone: %s, %d stale dials; another phone dialled after %d ms%n",
                    all.size(), counts, dials.stale(refused), neighbour);
            assertThat(counts.keySet()).containsExactly("refused", "unreachable");
            assertThat(counts.values().stream().mapToInt(Integer::intValue).sum())
                    .as("one result for each")
                    .isEqualTo(all.size());
            assertThat(byStatus.getOrDefault("refused", List.of()))
                    .allSatisfy(result -> assertThat(result.text("detail")).contains("expired"));
            assertThat(dials.stale(refused)).isZero();
            assertThat(dials.slowestMillis()).isLessThanOrEqualTo(TOO_OLD.toMillis() + 500);
        }
    }
}
