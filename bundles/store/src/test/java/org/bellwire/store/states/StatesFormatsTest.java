package org.bellwire.store.states;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.bellwire.api.PhoneId;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known of the phones, as each version that was released kept it, is read: one file was recorded of each. */
final class StatesFormatsTest {

    @TempDir
    private Path dir;

    @ParameterizedTest
    @ValueSource(strings = {"0.1", "1.0.0-rc1"})
    void states_that_an_earlier_version_kept_are_read(String version) throws IOException {
        Path file = dir.resolve("states.txt");
        String name = "/formats/" + version + "/states.txt";
        try (InputStream recorded = Objects.requireNonNull(StatesFormatsTest.class.getResourceAsStream(name), name)) {
            Files.copy(recorded, file);
        }
        try (StatesFile states = StatesFile.open(file)) {
            assertThat(states.damaged()).isZero();
            assertThat(states.read(new PhoneId("lobby")))
                    .hasValueSatisfying(text -> assertThat(text).contains("missed"));
        } catch (StatesFile.Unusable e) {
            throw new AssertionError("the file was refused", e);
        }
    }
}
