package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Process, network and broker fail under 100 events a second: every 200 is kept. How often and how long: {@code
 * -Dbellwire.rounds=20 -Dbellwire.silence=30}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FaultsIT {

    private static final int ROUNDS = Integer.getInteger("bellwire.rounds", 2);
    private static final Duration SETTLED = Duration.ofSeconds(60);
    private static final int PHONES = 50;
    private static final int PER_SECOND = 100;

    private final Site site = Site.withoutBroker("faults");
    private final Cable cable = Cable.to(site.broker());

    @BeforeAll
    void starts() {
        Load.files(PHONES).forEach(site.bellwire()::write);
        site.bellwire().set("org.bellwire.mqtt", "url", cable.url());
        site.broker().start();
        site.start();
    }

    @AfterAll
    void ends() {
        site.close();
        cable.close();
    }

    @Test
    void process_killed_again_and_again_keeps_every_promise() {
        try (Ledger ledger = Ledger.at(site.broker())) {
            Load load = load();
            try (load) {
                for (int i = 0; i < ROUNDS; i++) {
                    load.promises(anyMoment(), SETTLED);
                    site.bellwire().kill();
                    site.bellwire().start();
                }
                load.promises(PER_SECOND, SETTLED);
            }
            kept(ledger, load, "JVM killed %d times".formatted(ROUNDS));
        }
    }

    private Load load() {
        return Load.start(site.caller(), PHONES, PER_SECOND);
    }

    /** After how many promises the next fault comes. */
    private static int anyMoment() {
        return ThreadLocalRandom.current().nextInt(PER_SECOND, 3 * PER_SECOND);
    }

    private static void kept(Ledger ledger, Load load, String fault) {
        Balance balance = ledger.settle(load, SETTLED).tell(fault);
        balance.isKept();
        assertThat(balance.percentileMillis(99)).as("p99 of the answers in ms").isLessThan(300);
    }
}
