package org.bellwire.mqtt.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The spool of each version that was released is read: one was recorded of each, with three events of a phone. */
final class SpoolFormatsTest {

    @TempDir
    private Path dir;

    @ParameterizedTest
    @ValueSource(strings = "0.1")
    void events_that_an_earlier_version_kept_are_read(String version) throws IOException {
        String name = "/formats/" + version + "/events.mv";
        try (InputStream recorded = Objects.requireNonNull(SpoolFormatsTest.class.getResourceAsStream(name), name)) {
            Files.copy(recorded, dir.resolve("events.mv"));
        }
        EventStore store = new MvEventStore(dir, Clock.systemUTC());
        try {
            assertThat(store.open().size().count()).isEqualTo(3);
            assertThat(store.read(0, 10).events())
                    .extracting(stored -> stored.event().phone().value() + " "
                            + stored.event().type().wire())
                    .containsExactly("lobby call_incoming", "lobby call_connected", "lobby call_ended");
        } finally {
            store.close();
        }
    }
}
