package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bundles are stopped and started under 100 events a second. A build does it twice; in full: {@code -Dbellwire.rounds=50}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BundleRestartIT {

    private static final int ROUNDS = Integer.getInteger("bellwire.rounds", 2);
    private static final int PHONES = 50;
    private static final int PER_SECOND = 100;
    private static final int MORE_THREADS = 4;
    private static final int MORE_DESCRIPTORS = 8;
    private static final Duration SETTLED = Duration.ofSeconds(60);

    private final Site site = Site.prepared("restarts-of-bundles");

    @BeforeAll
    void starts() {
        Load.files(PHONES).forEach(site.bellwire()::write);
        site.start();
    }

    @AfterAll
    void ends() {
        site.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.bellwire.binding-htek", "org.bellwire.mqtt", "org.bellwire.ingress"})
    void bundle_stopped_and_started_under_load_recovers(String bundle) {
        Footprint before;
        Footprint after;
        Balance balance;
        try (Ledger ledger = Ledger.at(site.broker())) {
            Load load = Load.start(site.caller(), PHONES, PER_SECOND);
            try (load) {
                load.promises(PER_SECOND, SETTLED);
                restart(bundle, load); // once before, so that all code is there
                before = Footprint.of(site.bellwire().java());
                for (int i = 0; i < ROUNDS; i++) {
                    restart(bundle, load);
                }
                awaitNoMoreThan(before);
                after = Footprint.of(site.bellwire().java());
            }
            balance = ledger.settle(load, SETTLED).tell("%s restarted %d times".formatted(bundle, ROUNDS + 1));
        }
        System.out.printf("figure: %s restarted: before %s; after %s%n", bundle, before, after);
        assertThat(balance.missing()).as("promised and missing").isEmpty();
        assertThat(balance.disordered()).as("out of order").isEmpty();
        assertThat(balance.again()).as("twice").isZero();
        assertThat(balance.tooOld()).as("too old for event/").isEmpty();
    }

    /** What leaks stays, what requests under way hold goes. */
    private void awaitNoMoreThan(Footprint before) {
        Waits.atMost(Duration.ofSeconds(10), "threads and descriptors").untilAsserted(() -> {
            Footprint now = Footprint.of(site.bellwire().java());
            assertThat(now.threads()).as("threads").isLessThanOrEqualTo(before.threads() + MORE_THREADS);
            assertThat(now.descriptors())
                    .as("descriptors")
                    .isLessThanOrEqualTo(before.descriptors() + MORE_DESCRIPTORS);
        });
    }

    private void restart(String bundle, Load load) {
        Program.Ended ended = site.bellwire().bellwire("bundle:stop " + bundle + "; bundle:start " + bundle);
        assertThat(ended.exit()).as(ended.output()).isZero();
        load.promises(PER_SECOND, SETTLED);
    }
}
