package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was known before a restart is known after it, also to a broker that has forgotten everything meanwhile. */
final class StateAfterRestartIT {

    private static final String RINGING = "?event=incoming&callId=TC@1&number=42&name=Peter";
    private static final String ENDED = "?event=disconnected&callId=TC@1";

    private enum End {
        KILL {
            @Override
            void of(Distribution bellwire) {
                bellwire.kill();
            }
        },
        TERMINATE {
            @Override
            void of(Distribution bellwire) {
                bellwire.program().terminate();
                assertThat(bellwire.program().ends(Duration.ofSeconds(10))).isTrue();
            }
        };

        abstract void of(Distribution bellwire);
    }

    @ParameterizedTest
    @EnumSource
    void what_was_known_before_a_restart_is_known_after_it(End end) {
        try (Site site = Site.prepared("restart-" + end);
                RecordingPhone desk = RecordingPhone.http()) {
            site.bellwire()
                    .write(PhoneFile.of("desk", "sangoma").with("mac", mac(1)).at(desk));
            site.bellwire().write(PhoneFile.of("door", "auerswald").with("mac", mac(2)));
            site.start();
            reports(site, "sangoma", "/Offhook?model=UC926&firmware=2.42.6&mac=" + mac(1));
            reports(site, "sangoma", "/Mute?mac=" + mac(1));
            reports(site, "auerswald", RINGING + "&mac=" + mac(2));
            Map<String, String> before = new TreeMap<>();
            try (Listener listener = site.listener()) {
                listener.hears("bellwire/desk/state/mute", "ON");
                listener.hears("bellwire/desk/state/off_hook", "ON");
                listener.hears("bellwire/door/state/call", "ringing");
                listener.hears("bellwire/door/state/peer_name", "Peter");
                Waits.until(
                        "the info tells the model",
                        () -> listener.newest("bellwire/desk/info")
                                .filter(info -> info.contains("2.42.6"))
                                .isPresent());
                Waits.until("what is known is kept", () -> keeps(site, "TC@1"));
                listener.everything().stream()
                        .filter(StateAfterRestartIT::isOfPhone)
                        .forEach(h -> before.put(h.topic(), h.payload()));
            }

            end.of(site.bellwire());
            site.broker().stop();
            site.broker().start();
            long begin = System.nanoTime();
            site.start();

            try (Listener listener = site.listener()) {
                before.forEach(listener::hears);
                System.out.printf(
                        "figure: states back %.1f s after %s and start%n", (System.nanoTime() - begin) / 1e9, end);
                assertThat(before)
                        .containsKeys("bellwire/desk/state/off_hook", "bellwire/door/state/peer_name")
                        .hasEntrySatisfying(
                                "bellwire/desk/info", info -> assertThat(info).contains("UC926", "2.42.6"));
                toggleIsDecided(listener, desk);
                callIsMissedOnce(site, listener);
            }
            assertThat(site.bellwire().logged("ERROR")).isEmpty();
        }
    }

    private static boolean keeps(Site site, String text) throws IOException {
        Path states = site.bellwire().home().resolve("data/spool/states.txt");
        return Files.exists(states) && Files.readString(states).contains(text);
    }

    private static void toggleIsDecided(Listener listener, RecordingPhone desk) {
        ReceivedMessage on = listener.commanded("desk", "mute", "ON");
        assertThat(on.status()).isEqualTo("refused");
        assertThat(on.text("detail")).contains("already");
        assertThat(listener.commanded("desk", "mute", "OFF").status()).isEqualTo("accepted");
        assertThat(desk.targets()).hasSize(1);
    }

    private static void callIsMissedOnce(Site site, Listener listener) {
        int mark = listener.mark();
        for (int i = 0; i < 2; i++) {
            reports(site, "auerswald", ENDED + "&mac=" + mac(2));
        }
        reports(site, "sangoma", "/Onhook?mac=" + mac(1));
        listener.after(mark).first("bellwire/desk/event/hook_on", any -> true);
        listener.hears("bellwire/door/state/call", "idle");
        List<ReceivedMessage> missed = listener.after(mark).all("bellwire/door/event/call_missed");
        assertThat(missed)
                .singleElement()
                .satisfies(heard -> assertThat(heard.payload()).contains("\"number\":\"42\"", "Peter"));
        assertThat(listener.after(mark).all("bellwire/door/event/call_ended")).hasSize(2);
    }

    private static boolean isOfPhone(ReceivedMessage heard) {
        return heard.topic().matches("bellwire/(desk|door)/(info|state/.*)");
    }

    private static void reports(Site site, String vendor, String rest) {
        Waits.until(vendor + " " + rest, () -> site.caller().reports(vendor, rest) == 200);
    }

    private static String mac(int number) {
        return "001fc10007%02x".formatted(number);
    }
}
