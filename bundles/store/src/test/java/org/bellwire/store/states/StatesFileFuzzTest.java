package org.bellwire.store.states;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.PhoneId;
import org.bellwire.testkit.Fuzzing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of states that somebody else has changed, mutated: what is damaged is left out. */
class StatesFileFuzzTest {

    private static final PhoneId LOBBY = new PhoneId("lobby");

    @TempDir
    private Path folder;

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
        try (StatesFile states = StatesFile.open(file)) {
            way.append(states.damaged()).append(' ').append(states.phones().size());
            for (PhoneId phone : states.phones()) {
                assertThat(states.read(phone)).isPresent();
            }
            states.write(Map.of(LOBBY, Optional.of("{}")));
            states.touch();
        }
        try (StatesFile states = StatesFile.open(file)) {
            assertThat(states.read(LOBBY)).contains("{}");
        }
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                .endsWith("\n");
        return way.toString();
    }
}
