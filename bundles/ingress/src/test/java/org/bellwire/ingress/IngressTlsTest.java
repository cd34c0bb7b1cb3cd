package org.bellwire.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.bellwire.api.config.Cfg;
import org.bellwire.api.config.CfgException;
import org.bellwire.api.port.Reply;
import org.bellwire.ingress.http.IngressFile;
import org.bellwire.ingress.server.RawHttpClient;
import org.bellwire.ingress.server.ServerSettings;
import org.bellwire.ingress.server.TlsClient;
import org.bellwire.testkit.Certificates;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same by TLS, and what there is only by TLS. */
class IngressTlsTest {

    private static final String BASE = "/action/htek/" + IngressFixture.TOKEN;
    private static final String END = " HTTP/1.1\r\n\r\n";

    @TempDir
    private static Path shared = Path.of("");

    @TempDir
    private Path dir = Path.of("");

    private Certificates files = new Certificates(dir);

    @BeforeAll
    static void make_a_certificate() throws Exception {
        new Certificates(shared).make("own", "ip:127.0.0.1");
    }

    @BeforeEach
    void take_the_certificate() throws IOException {
        files = new Certificates(dir);
        Certificates made = new Certificates(shared);
        Files.copy(made.certificate("own"), files.certificate("own"));
        Files.copy(made.key("own"), files.key("own"));
    }

    private String[] tls(String... more) {
        List<String> keys = new ArrayList<>(List.of(
                "tls.port",
                "0",
                "tls.certificate",
                files.certificate("own").toString(),
                "tls.key",
                files.key("own").toString(),
                "rate.address",
                "100000"));
        keys.addAll(List.of(more));
        return keys.toArray(String[]::new);
    }

    private TlsClient phone() throws Exception {
        return new TlsClient(files.certificate("own"));
    }

    private static int port(IngressFixture site) {
        return site.ingress().tlsPort().orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void requests_of_one_connection_are_answered(String protocol) throws Exception {
        try (IngressFixture site = IngressFixture.with(tls());
                RawHttpClient line = phone().line(port(site), protocol)) {
            for (int i = 0; i < 3; i++) {
                assertThat(line.send("GET " + BASE + "/x?remote=" + i + END).status())
                        .isEqualTo(200);
            }
            line.send("GET " + BASE + "/x" + END + "GET " + BASE + "/y" + END);
            assertThat(line.status()).isEqualTo(200);
            assertThat(line.status()).isEqualTo(200);
            assertThat(site.urls().received()).hasSize(5);
            assertThat(site.urls().last().peer().getHostAddress()).isEqualTo("127.0.0.1");
            assertThat(line.send("GET " + BASE + "/z HTTP/1.1\r\nConnection: close\r\n\r\n")
                            .rest())
                    .startsWith("HTTP/1.1 200 ")
                    .endsWith("Connection: close\r\n\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1", "TLSv1.1"})
    void old_protocols_are_refused(String protocol) throws Exception {
        try (IngressFixture site = IngressFixture.with(tls());
                RawHttpClient line = phone().line(port(site), protocol)) {
            assertThatThrownBy(() -> line.send("GET / HTTP/1.1\r\n\r\n").status())
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void odd_requests_are_read_as_without_tls() throws Exception {
        try (IngressFixture site = IngressFixture.with(tls())) {
            TlsClient phone = phone();
            try (RawHttpClient line = phone.line(port(site))) {
                line.sendByteByByte("GET " + BASE + "/off hook?remote=\"a|b%\u00fc\" HTTP/1.0\r\n\r\n");
                assertThat(line.status()).isEqualTo(200);
                assertThat(site.urls().last().path()).containsExactly("off hook");
            }
            try (RawHttpClient line = phone.line(port(site))) {
                assertThat(line.send("GET /" + "a".repeat(5000) + END).status()).isEqualTo(414);
            }
            try (RawHttpClient line = phone.line(port(site))) {
                line.send("GET / HTTP/1.1\r\n" + "A: b\r\n".repeat(2000));
                assertThat(line.status()).isEqualTo(431);
            }
            try (RawHttpClient line = phone.line(port(site))) {
                line.send("POST " + BASE + "/x HTTP/1.1\r\nContent-Length: 40000\r\n\r\n" + "x".repeat(40_000));
                assertThat(line.rest()).startsWith("HTTP/1.1 405 ");
            }
        }
    }

    @Test
    void plain_port_stays_plain_and_speaks_beside() throws Exception {
        try (IngressFixture site = IngressFixture.with(tls())) {
            assertThat(site.get(BASE + "/x")).isEqualTo(200);
            assertThat(phone().get(port(site), BASE + "/x")).isEqualTo(200);
            try (RawHttpClient plain = new RawHttpClient(port(site))) {
                assertThat(plain.send("GET " + BASE + "/x" + END).rest())
                        .as("not by TLS")
                        .doesNotContain("HTTP/");
            }
            assertThatThrownBy(() -> phone().get(site.ingress().port(), BASE + "/x"))
                    .isInstanceOf(SSLException.class);
        }
    }

    @Test
    void renewed_certificate_counts_from_the_next_connection_on() throws Exception {
        files.make("new", "ip:127.0.0.1");
        try (IngressFixture site = IngressFixture.with(tls());
                RawHttpClient before = phone().line(port(site))) {
            assertThat(before.send("GET " + BASE + "/x" + END).status()).isEqualTo(200);
            TlsClient old = phone();
            Files.copy(files.certificate("new"), files.certificate("own"), StandardCopyOption.REPLACE_EXISTING);
            Files.copy(files.key("new"), files.key("own"), StandardCopyOption.REPLACE_EXISTING);
            assertThat(phone().get(port(site), BASE + "/x")).isEqualTo(200);
            assertThatThrownBy(() -> old.get(port(site), BASE + "/x")).isInstanceOf(SSLHandshakeException.class);
            assertThat(before.send("GET " + BASE + "/x" + END).status())
                    .as("a connection stays as it began")
                    .isEqualTo(200);
        }
    }

    @Test
    void files_in_the_middle_of_a_renewal_leave_the_certificate_of_before() throws Exception {
        try (IngressFixture site = IngressFixture.with(tls())) {
            TlsClient old = phone();
            String key = Files.readString(files.key("own"));
            files.make("own", "ip:127.0.0.1");
            String newKey = Files.readString(files.key("own"));
            Files.writeString(files.key("own"), key);
            assertThat(old.get(port(site), BASE + "/x"))
                    .as("the key is not the new certificate's yet")
                    .isEqualTo(200);
            Files.delete(files.key("own"));
            assertThat(old.get(port(site), BASE + "/x")).isEqualTo(200);
            Files.writeString(files.key("own"), newKey);
            assertThat(phone().get(port(site), BASE + "/x")).isEqualTo(200);
        }
    }

    @Test
    void wrong_values_name_their_key_and_the_plain_port_is_open() throws Exception {
        List<String[]> wrong = List.of(
                new String[] {"tls.certificate: ", "tls.port", "0"},
                new String[] {"tls.port: must be a whole number", "tls.port", "often"},
                new String[] {"tls.port: must be a whole number", "tls.port", "65536"},
                new String[] {"tls.port: must be a whole number", "tls.port", "-1"},
                new String[] {"tls.port: must not be the same", "tls.port", "8087", "port", "8087"},
                new String[] {
                    "tls.certificate: ",
                    "tls.port",
                    "0",
                    "tls.key",
                    files.key("own").toString()
                },
                new String[] {
                    "tls.port: is missing", "tls.key", files.key("own").toString()
                });
        for (String[] one : wrong) {
            String[] keys = List.of(one).subList(1, one.length).toArray(String[]::new);
            Cfg cfg = Cfg.of(IngressFile.NAME, IngressFixture.config(keys));
            assertThat(ServerSettings.read(cfg).tls()).as(one[0]).isEmpty();
            assertThatThrownBy(cfg::check).isInstanceOf(CfgException.class).hasMessageContaining(one[0]);
        }
        try (IngressFixture site =
                IngressFixture.with("tls.port", "0", "tls.certificate", "nowhere.pem", "tls.key", "nowhere.key")) {
            assertThat(site.get(BASE + "/x")).isEqualTo(200);
            assertThat(site.ingress().tlsPort()).isEmpty();
        }
    }

    @Test
    void off_needs_no_certificate_and_minds_none() {
        for (String[] keys : List.of(new String[] {"tls.port", "off"}, tls("tls.port", "off"))) {
            Cfg cfg = Cfg.of(IngressFile.NAME, IngressFixture.config(keys));
            assertThat(ServerSettings.read(cfg).tls()).isEmpty();
            cfg.check();
        }
    }

    @Test
    void tls_comes_moves_and_goes_without_a_word_to_the_plain_port() throws Exception {
        files.make("other", "ip:127.0.0.1");
        try (IngressFixture site = IngressFixture.with("rate.address", "100000");
                RawHttpClient plain = site.line()) {
            assertThat(plain.send("GET " + BASE + "/x" + END).status()).isEqualTo(200);
            site.ingress().modified(IngressFixture.config(tls()));
            int first = port(site);
            assertThat(phone().get(first, BASE + "/x")).isEqualTo(200);
            site.ingress()
                    .modified(IngressFixture.config(tls(
                            "tls.certificate",
                            files.certificate("other").toString(),
                            "tls.key",
                            files.key("other").toString())));
            assertThat(new TlsClient(files.certificate("other")).get(port(site), BASE + "/x"))
                    .isEqualTo(200);
            int second = port(site);
            site.ingress().modified(IngressFixture.config(tls("tls.port", "off")));
            assertThat(site.ingress().tlsPort()).isEmpty();
            assertThatThrownBy(() -> new RawHttpClient(second).close()).isInstanceOf(IOException.class);
            assertThat(plain.send("GET " + BASE + "/x" + END).status())
                    .as("the connection of before")
                    .isEqualTo(200);
        }
    }

    @Test
    void tls_port_in_use_is_opened_once_it_is_free() throws Exception {
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        try (IngressFixture site = IngressFixture.with(tls("tls.port", "" + taken.getLocalPort()))) {
            assertThat(site.get(BASE + "/x")).as("the plain port").isEqualTo(200);
            taken.close();
            await().atMost(Duration.ofSeconds(15))
                    .ignoreExceptions()
                    .untilAsserted(() ->
                            assertThat(phone().get(port(site), BASE + "/x")).isEqualTo(200));
        }
    }

    @Test
    void handshake_that_trickles_is_not_awaited_for_ever() throws Exception {
        try (IngressFixture site = IngressFixture.with(tls());
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(site))) {
            socket.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1, 0, 1});
            await().pollInterval(Duration.ofMillis(500))
                    .between(Duration.ofSeconds(8), Duration.ofSeconds(30))
                    .until(() -> isBroken(socket));
        }
    }

    private static boolean isBroken(Socket socket) {
        try {
            socket.getOutputStream().write(0);
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void slow_handshakes_delay_nobody() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try (IngressFixture site = IngressFixture.with(tls())) {
            for (int i = 0; i < 200; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(site));
                socket.getOutputStream().write(new byte[] {22, 3, 1});
                slow.add(socket);
            }
            TlsClient phone = phone();
            for (int i = 0; i < 20; i++) {
                assertThat(phone.get(port(site), BASE + "/x")).isEqualTo(200);
                assertThat(site.get(BASE + "/x")).isEqualTo(200);
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void connections_of_both_ports_share_one_bound() throws Exception {
        List<RawHttpClient> idle = new ArrayList<>();
        try (IngressFixture site = IngressFixture.with(tls())) {
            for (int i = 0; i < 1100; i++) {
                idle.add(site.line());
                idle.add(new RawHttpClient(port(site)));
            }
            RawHttpClient last = idle.get(idle.size() - 2);
            assertThat(last.send("GET " + BASE + "/x" + END).status()).isEqualTo(200);
            assertThat(phone().get(port(site), BASE + "/x")).isEqualTo(200);
        } finally {
            for (RawHttpClient line : idle) {
                line.close();
            }
        }
    }

    @Test
    void stop_answers_what_is_under_way_by_tls() throws Exception {
        IngressFixture site = IngressFixture.with(tls());
        CompletableFuture<Reply> later = new CompletableFuture<>();
        site.urls().replyWith(url -> later);
        try (RawHttpClient waits = phone().line(port(site)).send("GET " + BASE + "/waits" + END)) {
            await().until(() -> site.urls().received().size() == 1);
            int port = port(site);
            CompletableFuture<Void> stop = CompletableFuture.runAsync(site::close);
            await().ignoreExceptions().until(() -> {
                assertThatThrownBy(() -> new RawHttpClient(port).close()).isInstanceOf(IOException.class);
                return true;
            });
            assertThat(stop).isNotDone();
            later.complete(Reply.ACCEPTED);
            assertThat(waits.status()).isEqualTo(200);
            stop.join();
        }
    }
}
