package org.bellwire.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.bellwire.api.port.Counters;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The retained messages of each version that was released are read: one file was recorded of each. */
final class RetainedFormatsTest {

    private static final BrokerLimits.Memory LIMITS = new BrokerLimits.Memory(1 << 20, 1 << 20, 1 << 20, 1_000);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"0.1", "1.0.0-rc1"})
    void messages_that_an_earlier_version_kept_are_read(String version) throws IOException {
        String name = "/formats/" + version + "/retained";
        try (InputStream recorded = Objects.requireNonNull(RetainedFormatsTest.class.getResourceAsStream(name), name)) {
            Files.copy(recorded, directory.resolve("retained"));
        }
        Map<String, String> all = new TreeMap<>();
        try (RetainedMessages retained =
                new RetainedMessages(directory, LIMITS, new ClientLog(() -> Counters.NONE, System::nanoTime))) {
            RetainedMessages.Scan scan = retained.scan("#", 2);
            while (!scan.isDone()) {
                Optional<BrokerMessage> next = scan.next();
                next.ifPresent(m -> all.put(m.topic(), new String(m.payload(), StandardCharsets.UTF_8)));
            }
        }
        assertThat(all).containsEntry("house/kept", "since " + version).containsKey("bellwire/bridge/status");
        assertThat(directory.resolve("retained.aside")).doesNotExist();
    }
}
