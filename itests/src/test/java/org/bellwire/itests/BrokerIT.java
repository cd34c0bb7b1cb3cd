package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Brokers come late and go away. */
final class BrokerIT {

    private static final String KEPT = "bellwire/b1/+/hook_off";
    private static final Duration RETURN = Duration.ofSeconds(15);

    @Test
    void absent_broker_is_met_when_it_comes_and_gets_the_events_of_meanwhile() {
        try (Site site = Site.withoutBroker("late-broker")) {
            site.broker().start();
            assertThat(site.broker().keptFor("historian", KEPT, 3)).isEmpty();
            site.broker().stop();
            site.bellwire().write(phone(1));
            site.bellwire().start();
            Waits.until("an event is kept", () -> report(site, 1) == 200);

            site.broker().start();
            long arrival = System.nanoTime();

            try (Listener listener = site.listener()) {
                listener.hears("bellwire/bridge/status", "online", RETURN);
                System.out.printf(
                        "figure: connected %.1f s after the broker came%n", (System.nanoTime() - arrival) / 1e9);
                assertThat(site.broker().keptFor("historian", KEPT, 10))
                        .hasValueSatisfying(topic -> assertThat(topic).matches("bellwire/b1/(event|late)/hook_off"));
                listener.hears("bellwire/b1/state/off_hook", "ON");
                assertThat(report(site, 1)).isEqualTo(200);
            }
        }
    }

    @Test
    void restarted_broker_gets_everything_retained_back_each_time() {
        try (Site site = Site.prepared("restarts")) {
            for (int i = 1; i <= 10; i++) {
                site.bellwire().write(phone(i));
            }
            site.start();
            for (int i = 1; i <= 10; i++) {
                int number = i;
                Waits.until("phone " + i, () -> report(site, number) == 200);
            }
            Map<String, String> before = settled(site);
            assertThat(before.keySet())
                    .contains("bellwire/bridge/info", "bellwire/b7/info", "bellwire/b7/state/off_hook");

            List<Double> returns = new ArrayList<>();
            AtomicInteger sent = new AtomicInteger();
            ScheduledExecutorService phones = Executors.newScheduledThreadPool(8);
            try {
                phones.scheduleAtFixedRate(
                        () -> phones.execute(() -> report(site, sent.incrementAndGet() % 10 + 1)),
                        0,
                        20,
                        TimeUnit.MILLISECONDS);
                for (int i = 0; i < 10; i++) {
                    restart(site, i % 2 == 0);
                    long back = System.nanoTime();
                    try (Listener listener = site.listener()) {
                        listener.hears("bellwire/bridge/status", "online", RETURN);
                        returns.add((System.nanoTime() - back) / 1e9);
                        Waits.atMost(Duration.ofSeconds(10), "all retained topics are back")
                                .until(() -> retained(listener).keySet().containsAll(before.keySet()));
                        int mark = listener.mark();
                        listener.after(mark).first("bellwire/b3/event/hook_off", any -> true);
                    }
                }
            } finally {
                phones.shutdownNow();
            }
            System.out.printf(
                    "figure: broker restarted 10 times under 50 events/s (%d sent): back after %s s%n",
                    sent.get(), returns.stream().map("%.1f"::formatted).toList());
            Waits.until("events are taken as before", () -> report(site, 5) == 200);
            assertThat(settled(site).keySet()).containsAll(before.keySet());
        }
    }

    private static void restart(Site site, boolean cleanly) {
        if (cleanly) {
            site.broker().stop();
        } else {
            site.broker().kill();
        }
        site.broker().start();
    }

    private static PhoneFile phone(int number) {
        return PhoneFile.of("b" + number, "htek").with("mac", "001fc10005%02x".formatted(number));
    }

    private static int report(Site site, int number) {
        return site.caller()
                .from(Loopback.anyAddress())
                .reports("htek", "/Offhook?mac=001fc10005%02x".formatted(number));
    }

    /** What the broker keeps once nothing more is added. */
    private static Map<String, String> settled(Site site) {
        try (Listener listener = site.listener()) {
            for (int i = 1; i <= 10; i++) {
                listener.hears("bellwire/b" + i + "/state/off_hook", "ON");
            }
            listener.first("bellwire/bridge/info");
            listener.first("bellwire/bridge/inbox");
            return retained(listener);
        }
    }

    private static Map<String, String> retained(Listener listener) {
        Map<String, String> retained = new TreeMap<>();
        listener.everything().stream()
                .filter(heard ->
                        !heard.topic().contains("/event/") && !heard.payload().isEmpty())
                .forEach(heard -> retained.put(heard.topic(), heard.payload()));
        return retained;
    }
}
