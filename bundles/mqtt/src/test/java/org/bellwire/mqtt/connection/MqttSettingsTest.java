package org.bellwire.mqtt.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.bellwire.api.config.CfgException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MqttSettingsTest {

    private static MqttSettings with(String key, String value) {
        return MqttSettings.of(Map.of(key, value), "root");
    }

    @Test
    void empty_file_means_the_defaults() {
        MqttSettings settings = MqttSettings.of(Map.of(), "second");
        assertThat(settings)
                .isEqualTo(new MqttSettings(
                        new BrokerUrl(false, "127.0.0.1", 1883),
                        "second",
                        Optional.empty(),
                        Optional.empty(),
                        "bellwire",
                        15,
                        Optional.empty()));
    }

    @Test
    void shipped_file_holds_the_defaults() throws Exception {
        Properties shipped = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("../../config", MqttSettings.FILE))) {
            shipped.load(reader);
        }
        Map<String, String> values = new HashMap<>();
        shipped.forEach((key, value) -> values.put(key.toString(), value.toString()));
        assertThat(values).isNotEmpty();
        assertThat(MqttSettings.of(values, "root")).isEqualTo(MqttSettings.of(Map.of(), "root"));
    }

    @ParameterizedTest
    @CsvSource({
        "tcp://broker, tcp://broker:1883",
        "ssl://broker, ssl://broker:8883",
        "tcp://my_broker:1, tcp://my_broker:1",
        "tcp://[::1]:1884, tcp://[::1]:1884",
        "ssl://broker.example.org:443/, ssl://broker.example.org:443"
    })
    void url_names_host_and_port(String url, String broker) {
        assertThat(with("url", url).broker()).hasToString(broker);
    }

    @ParameterizedTest
    @ValueSource(strings = {"broker", "http://broker", "tcp://", "tcp://a b", "tcp://broker:0", "tcp://broker:65536"})
    void wrong_url_is_refused(String url) {
        assertThatThrownBy(() -> with("url", url))
                .isInstanceOf(CfgException.class)
                .hasMessageStartingWith("org.bellwire.mqtt.cfg: url: ");
    }

    @Test
    void password_in_the_url_is_refused_and_not_shown() {
        assertThatThrownBy(() -> with("url", "tcp://me:hidden@broker"))
                .hasMessageContaining("url: ")
                .hasMessageNotContaining("hidden");
    }

    @ParameterizedTest
    @CsvSource({
        "url, tcp://me:hidden:1883",
        "url, me:hidden%40broker",
        "url, mqtt://me:hidden/broker",
        "topic, tcp://me:hidden@broker",
        "client.id, 'me:hidden@bro\tker'"
    })
    void what_may_hold_a_password_is_not_shown(String key, String value) {
        assertThatThrownBy(() -> with(key, value))
                .hasMessageContaining(key + ": ")
                .hasMessageNotContaining("hidden");
    }

    @ParameterizedTest
    @ValueSource(strings = {"house", "house/floor-1", "Haus.K\u00fcche", "a/b/c"})
    void root_topic_may_have_levels(String root) {
        assertThat(with("topic", root).root()).isEqualTo(root);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/house", "house/", "house//floor", "+", "house/#", "$SYS", "a b"})
    void wrong_root_topic_is_refused(String root) {
        assertThatThrownBy(() -> with("topic", root)).hasMessageStartingWith("org.bellwire.mqtt.cfg: topic: ");
    }

    @ParameterizedTest
    @CsvSource({
        "keep.alive.s, 0",
        "keep.alive.s, soon",
        "password, without-user",
        "tls.trust, ca.pem",
        "client.id, a\tb"
    })
    void wrong_value_is_refused(String key, String value) {
        assertThatThrownBy(() -> with(key, value)).isInstanceOf(CfgException.class);
    }

    @Test
    void tls_files_must_exist_and_belong_together() {
        Map<String, String> file =
                Map.of("url", "ssl://broker", "tls.trust", "/none/ca.pem", "tls.certificate", "/none/own.pem");
        assertThatThrownBy(() -> MqttSettings.of(file, "root"))
                .hasMessageContaining("tls.trust: /none/ca.pem does not exist")
                .hasMessageContaining("tls.key: is missing");
    }

    @Test
    void password_is_not_shown() {
        assertThat(MqttSettings.of(Map.of("user", "u", "password", "hidden"), "root")
                        .toString())
                .doesNotContain("hidden");
    }
}
