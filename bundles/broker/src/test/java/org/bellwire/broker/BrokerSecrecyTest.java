package org.bellwire.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.bellwire.testkit.CapturedLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A password that stands in a file where it does not belong is in no log line. */
class BrokerSecrecyTest {

    @TempDir
    Path directory;

    private CapturedLog start(String... keysAndValues) throws Exception {
        Map<String, Object> settings =
                new HashMap<>(Map.of("port", "0", "url", "tcp://127.0.0.1:0", "dir", directory.toString()));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            settings.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        try (CapturedLog log = new CapturedLog()) {
            EmbeddedBroker broker = new EmbeddedBroker();
            broker.open(settings);
            broker.deactivate();
            return log;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp://bob:hunter2Secret@127.0.0.1:1883",
                "ssl://bob:hunter2Secret@broker.example",
                "tcp://bob:hunter2Secret@x@192.0.2.1:1883",
                "tcp://bob:hunter2Secret/x@192.0.2.1",
                "bob:hunter2Secret@192.0.2.1",
                "tcp:// bob:hunter2Secret @192.0.2.1",
            })
    void url_of_another_broker_is_shown_without_what_stands_before_the_at(String url) throws Exception {
        CapturedLog log = start("url", url);
        assertThat(log.with("names another broker")).hasSize(1);
        assertThat(log.with("hunter2")).isEmpty();
        assertThat(log.with("bob")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "host, bob:hunter2Secret@192.0.2.1",
        "port, bob:hunter2Secret@1883",
        "port, tcp://bob:hunter2Secret@192.0.2.1:1883",
    })
    void wrong_value_is_shown_without_what_stands_before_the_at(String key, String value) throws Exception {
        CapturedLog log = start(key, value);
        assertThat(log.with(key + ": ")).hasSize(1);
        assertThat(log.with("hunter2")).isEmpty();
        assertThat(start(key, value, "user", "u", "password", "p").with("hunter2"))
                .isEmpty();
    }

    @Test
    void address_without_an_at_is_shown_as_it_is() throws Exception {
        assertThat(start("url", "ssl://broker.example:8883").with("another broker, ssl://broker.example:8883"))
                .hasSize(1);
    }

    @Test
    void host_that_is_not_known_keeps_nothing_open() throws Exception {
        CapturedLog log = start("host", "no-such-host.invalid", "user", "u", "password", "p");
        assertThat(log.with("no-such-host.invalid:0 cannot be opened")).hasSize(1);
    }
}
