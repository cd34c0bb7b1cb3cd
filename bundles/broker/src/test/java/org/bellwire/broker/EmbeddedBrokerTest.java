package org.bellwire.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {

    private static final String HERE = "tcp://127.0.0.1:0";

    @TempDir
    Path directory;

    private EmbeddedBroker broker;

    @BeforeEach
    void start() throws Exception {
        open("url", "tcp://192.0.2.1:1883");
    }

    @AfterEach
    void stop() throws Exception {
        broker.deactivate();
    }

    private void open(String... keysAndValues) throws Exception {
        broker = new EmbeddedBroker();
        broker.open(settings(keysAndValues));
    }

    private Map<String, Object> settings(String... keysAndValues) {
        Map<String, Object> settings = new HashMap<>(Map.of("port", "0", "url", HERE, "dir", directory.toString()));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            settings.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return settings;
    }

    @Test
    void broker_is_off_when_the_url_names_another() throws Exception {
        assertThat(broker.port()).isZero();
        broker.modified(settings());
        assertThat(broker.port()).as("after the url was changed back").isPositive();
    }

    @Test
    void broker_is_off_when_the_url_names_another_port_or_tls() throws Exception {
        open("url", "tcp://localhost:1884");
        assertThat(broker.port()).isZero();
        broker.modified(settings("url", "ssl://localhost:0"));
        assertThat(broker.port()).isZero();
    }

    @Test
    void broker_open_to_others_needs_a_user() throws Exception {
        open("host", "0.0.0.0");
        assertThat(broker.port()).isZero();
        broker.modified(settings("host", "0.0.0.0", "user", "bellwire", "password", "secret"));
        assertThat(broker.port()).isPositive();
    }

    @Test
    void wrong_value_leaves_the_broker_as_it_was() throws Exception {
        open();
        int port = broker.port();
        broker.modified(settings("port", "many"));
        assertThat(broker.port()).isEqualTo(port);
    }

    @Test
    void only_the_user_with_the_password_gets_in() throws Exception {
        open("user", "bellwire", "password", "secret");
        try (Visitor friend =
                new Visitor(broker.port(), "friend").user("bellwire", "secret").connect()) {
            assertThat(friend.isConnected()).isTrue();
        }
        try (Visitor guesser = new Visitor(broker.port(), "guesser").user("bellwire", "guess");
                Visitor nobody = new Visitor(broker.port(), "nobody")) {
            assertThatThrownBy(guesser::connect).hasMessageContaining("user name or password");
            assertThatThrownBy(nobody::connect).hasMessageContaining("user name or password");
        }
    }

    @Test
    void broker_takes_the_port_as_soon_as_it_is_free() throws Exception {
        int port;
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = other.getLocalPort();
            open("port", "" + port, "url", "tcp://127.0.0.1:" + port);
            assertThat(broker.port()).isZero();
        }
        await().untilAsserted(() -> assertThat(broker.port()).isEqualTo(port));
    }

    @Test
    void garbage_ends_only_the_connection_that_sends_it() throws Exception {
        open();
        try (Visitor reader = new Visitor(broker.port(), "reader").connect().subscribe("a", 1)) {
            Random random = new Random(42);
            for (int i = 0; i < 200; i++) {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), broker.port())) {
                    byte[] garbage = new byte[1 + random.nextInt(300)];
                    random.nextBytes(garbage);
                    OutputStream out = socket.getOutputStream();
                    out.write(garbage);
                    out.flush();
                }
            }
            assertThat(reader.all()).isEmpty();
            assertThat(reader.isLost()).isFalse();
        }
    }

    @Test
    void torn_file_keeps_what_can_be_read() throws Exception {
        open();
        try (Visitor sender = new Visitor(broker.port(), "sender").connect()) {
            sender.publish("a", "x", 1, true);
        }
        broker.deactivate();
        Files.write(directory.resolve("retained"), new byte[] {0, 5, 'p', 'h'}, StandardOpenOption.APPEND);
        open();
        try (Visitor reader = new Visitor(broker.port(), "reader").connect().subscribe("a", 1)) {
            assertThat(reader.next()).isEqualTo("a=x, 1, retained");
        }
    }

    @Test
    void file_does_not_grow_with_every_change() throws Exception {
        open();
        try (Visitor sender = new Visitor(broker.port(), "sender").connect()) {
            for (int i = 0; i < 30_000; i++) {
                sender.publish("a", "value " + i, 0, true);
            }
            sender.all();
        }
        assertThat(Files.size(directory.resolve("retained"))).isLessThan(500_000);
    }
}
