package org.bellwire.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.bellwire.api.Message;
import org.bellwire.api.Topic;
import org.bellwire.api.config.CfgException;
import org.bellwire.mqtt.connection.Backoff;
import org.bellwire.mqtt.connection.MqttSettings;
import org.bellwire.mqtt.publish.AnswerTimeouts;
import org.bellwire.testkit.CapturedLog;
import org.bellwire.testkit.Certificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MqttTlsTest {

    @RegisterExtension
    private final Mosquitto broker = new Mosquitto();

    @TempDir
    private Path dir = Path.of("");

    private Map<String, String> broker(Certificates files, String host) {
        broker.with("certfile " + files.certificate("broker"))
                .with("keyfile " + files.key("broker"))
                .start();
        return new HashMap<>(Map.of(
                "url",
                "ssl://" + host + ":" + broker.port(),
                "tls.trust",
                files.certificate("broker").toString()));
    }

    private static void assertWorks(Map<String, String> properties) throws Exception {
        MqttBus bus = new MqttBus(properties, new Backoff(RandomGenerator.getDefault()), AnswerTimeouts.DEFAULT);
        bus.open();
        try {
            await().atMost(Duration.ofSeconds(15)).until(bus::isConnected);
            bus.publish(Message.of(new Topic("p/event/e"), "x".repeat(50_000)))
                    .toCompletableFuture()
                    .get(2, TimeUnit.SECONDS);
        } finally {
            bus.deactivate();
        }
    }

    private static void assertFails(Map<String, String> properties) throws Exception {
        try (CapturedLog log = new CapturedLog()) {
            MqttBus bus = new MqttBus(properties, new Backoff(RandomGenerator.getDefault()), AnswerTimeouts.DEFAULT);
            bus.open();
            await().atMost(Duration.ofSeconds(15))
                    .until(() -> !log.lines("WARN").isEmpty());
            assertThat(bus.isConnected()).isFalse();
            assertThat(log.lines("WARN")).singleElement().asString().contains("TLS failed", "tls.trust");
            bus.deactivate();
        }
    }

    @Test
    void broker_of_the_own_authority_is_trusted() throws Exception {
        Certificates files = new Certificates(dir);
        files.make("broker", "ip:127.0.0.1");
        assertWorks(broker(files, "127.0.0.1"));
    }

    @Test
    void broker_of_another_name_is_refused() throws Exception {
        Certificates files = new Certificates(dir);
        files.make("broker", "dns:another.example");
        assertFails(broker(files, "127.0.0.1"));
    }

    @Test
    void broker_of_another_authority_is_refused() throws Exception {
        Certificates files = new Certificates(dir);
        files.make("broker", "ip:127.0.0.1");
        Map<String, String> properties = broker(files, "127.0.0.1");
        files.make("other", "ip:127.0.0.1");
        properties.put("tls.trust", files.certificate("other").toString());
        assertFails(properties);
    }

    @Test
    void client_shows_its_certificate_where_the_broker_asks_for_one() throws Exception {
        Certificates files = new Certificates(dir);
        files.make("broker", "ip:127.0.0.1");
        files.make("client", "dns:client");
        broker.with("cafile " + files.certificate("client")).with("require_certificate true");
        Map<String, String> properties = broker(files, "127.0.0.1");
        properties.put("tls.certificate", files.certificate("client").toString());
        properties.put("tls.key", files.key("client").toString());
        assertWorks(properties);
    }

    @Test
    void file_without_a_certificate_or_key_is_refused_with_its_name() throws Exception {
        Path empty = Files.writeString(dir.resolve("empty.pem"), "nothing\n");
        Map<String, String> properties = Map.of(
                "url",
                "ssl://broker",
                "tls.trust",
                empty.toString(),
                "tls.certificate",
                empty.toString(),
                "tls.key",
                empty.toString());
        assertThatThrownBy(() -> MqttSettings.of(properties, "root"))
                .isInstanceOf(CfgException.class)
                .hasMessageContaining("tls.trust: " + empty)
                .hasMessageContaining("tls.certificate: " + empty)
                .hasMessageContaining("tls.key: " + empty + " holds no unencrypted PKCS#8 key");
    }
}
