package org.bellwire.itests;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The wall clock jumps under a running gateway (libfaketime), while its broker is away and events wait on the disk. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ClockJumpsIT {

    private static final Duration SEEN = Duration.ofSeconds(20);
    private static final int AWAY_S = 6;

    /** In days: so that there is room to go back. */
    private int offset = 10;

    private final Optional<Path> library = library();
    private final Site site = Site.prepared("clock");
    private final Cable cable = Cable.to(site.broker());
    private final Path clock = site.bellwire().home().resolve("clock");
    private final Neighbourhood neighbourhood =
            new Neighbourhood(site.bellwire(), site.broker().url(), List.of(site.caller()));

    @BeforeAll
    void starts() {
        assumeThat(library).as("libfaketime is installed").isPresent();
        Distribution bellwire = site.bellwire();
        turn();
        bellwire.with("LD_PRELOAD", library.orElseThrow().toString())
                .with("FAKETIME_TIMESTAMP_FILE", clock.toString())
                .with("FAKETIME_CACHE_DURATION", "1")
                .with("FAKETIME_DONT_RESET", "1")
                .with("FAKETIME_DONT_FAKE_MONOTONIC", "1")
                // Waits of the JVM are on the monotonic clock already: what the library would do to them makes them too
                // long.
                .with("FAKETIME_FORCE_MONOTONIC_FIX", "0");
        Load.files(Neighbourhood.PHONES).forEach(bellwire::write);
        bellwire.set("org.bellwire.mqtt", "url", cable.url());
        bellwire.set("org.bellwire.spool", "event.max.age.s", "2");
        site.start();
    }

    @AfterAll
    void ends() {
        site.close();
        cable.close();
    }

    private static Optional<Path> library() {
        try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
            return folders.map(folder -> folder.resolve("faketime/libfaketimeMT.so.1"))
                    .filter(Files::exists)
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void turn() {
        try {
            Files.writeString(clock, "+" + offset + "d\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void phones_are_served_while_the_clock_jumps_and_no_event_is_deleted() {
        neighbourhood.serveBeside(jump("four days ahead", 4));
    }

    @Test
    void event_that_waited_is_late_although_the_clock_went_back() {
        neighbourhood.serveBeside(jump("a day back", -1));
    }

    /** The broker is away; the clock jumps; the broker comes back. */
    private Neighbour jump(String name, int days) {
        return Neighbour.of("a clock that jumps " + name, () -> {
                    cable.cut();
                    return new Jump(days);
                })
                .lasting(AWAY_S)
                .worth(10);
    }

    private final class Jump implements Neighbour.Misdeed {
        private final int days;

        Jump(int days) {
            this.days = days;
        }

        @Override
        public void close() {
            jump(days);
            cable.mend();
        }

        /** Not all: what the broker acknowledged last, and what came last, may be in time. */
        @Override
        public void judge(SoftAssertions promised, Balance balance) {
            promised.assertThat(balance.late()).as("on late/").isGreaterThan(balance.promised() / 3);
        }
    }

    /** Turns the clock and waits until the process has seen it: the log tells. */
    private void jump(int days) {
        offset += days;
        turn();
        String day = LocalDate.now(ZoneId.systemDefault()).plusDays(offset).toString();
        int before = lines(day);
        Waits.atMost(SEEN, "the log says " + day).until(() -> {
            site.bellwire().bellwire("phone:send", "load-0", "volume", "UP");
            return lines(day) > before;
        });
    }

    private int lines(String day) {
        return (int) site.bellwire()
                .log()
                .lines()
                .filter(line -> line.startsWith(day))
                .count();
    }
}
