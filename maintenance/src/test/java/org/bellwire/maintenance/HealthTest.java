package org.bellwire.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HealthTest {

    @TempDir
    private Path temp;

    /** Answers 503 so many times, then 200. */
    private static HttpServer probe(int bad) throws IOException {
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/health", exchange -> {
            boolean well = asked.incrementAndGet() > bad;
            byte[] text = (well ? "{\"status\":\"ok\"}" : "{\"reason\":\"starting\"}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(well ? 200 : 503, text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        server.start();
        return server;
    }

    private FakeInstallation at(int port) {
        return new FakeInstallation(temp).with("etc/org.bellwire.console.cfg", "host = 0.0.0.0\nport = " + port + "\n");
    }

    @Test
    void answer_of_a_bellwire_that_is_well_is_shown() throws IOException {
        HttpServer server = probe(0);
        FakeInstallation bellwire = at(server.getAddress().getPort());
        assertThat(bellwire.runs("", "health")).isZero();
        assertThat(bellwire.printed()).contains("\"ok\"");
        server.stop(0);
    }

    @Test
    void bellwire_that_is_not_well_fails_the_command_and_says_why() throws IOException {
        HttpServer server = probe(Integer.MAX_VALUE);
        FakeInstallation bellwire = at(server.getAddress().getPort());
        assertThat(bellwire.runs("", "health")).isEqualTo(1);
        assertThat(bellwire.printed()).contains("starting");
        server.stop(0);
    }

    @Test
    void command_waits_until_it_is_well() throws IOException {
        HttpServer server = probe(2);
        FakeInstallation bellwire = at(server.getAddress().getPort());
        assertThat(bellwire.runs("", "health", "--wait", "60")).isZero();
        assertThat(bellwire.printed()).contains("\"ok\"").doesNotContain("starting");
        server.stop(0);
    }

    @Test
    void error_page_of_a_web_server_that_is_still_starting_is_not_shown() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] page = "<html>Not Found</html>".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(404, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
        FakeInstallation bellwire = at(server.getAddress().getPort());
        assertThat(bellwire.runs("", "health")).isEqualTo(1);
        assertThat(bellwire.printed())
                .contains("answers 404", "still starting", "health --wait 60")
                .doesNotContain("<html>");
        server.stop(0);
    }

    @Test
    void nobody_at_the_port_is_told_with_the_address() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        FakeInstallation bellwire = at(port);
        assertThat(bellwire.runs("", "health")).isEqualTo(1);
        assertThat(bellwire.printed()).contains("http://127.0.0.1:" + port + "/health does not answer");
    }
}
