package org.bellwire.console.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SeenEventsTest {

    @TempDir
    private Path folder = Path.of("");

    private Path file = Path.of("");

    @BeforeEach
    void name() {
        file = folder.resolve("page/seen.txt");
    }

    private SeenEvents restarted() {
        SeenEvents next = new SeenEvents(file);
        next.read();
        return next;
    }

    @Test
    void what_has_ever_arrived_is_known_after_a_restart() {
        SeenEvents seen = new SeenEvents(file);
        seen.add("desk", "Incoming Call");
        seen.add("desk", "Off Hook");
        seen.add("desk", "Off Hook");
        seen.keep(any -> true);
        assertThat(restarted().of("desk")).containsExactlyInAnyOrder("Incoming Call", "Off Hook");
        assertThat(restarted().of("lobby")).isEmpty();
    }

    @Test
    void what_arrives_before_the_file_is_read_is_kept_too() {
        SeenEvents seen = new SeenEvents(file);
        seen.add("desk", "Off Hook");
        seen.keep(any -> true);
        SeenEvents next = new SeenEvents(file);
        next.add("desk", "On Hook");
        next.read();
        assertThat(next.of("desk")).containsExactlyInAnyOrder("Off Hook", "On Hook");
    }

    @Test
    void phone_that_is_no_more_is_forgotten() {
        SeenEvents seen = new SeenEvents(file);
        seen.add("desk", "Off Hook");
        seen.add("gone", "Off Hook");
        seen.keep(phone -> !phone.equals("gone"));
        assertThat(restarted().of("gone")).isEmpty();
        assertThat(restarted().of("desk")).isNotEmpty();
    }

    @Test
    void who_is_asked_for_a_phone_may_wait_for_one_that_reports() {
        SeenEvents seen = new SeenEvents(file);
        seen.add("desk", "Off Hook");
        seen.keep(phone -> {
            CompletableFuture.runAsync(() -> seen.add("lobby", "ring"))
                    .orTimeout(10, TimeUnit.SECONDS)
                    .join();
            return true;
        });
        assertThat(seen.of("lobby")).containsExactly("ring");
    }

    @Test
    void phone_that_makes_up_events_fills_nothing() {
        SeenEvents seen = new SeenEvents(file);
        for (int i = 0; i < SeenEvents.EACH + 100; i++) {
            seen.add("desk", "made-up-" + i);
        }
        seen.add("desk", "x".repeat(10_000));
        assertThat(seen.of("desk")).hasSize(SeenEvents.EACH);
        for (int i = 0; i < SeenEvents.PHONES + 100; i++) {
            seen.add("phone-" + i, "ring");
        }
        assertThat(seen.of("phone-" + (SeenEvents.PHONES + 99))).isEmpty();
    }

    @Test
    void nothing_new_writes_nothing() throws IOException {
        SeenEvents seen = new SeenEvents(file);
        seen.keep(any -> true);
        assertThat(file).doesNotExist();
        seen.add("desk", "ring");
        seen.keep(any -> true);
        Files.delete(file);
        seen.add("desk", "ring");
        seen.keep(any -> true);
        assertThat(file).doesNotExist();
    }

    @Test
    void file_of_nonsense_harms_nothing() throws IOException {
        Files.createDirectories(folder.resolve("page"));
        Files.write(file, new byte[] {0, 1, '\n', '\t', '\t', '\n', (byte) 0xff, '\t', 'a'});
        restarted().add("desk", "ring");
    }
}
