package org.bellwire.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.bellwire.api.EventMessage;
import org.bellwire.api.EventType;
import org.bellwire.api.PhoneId;
import org.bellwire.testkit.Fuzzing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that somebody else has changed, mutated: what is damaged is left out. */
class DiskFuzzTest {

    private static final PhoneId LOBBY = new PhoneId("lobby");
    private static final int HEADER = 5;

    @TempDir
    private Path folder;

    @Test
    void no_spooled_event_does_harm() {
        EventMessage event = new EventMessage(
                LOBBY,
                EventType.CALL_INCOMING,
                "{\"event_type\":\"call_incoming\",\"late\":false}",
                Instant.ofEpochMilli(1_700_000_000_000L));
        Fuzzing.of("spooled event")
                .from(new Stored(7, event).bytes())
                .with("lobby", "call_incoming", "\0\5lobby", "{}", "\0")
                // A text's length has two bytes, and Java believes them: that much, and no more.
                .allocating(1 << 20, 400)
                .run(DiskFuzzTest::spooled);
    }

    /** As it is, and with the right check sum, which somebody who means harm can compute, too. */
    private static Object spooled(byte[] input) {
        String way = read(input);
        if (input.length > HEADER) {
            CRC32C sum = new CRC32C();
            sum.update(input, HEADER, input.length - HEADER);
            ByteBuffer.wrap(input).putInt(1, (int) sum.getValue());
            way += read(input);
        }
        return way;
    }

    private static String read(byte[] input) {
        try {
            return "event " + Stored.of(1, input).event().type();
        } catch (IOException e) {
            return String.valueOf(e.getMessage()).replaceAll("[^a-z ]", "");
        }
    }

    @Test
    void no_file_of_states_does_harm() throws IOException {
        Path file = folder.resolve("states.txt");
        Fuzzing.of("states.txt")
                .from(
                        "lobby {\"form\":\"1\"}\nkitchen {\"form\":\"1\",\"states\":{}}\nlobby {}\n",
                        "lobby \nlobby {}\nlobby \n",
                        "lobby {\"cut\":",
                        "a b\nA b\n b\n\n\n")
                .with("\n", " ", "lobby ", "{}", "\r\n", "\0", "x".repeat(65) + " ")
                .allocating(1 << 20, 400)
                .run(input -> states(file, input));
    }

    private static Object states(Path file, byte[] input) throws IOException {
        Files.write(file, input);
        StringBuilder way = new StringBuilder();
        try (StateFile states = StateFile.open(file)) {
            way.append(states.damaged()).append(' ').append(states.phones().size());
            for (PhoneId phone : states.phones()) {
                assertThat(states.read(phone)).isPresent();
            }
            states.write(Map.of(LOBBY, Optional.of("{}")));
            states.touch();
        }
        try (StateFile states = StateFile.open(file)) {
            assertThat(states.read(LOBBY)).contains("{}");
        }
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                .endsWith("\n");
        return way.toString();
    }
}
