package org.bellwire.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.bellwire.api.Status;
import org.bellwire.api.config.Secret;
import org.bellwire.api.port.ActionUrls;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.Draining;
import org.bellwire.api.port.Gateway;
import org.bellwire.api.port.Limit;
import org.bellwire.api.port.Reply;
import org.bellwire.testkit.FakeBus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProbePortTest {

    private static final ActionUrls CORE = url -> CompletableFuture.completedFuture(Reply.ACCEPTED);
    private static Optional<String> fault = Optional.empty();

    private static final Gateway INGRESS = new Gateway() {
        @Override
        public Optional<String> fault() {
            return fault;
        }

        @Override
        public String host() {
            return "192.0.2.1";
        }

        @Override
        public int port() {
            return 8087;
        }

        @Override
        public Secret token() {
            return new Secret("Zm9vYmFyYmF6cXV4MTIzNDU2");
        }
    };

    private final HttpClient client = HttpClient.newHttpClient();
    private final FakeBus bus = BusFigures.bus();
    private final Metrics metrics = new Metrics();
    private final Draining draining = new DrainSwitch();
    private ProbePort port = beside(Optional.of(bus), Optional.of(CORE), Optional.of(INGRESS));

    private ProbePort beside(Optional<Bus> mqtt, Optional<ActionUrls> core, Optional<Gateway> ingress) {
        return new ProbePort(metrics, draining, Map.of("port", "0"), mqtt, core, ingress);
    }

    @BeforeEach
    void start() {
        port.start();
    }

    @AfterEach
    void leave() {
        port.close();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return ask("GET", path);
    }

    private HttpResponse<String> ask(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void healthy_bellwire_answers_200() throws Exception {
        assertThat(get("/health").statusCode()).isEqualTo(200);
        assertThat(get("/health").body()).isEqualTo("{\"status\":\"ok\",\"connected\":true,\"queue\":3,\"spool\":5}");
    }

    @Test
    void bellwire_without_a_broker_is_degraded_as_long_as_its_disk_serves() throws Exception {
        bus.is(BusFigures.AWAY);
        assertThat(get("/health").statusCode()).isEqualTo(200);
        assertThat(get("/health").body()).contains("\"status\":\"degraded\"", "kept on disk");
        bus.is(BusFigures.ILL);
        assertThat(get("/health").statusCode()).isEqualTo(503);
        assertThat(get("/health").body()).contains("\"status\":\"down\"", "no connection", "the disk is full");
        bus.is(BusFigures.WELL);
        assertThat(get("/health").statusCode()).isEqualTo(200);
    }

    @Test
    void drained_gateway_answers_503_until_that_is_undone() throws Exception {
        assertThat(draining.set(true)).isTrue();
        assertThat(draining.set(true)).as("it is").isFalse();
        assertThat(get("/health").statusCode()).isEqualTo(503);
        assertThat(get("/health").body()).contains("\"status\":\"draining\"", "phone:drain --off");
        assertThat(get("/metrics").body()).as("phones are answered").contains("bellwire_healthy 1.0");
        draining.set(false);
        assertThat(get("/health").statusCode()).isEqualTo(200);
        assertThat(get("/health").body()).doesNotContain("reason");
    }

    @Test
    void gateway_that_is_down_says_so_though_it_is_drained() throws Exception {
        draining.set(true);
        bus.is(BusFigures.ILL);
        assertThat(get("/health").body()).contains("\"status\":\"down\"", "the disk is full");
    }

    @Test
    void missing_part_is_answered_503_with_its_name() throws Exception {
        restart(beside(Optional.of(bus), Optional.of(CORE), Optional.empty()));
        assertThat(get("/health").statusCode()).isEqualTo(503);
        assertThat(get("/health").body()).contains("ingress");
        restart(beside(Optional.of(bus), Optional.empty(), Optional.empty()));
        assertThat(get("/health").body()).contains("core");
        restart(beside(Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(get("/health").body()).contains("mqtt");
        assertThat(get("/metrics").body()).contains("bellwire_healthy 0.0");
    }

    private void restart(ProbePort other) {
        port.close();
        port = other;
        port.start();
    }

    @Test
    void gateway_that_takes_nobody_is_down() throws Exception {
        fault = Optional.of("2000 connections are open: end what holds them");
        try {
            assertThat(get("/health").statusCode()).isEqualTo(503);
            assertThat(get("/health").body()).contains("\"status\":\"down\"").contains("end what holds them");
        } finally {
            fault = Optional.empty();
        }
        assertThat(get("/health").statusCode()).isEqualTo(200);
    }

    @Test
    void limits_that_were_reached_are_counted_by_name() throws Exception {
        assertThat(get("/health").body()).doesNotContain("limits");
        metrics.reached(Limit.INGRESS_CONNECTIONS);
        metrics.reached(Limit.INGRESS_CONNECTIONS);
        assertThat(get("/health").body()).contains("\"limits\":{\"ingress_connections\":2}");
        assertThat(get("/metrics").body())
                .contains("bellwire_limits_reached_total{limit=\"ingress_connections\"} 2.0")
                .contains("bellwire_limits_reached_total{limit=\"ingress_connections_per_address\"} 0.0");
    }

    @Test
    void metrics_are_prometheus_text() throws Exception {
        metrics.answered(404);
        metrics.answered(418);
        metrics.resulted(Status.UNREACHABLE);
        HttpResponse<String> answer = get("/metrics");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain; version=0.0.4");
        assertThat(answer.body().lines())
                .contains(
                        "# TYPE bellwire_requests_total counter",
                        "bellwire_requests_total{status=\"404\"} 1.0",
                        "bellwire_requests_total{status=\"418\"} 1.0",
                        "bellwire_requests_total{status=\"200\"} 0.0",
                        "bellwire_refusals_total{reason=\"token\"} 0.0",
                        "bellwire_command_results_total{status=\"unreachable\"} 1.0",
                        "bellwire_events_accepted_total 100.0",
                        "bellwire_events_dropped_total 0.0",
                        "# TYPE bellwire_queue_messages gauge",
                        "bellwire_queue_messages 3.0",
                        "bellwire_broker_connected 1.0",
                        "bellwire_spool_usable 1.0",
                        "bellwire_healthy 1.0")
                .allMatch(line -> line.matches("# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\\{[a-z]+=\"[^\"]+\"})? [0-9.E]+"))
                .doesNotHaveDuplicates();
    }

    @Test
    void nothing_else_is_there() throws Exception {
        for (String path : List.of("/", "/health/", "/metrics/x", "/..", "/%2e%2e/etc")) {
            assertThat(get(path).statusCode()).as(path).isIn(400, 404);
            assertThat(get(path).body()).as(path).doesNotContainIgnoringCase("jetty");
        }
        assertThat(ask("POST", "/health").statusCode()).isEqualTo(405);
        assertThat(ask("HEAD", "/health").statusCode()).isEqualTo(200);
    }

    @Test
    void answers_hold_no_token() throws Exception {
        String all = get("/health").headers().map()
                + get("/health").body()
                + get("/metrics").body();
        assertThat(all).doesNotContain(INGRESS.token().reveal()).doesNotContainIgnoringCase("server=");
    }

    @Test
    void slow_clients_do_not_keep_probes_waiting() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 25; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port.port());
                socket.getOutputStream().write("GET /hea".getBytes(StandardCharsets.US_ASCII));
                slow.add(socket);
            }
            assertThat(get("/health").statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void wrong_file_changes_nothing_and_a_right_one_moves_the_port() throws Exception {
        int before = port.port();
        port.modified(Map.of("port", "many"));
        assertThat(port.port()).isEqualTo(before);
        port.modified(Map.of("port", "0"));
        assertThat(port.port()).as("the same settings").isEqualTo(before);
        port.modified(Map.of("port", "0", "host", "localhost"));
        assertThat(get("/health").statusCode()).isEqualTo(200);
    }

    @Test
    void port_that_is_taken_does_no_other_harm() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port.modified(Map.of("port", String.valueOf(taken.getLocalPort())));
            assertThat(port.port()).isZero();
        }
        port.modified(Map.of("port", "0"));
        assertThat(get("/health").statusCode()).isEqualTo(200);
    }

    @Test
    void port_is_the_web_containers_while_there_is_one() throws Exception {
        Map<String, Object> container = Map.of("osgi.http.endpoint", new String[] {"http://127.0.0.1:8181/"});
        port.bindContainer(container);
        assertThat(port.port()).isZero();
        port.modified(Map.of("port", "0", "host", "localhost"));
        assertThat(port.port()).as("not by a changed file either").isZero();
        port.unbindContainer(container);
        await().atMost(Duration.ofSeconds(60)).until(() -> port.port() > 0);
        assertThat(get("/health").statusCode()).isEqualTo(200);
    }

    @Test
    void web_container_that_is_about_to_open_its_port_finds_it_free() throws Exception {
        int before = port.port();
        port.bindServer(Map.of());
        try (ServerSocket container = new ServerSocket(before, 1, InetAddress.getLoopbackAddress())) {
            assertThat(container.isBound()).isTrue();
        }
    }

    @Test
    void file_that_changes_while_the_web_container_moves_does_not_take_its_port() {
        Map<String, Object> container = Map.of("osgi.http.endpoint", new String[] {"http://127.0.0.1:8181/"});
        port.bindServer(Map.of());
        port.bindContainer(container);
        port.unbindContainer(container);
        port.modified(Map.of("port", "0", "host", "localhost"));
        assertThat(port.port()).isZero();
    }

    @Test
    void port_that_was_taken_is_opened_once_it_is_free() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port.modified(Map.of("port", String.valueOf(taken.getLocalPort())));
            assertThat(port.port()).isZero();
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> port.port() > 0);
        assertThat(get("/health").statusCode()).isEqualTo(200);
    }

    @Test
    void nothing_opens_after_the_end() {
        port.bindContainer(Map.of());
        port.close();
        port.unbindContainer(Map.of());
        assertThat(port.port()).isZero();
    }

    @Test
    void no_thread_is_left_after_the_end() {
        port.close();
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("bellwire-console")));
    }

    @Test
    void shipped_file_holds_the_defaults() throws IOException {
        Properties file = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("../../config", ProbeSettings.FILE))) {
            file.load(reader);
        }
        Map<String, String> shipped =
                file.stringPropertyNames().stream().collect(Collectors.toMap(key -> key, file::getProperty));
        assertThat(shipped).containsOnlyKeys("host", "port", "token");
        assertThat(ProbeSettings.read(shipped))
                .isEqualTo(ProbeSettings.DEFAULT)
                .isEqualTo(ProbeSettings.read(Map.of()));
    }
}
