package org.bellwire.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.bellwire.api.port.Reply;
import org.bellwire.ingress.server.HttpServer;
import org.bellwire.ingress.server.RawHttpClient;
import org.junit.jupiter.api.Test;

/** What one phone can do to the others: nothing. */
class LimitsTest {

    private static final String BASE = "/action/htek/" + IngressFixture.TOKEN;
    private static final String END = " HTTP/1.1\r\n\r\n";

    @Test
    void address_that_asks_too_often_is_answered_429_and_another_is_not() throws IOException {
        try (IngressFixture site = IngressFixture.with("rate.address", "1/h, burst 5");
                RawHttpClient line = site.line();
                RawHttpClient other = site.lineFrom("127.0.0.7")) {
            for (int i = 0; i < 5; i++) {
                assertThat(line.send("GET " + BASE + "/x" + END).status()).isEqualTo(200);
            }
            assertThat(line.send("GET " + BASE + "/x" + END).status()).isEqualTo(429);
            assertThat(other.send("GET " + BASE + "/x" + END).status()).isEqualTo(200);
            assertThat(site.urls().received()).hasSize(6);
        }
    }

    @Test
    void address_that_guesses_tokens_is_answered_429_after_a_tenth() throws IOException {
        try (IngressFixture site = IngressFixture.with("rate.address", "1/h, burst 50")) {
            for (int i = 0; i < 5; i++) {
                assertThat(site.get("/action/htek/guess" + i + "/x")).isEqualTo(404);
            }
            assertThat(site.get(BASE + "/x")).as("or guessing would go on").isEqualTo(429);
        }
    }

    @Test
    void forwarded_address_is_believed_from_a_trusted_proxy_only() throws IOException {
        String request = "GET " + BASE + "/x HTTP/1.1\r\nx-forwarded-FOR: 198.51.100.1, 10.9.8.7\r\n\r\n";
        try (IngressFixture site = IngressFixture.with("trusted.proxies", "127.0.0.1");
                RawHttpClient proxy = site.line();
                RawHttpClient other = site.lineFrom("127.0.0.7")) {
            assertThat(proxy.send(request).status()).isEqualTo(200);
            assertThat(site.urls().last().peer().getHostAddress()).isEqualTo("10.9.8.7");
            assertThat(other.send(request).status()).isEqualTo(200);
            assertThat(site.urls().last().peer().getHostAddress()).isEqualTo("127.0.0.7");
        }
    }

    @Test
    void forwarded_address_that_is_foreign_or_unreadable_is_answered_404() throws IOException {
        try (IngressFixture site = IngressFixture.with("trusted.proxies", "127.0.0.1, 10.0.0.0/8");
                RawHttpClient proxy = site.line()) {
            for (String value : List.of("198.51.100.1", "198.51.100.1, 10.1.1.1", "unknown", "10.1.1.1, x", "")) {
                proxy.send("GET " + BASE + "/x HTTP/1.1\r\nX-Forwarded-For: " + value + "\r\n\r\n");
                assertThat(proxy.status()).as(value).isEqualTo(value.isEmpty() ? 200 : 404);
            }
        }
    }

    @Test
    void slow_client_delays_nobody() throws IOException {
        List<RawHttpClient> slow = new ArrayList<>();
        try (IngressFixture site = IngressFixture.with("rate.address", "100000")) {
            for (int i = 0; i < 100; i++) {
                slow.add(site.line().send("GET " + BASE + "/sl"));
            }
            CompletableFuture<Reply> later = new CompletableFuture<>();
            site.urls()
                    .replyWith(url ->
                            url.path().contains("waits") ? later : CompletableFuture.completedFuture(Reply.ACCEPTED));
            for (int i = 0; i < 100; i++) {
                slow.add(site.line().send("GET " + BASE + "/waits" + END));
            }
            await().until(() -> site.urls().received().size() == 100);
            for (int i = 0; i < 100; i++) {
                assertThat(site.get(BASE + "/x")).isEqualTo(200);
            }
            later.complete(Reply.ACCEPTED);
            for (RawHttpClient line : slow.subList(0, 100)) {
                line.send("ow" + END);
            }
            for (RawHttpClient line : slow) {
                assertThat(line.status()).isEqualTo(200);
                line.close();
            }
        }
    }

    @Test
    void connection_that_says_nothing_is_closed() throws IOException {
        try (IngressFixture site = IngressFixture.with();
                RawHttpClient silent = site.line();
                RawHttpClient half = site.line().send("GET /action")) {
            assertThat(silent.status()).isEqualTo(-1);
            assertThat(half.status()).isEqualTo(-1);
        }
    }

    @Test
    void head_that_trickles_is_not_awaited_for_ever() throws IOException {
        try (IngressFixture site = IngressFixture.with();
                RawHttpClient line = site.line().send("GET /action/")) {
            await().pollInterval(Duration.ofMillis(500))
                    .between(Duration.ofSeconds(8), Duration.ofSeconds(30))
                    .until(() -> isBroken(line));
        }
    }

    @Test
    void connections_beyond_the_bound_are_served_and_the_oldest_end() throws IOException {
        List<RawHttpClient> idle = new ArrayList<>();
        try (IngressFixture site = IngressFixture.with("rate.address", "100000")) {
            for (int i = 0; i < 2100; i++) {
                idle.add(site.line());
            }
            RawHttpClient last = idle.get(idle.size() - 1);
            assertThat(last.send("GET " + BASE + "/x" + END).status()).isEqualTo(200);
            assertThat(idle.get(0).status()).isEqualTo(-1);
        } finally {
            for (RawHttpClient line : idle) {
                line.close();
            }
        }
    }

    @Test
    void stop_answers_what_is_under_way_and_leaves_no_thread() throws IOException {
        IngressFixture site = IngressFixture.with("rate.address", "100000");
        CompletableFuture<Reply> later = new CompletableFuture<>();
        site.urls()
                .replyWith(url ->
                        url.path().contains("waits") ? later : CompletableFuture.completedFuture(Reply.ACCEPTED));
        try (RawHttpClient waits = site.line().send("GET " + BASE + "/waits" + END);
                RawHttpClient kept = site.line().send("GET " + BASE + "/x" + END)) {
            assertThat(kept.status()).isEqualTo(200);
            await().until(() -> site.urls().received().size() == 2);
            assertThat(threads()).isNotEmpty();
            int port = site.ingress().port();
            CompletableFuture<Void> stop = CompletableFuture.runAsync(site::close);
            await().until(() -> isRefused(port));
            assertThat(kept.send("GET " + BASE + "/x" + END).status()).isIn(503, -1);
            assertThat(stop).as("a phone still waits").isNotDone();
            later.complete(Reply.ACCEPTED);
            assertThat(waits.status()).isEqualTo(200);
            stop.join();
        }
        assertThat(site.urls().received()).hasSize(2);
        await().untilAsserted(() -> assertThat(threads()).isEmpty());
    }

    @Test
    void ten_restarts_leave_no_thread() throws IOException {
        for (int i = 0; i < 10; i++) {
            try (IngressFixture site = IngressFixture.with()) {
                assertThat(site.get(BASE + "/x")).isEqualTo(200);
            }
        }
        await().untilAsserted(() -> assertThat(threads()).isEmpty());
    }

    private static boolean isRefused(int port) {
        try {
            new RawHttpClient(port).close();
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static boolean isBroken(RawHttpClient line) {
        try {
            line.send("a");
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static List<String> threads() {
        return Stream.of(Thread.getAllStackTraces().keySet().toArray(Thread[]::new))
                .map(Thread::getName)
                .filter(name -> name.startsWith(HttpServer.THREADS))
                .toList();
    }
}
