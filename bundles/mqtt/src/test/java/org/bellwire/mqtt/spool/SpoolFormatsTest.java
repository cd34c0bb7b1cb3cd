package org.bellwire.mqtt.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import org.bellwire.api.EventMessage;
import org.bellwire.api.EventType;
import org.bellwire.api.PhoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The spool of each version that was released is read: one was recorded of each, with three events of a phone. */
final class SpoolFormatsTest {

    @TempDir
    private Path dir;

    @Test
    void event_of_a_site_comes_back_for_the_topic_of_that_site() throws IOException {
        EventMessage event = new EventMessage(
                new PhoneId("lobby"),
                EventType.CALL_ENDED,
                "{\"late\":false}",
                Instant.ofEpochMilli(7),
                "tenants/acme");
        StoredEvent read = StoredEvent.of(1, new StoredEvent(1, event).bytes());
        assertThat(read.event()).isEqualTo(event);
        assertThat(read.event().late().topic().whole()).isEqualTo("tenants/acme/lobby/late/call_ended");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.1", "1.0.0-rc1"})
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
