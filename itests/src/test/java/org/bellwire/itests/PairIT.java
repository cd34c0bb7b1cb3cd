package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Two installations with one folder for spool, states and Karaf's lock: one serves, the other stands by. The one that serves is
 * killed again and again under 100 events a second. In full: {@code -Dbellwire.rounds=20 -Dbellwire.gap.s=6}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("alone")
final class PairIT {

    private static final int ROUNDS = Integer.getInteger("bellwire.rounds", 2);
    private static final Duration GAP = Duration.ofSeconds(Integer.getInteger("bellwire.gap.s", 30));
    private static final Duration SETTLED = Duration.ofSeconds(60);
    private static final int PHONES = 50;
    private static final int PER_SECOND = 100;

    private final Path folder = Scratch.folder("pair");
    private final Mosquitto broker = Mosquitto.running(folder);
    private final RecordingPhone phone = RecordingPhone.http();
    private final Distribution first = Distribution.unpack(folder.resolve("first"), broker);
    private final List<Distribution> both = new ArrayList<>(List.of(first));

    @BeforeAll
    void starts() {
        Load.files(PHONES).forEach(first::write);
        first.write(PhoneFile.of("p-dialled", "htek").at(phone));
        first.set("org.bellwire.line", "rate.dial", "6000/min");
        Path shared = folder.resolve("shared");
        assertThat(shared.toFile().mkdir()).isTrue();
        first.set("org.bellwire.spool", "dir", shared.resolve("spool").toString());
        first.setOfKaraf("karaf.lock.dir", shared.toString());
        first.setOfKaraf("karaf.lock.level", "60");
        both.add(first.twin(folder.resolve("second")));
        first.start();
        both.get(1).begin();
        standsBy(both.get(1));
    }

    @AfterAll
    void ends() {
        both.forEach(Distribution::close);
        phone.close();
        broker.close();
    }

    @Test
    void one_that_is_killed_is_followed_by_the_other_without_a_lost_event_or_a_second_dial() {
        List<Long> gaps = new ArrayList<>();
        try (Ledger ledger = Ledger.at(broker);
                Dials dials = new Dials(broker, "p-dialled", phone)) {
            Load load = Load.start(first.caller(), PHONES, PER_SECOND);
            try (load) {
                for (int round = 0; round < ROUNDS; round++) {
                    load.promises(PER_SECOND, SETTLED);
                    dials.awaitFresh();
                    long killed = System.nanoTime();
                    both.get(round % 2).kill();
                    List<String> meanwhile = dials.dialFor(Duration.ofMillis(300));
                    load.promises(1, SETTLED);
                    gaps.add((System.nanoTime() - killed) / 1_000_000);
                    dials.awaitFresh();
                    assertThat(dials.stale(meanwhile))
                            .as("dials of the time in which nobody served")
                            .isZero();
                    both.get(round % 2).begin();
                    standsBy(both.get(round % 2));
                }
                load.promises(PER_SECOND, SETTLED);
            }
            Balance balance = ledger.settle(load, SETTLED).tell("pair, %d changes".formatted(ROUNDS));
            System.out.printf(
                    "figure: pair: %d changes, nobody served for %s ms; %d dials sent, %d carried out, %d twice%n",
                    ROUNDS, gaps, dials.sent(), dials.dialled().size(), dials.twice());
            assertThat(balance.missing()).as("promised and lost").isEmpty();
            assertThat(balance.disordered()).as("out of order").isEmpty();
            assertThat(dials.twice()).as("carried out twice").isZero();
            assertThat(gaps).allMatch(gap -> gap <= GAP.toMillis());
        }
    }

    /** Waits until it has all bundles that the first has; those of Bellwire wait for the lock. */
    private void standsBy(Distribution distribution) {
        Waits.atMost(SETTLED, "the other one stands by")
                .until(() -> distribution.program().isAlive() && bundles(distribution) == bundles(first));
    }

    private static int bundles(Distribution distribution) {
        String[] names = distribution.home().resolve("data/cache").toFile().list();
        return names == null
                ? 0
                : (int) Stream.of(names)
                        .filter(name -> name.startsWith("bundle"))
                        .count();
    }
}
