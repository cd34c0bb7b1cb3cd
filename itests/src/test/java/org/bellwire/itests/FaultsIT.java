package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Process, network and broker fail under 100 events a second: every 200 is kept. A build makes few and short
 * faults, and has other work for the processors; in full: {@code -Dbellwire.rounds=20 -Dbellwire.silence=35
 * -Dbellwire.p99.ms=300}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("alone")
final class FaultsIT {

    private static final int ROUNDS = Integer.getInteger("bellwire.rounds", 2);
    private static final int SILENCE = Integer.getInteger("bellwire.silence", 4);
    private static final Duration SETTLED = Duration.ofSeconds(60);
    private static final long P99_MS = Long.getLong("bellwire.p99.ms", 2_000);
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

    @Test
    void broker_cut_off_and_restarted_keeps_every_promise() {
        try (Ledger ledger = Ledger.at(site.broker())) {
            Load load = load();
            try (load) {
                for (int i = 0; i < ROUNDS; i++) {
                    load.promises(anyMoment(), SETTLED);
                    if (i % 2 == 0) {
                        cable.cut();
                        load.promises(anyMoment(), SETTLED);
                        cable.mend();
                    } else {
                        site.broker().stop();
                        load.promises(anyMoment(), SETTLED);
                        site.broker().start();
                    }
                    arrives(ledger, load);
                }
            }
            kept(ledger, load, "broker cut off or restarted %d times".formatted(ROUNDS));
        }
    }

    @Test
    void silent_network_keeps_every_promise() {
        try (Ledger ledger = Ledger.at(site.broker())) {
            Load load = load();
            try (load) {
                load.promises(anyMoment(), SETTLED);
                cable.fallSilent();
                load.promises(PER_SECOND * SILENCE, SETTLED.plusSeconds(SILENCE));
                cable.mend();
                arrives(ledger, load);
                load.promises(PER_SECOND, SETTLED);
            }
            kept(ledger, load, "network silent for %d s".formatted(SILENCE));
        }
    }

    /** The broker itself delivers what was sent just before it froze, on {@code event/}, when it wakes: that is excused. */
    @Test
    void frozen_broker_keeps_every_promise() {
        try (Ledger ledger = Ledger.at(site.broker())) {
            Load load = load();
            Instant frozen;
            try (load) {
                load.promises(anyMoment(), SETTLED);
                frozen = Instant.now();
                site.broker().freeze();
                try {
                    load.promises(PER_SECOND * SILENCE, SETTLED.plusSeconds(SILENCE));
                } finally {
                    site.broker().wake();
                }
                arrives(ledger, load);
                load.promises(PER_SECOND, SETTLED);
            }
            kept(ledger.settle(load, SETTLED)
                    .tell("broker frozen for %d s".formatted(SILENCE))
                    .excusing(frozen.minusMillis(250), frozen.plusMillis(500)));
        }
    }

    @Test
    void process_killed_while_the_broker_is_away_keeps_every_promise() {
        int rounds = Math.max(1, ROUNDS / 2);
        try (Ledger ledger = Ledger.at(site.broker())) {
            Load load = load();
            try (load) {
                for (int i = 0; i < rounds; i++) {
                    load.promises(anyMoment(), SETTLED);
                    cable.cut();
                    load.promises(anyMoment(), SETTLED);
                    site.bellwire().kill();
                    site.bellwire().start();
                    load.promises(anyMoment(), SETTLED);
                    cable.mend();
                    arrives(ledger, load);
                }
            }
            kept(ledger, load, "JVM killed while the broker was away, %d times".formatted(rounds));
        }
    }

    @Test
    void start_without_a_broker_keeps_every_promise() {
        try (Ledger ledger = Ledger.at(site.broker())) {
            site.bellwire().kill();
            cable.cut();
            Load load = load();
            try (load) {
                site.bellwire().start();
                load.promises(PER_SECOND * SILENCE, SETTLED.plusSeconds(SILENCE));
                cable.mend();
                arrives(ledger, load);
            }
            kept(ledger, load, "started %d s before the broker was there".formatted(SILENCE));
        }
    }

    private Load load() {
        return Load.start(site.caller(), PHONES, PER_SECOND);
    }

    /** Waits until something arrives again. */
    private static void arrives(Ledger ledger, Load load) {
        int before = ledger.arrivals(load).size();
        Waits.atMost(SETTLED, "an event arrives again")
                .until(() -> ledger.arrivals(load).size() > before);
    }

    /** After how many promises the next fault comes. */
    private static int anyMoment() {
        return ThreadLocalRandom.current().nextInt(PER_SECOND, 3 * PER_SECOND);
    }

    private static void kept(Ledger ledger, Load load, String fault) {
        kept(ledger.settle(load, SETTLED).tell(fault));
    }

    private static void kept(Balance balance) {
        balance.isKept();
        assertThat(balance.percentileMillis(99)).as("p99 of the answers in ms").isLessThan(P99_MS);
    }
}
