package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The broker has tight limits for what is under way or waits: nothing is lost. How long: {@code -Dbellwire.rounds=20}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BrokerLimitsIT {

    private static final int ROUNDS = Integer.getInteger("bellwire.rounds", 2);
    private static final Duration SETTLED = Duration.ofSeconds(60);
    private static final int PHONES = 50;
    private static final int PER_SECOND = 100;
    private static final int COMMANDS = 200;

    private final Site site = Site.withoutBroker("limits");

    @BeforeAll
    void starts() {
        Load.files(PHONES).forEach(site.bellwire()::write);
        site.broker().start();
        site.start();
    }

    @AfterAll
    void ends() {
        site.close();
    }

    /** Also what waited on disk while the broker was away, and commands, of which Bellwire then gets one at a time. */
    @Test
    void one_message_under_way_loses_nothing() {
        site.broker().stop();
        limit("20", "100000"); // whatever another test has set
        awaitBellwire();
        try (Ledger ledger = Ledger.at(site.broker())) {
            Load load = Load.start(site.caller(), PHONES, PER_SECOND);
            int received;
            try (load) {
                load.promises(PER_SECOND, SETTLED);
                site.broker().stop();
                load.promises(PER_SECOND, SETTLED);
                limit("1", "100000");
                awaitBellwire();
                load.promises(PER_SECOND * ROUNDS, SETTLED);
                received = received();
            }
            ledger.settle(load, SETTLED)
                    .tell("broker with max_inflight_messages 1")
                    .isKept();
            System.out.printf(
                    "figure: broker with max_inflight_messages 1: %d of %d commands reached Bellwire%n",
                    received, COMMANDS);
            assertThat(received).isEqualTo(COMMANDS);
        }
    }

    /** The broker drops what is for the sleeper, and that must be nobody else's loss. */
    @Test
    void short_queue_and_a_sleeping_subscriber_lose_nothing() {
        site.broker().stop();
        limit("20", "10");
        awaitBellwire();
        try (Ledger ledger = Ledger.at(site.broker(), 0);
                Sleeper sleeper = Sleeper.at(site.broker())) {
            Load load = Load.start(site.caller(), PHONES, PER_SECOND);
            int received;
            try (load) {
                load.promises(PER_SECOND * ROUNDS, SETTLED);
                received = received();
            }
            assertThat(sleeper.isSpokenTo()).as("messages for the sleeper").isTrue();
            ledger.settle(load, SETTLED)
                    .tell("broker with max_queued_messages 10 and a sleeping subscriber")
                    .isKept();
            System.out.printf(
                    "figure: broker with max_queued_messages 10: %d of %d commands at once reached Bellwire%n",
                    received, COMMANDS);
            assertThat(received).as("the broker drops some of them itself").isBetween(1, COMMANDS);
        }
    }

    private void limit(String inflight, String queued) {
        site.broker()
                .set("max_inflight_messages", inflight)
                .set("max_queued_messages", queued)
                .start();
    }

    private void awaitBellwire() {
        try (Listener listener = site.listener()) {
            listener.hears("bellwire/bridge/status", "online", Duration.ofSeconds(20));
        }
    }

    /** How many of many commands at once reached Bellwire. The phones have no host: each command is refused, and logged. */
    private int received() {
        int before = refused();
        Burst.of(COMMANDS, site.broker(), Load.files(PHONES));
        String last = "last-" + System.nanoTime();
        try (Listener listener = site.listener()) {
            Waits.atMost(SETTLED, "what comes behind them arrives")
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> {
                        listener.command("load-0", last, "PRESS");
                        return !site.bellwire().logged(last).isEmpty();
                    });
        }
        return refused() - before;
    }

    private int refused() {
        return site.bellwire().logged("load-", "dial", "no host").size();
    }
}
