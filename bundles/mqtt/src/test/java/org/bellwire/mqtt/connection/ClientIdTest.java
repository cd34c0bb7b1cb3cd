package org.bellwire.mqtt.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientIdTest {

    @TempDir
    private Path dir = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "gw1, root, bellwire-gw1-root",
        "gw1.site.example, second, bellwire-gw1.site.example-second",
        "b\u00fcro gw/+#, root, bellwire-b-ro-gw----root",
    })
    void client_id_names_host_and_instance_in_characters_that_brokers_take(String host, String instance, String id) {
        assertThat(ClientId.of(host, instance)).isEqualTo(id);
    }

    @Test
    void long_names_are_cut_and_still_tell_hosts_apart() {
        String host = "x".repeat(300);
        assertThat(ClientId.of(host, host)).hasSizeLessThan(100).isNotEqualTo(ClientId.of(host + "y", host));
    }

    @Test
    void host_name_is_the_kernels_or_the_environments_and_never_localhost() throws Exception {
        Path kernel = Files.writeString(dir.resolve("hostname"), "gw1\n");
        assertThat(ClientId.hostName(kernel, Map.of("HOSTNAME", "other"))).contains("gw1");
        Files.writeString(kernel, "localhost.localdomain\n");
        assertThat(ClientId.hostName(kernel, Map.of("HOSTNAME", "other"))).contains("other");
        assertThat(ClientId.hostName(dir.resolve("none"), Map.of())).isEmpty();
    }

    @Test
    void client_id_is_the_same_each_time() {
        assertThat(ClientId.ofThisHost("root"))
                .isEqualTo(ClientId.ofThisHost("root"))
                .endsWith("-root");
    }
}
