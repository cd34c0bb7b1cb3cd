package org.bellwire.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bellwire.api.Status;
import org.bellwire.api.port.ActionUrl;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.Limit;
import org.bellwire.api.port.Refusal;
import org.bellwire.api.port.Reply;
import org.bellwire.ingress.server.RawHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract's table of answers. */
class AnswersTest {

    private static final String BASE = "/action/htek/" + IngressFixture.TOKEN;
    private static final String END = " HTTP/1.1\r\nHost: x\r\n\r\n";

    private final IngressFixture site = IngressFixture.with("rate.address", "100000");

    @AfterEach
    void close() {
        site.close();
    }

    @ParameterizedTest
    @EnumSource(Reply.class)
    void reply_of_core_is_the_answer(Reply reply) throws IOException {
        site.urls().replyWith(reply);
        assertThat(site.get(BASE + "/x")).isEqualTo(reply.status());
    }

    @ParameterizedTest
    @EnumSource(Reply.class)
    void reply_that_comes_later_is_the_answer(Reply reply) throws IOException {
        CompletableFuture<Reply> later = new CompletableFuture<>();
        site.urls().replyWith(url -> later);
        try (RawHttpClient line = site.line()) {
            line.send("GET " + BASE + "/x" + END);
            await().until(() -> !site.urls().received().isEmpty());
            later.complete(reply);
            assertThat(line.status()).isEqualTo(reply.status());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Reply.class,
            names = {"NOT_FOUND", "TOO_MANY"},
            mode = EnumSource.Mode.EXCLUDE)
    void connection_goes_on_after_a_reply_that_comes_later(Reply reply) throws IOException {
        CompletableFuture<Reply> later = new CompletableFuture<>();
        site.urls().replyWith(url -> later);
        try (RawHttpClient line = site.line()) {
            line.send("GET " + BASE + "/x" + END);
            await().until(() -> !site.urls().received().isEmpty());
            later.complete(reply);
            assertThat(line.status()).isEqualTo(reply.status());
            line.send("GET " + BASE + "/y" + END);
            assertThat(line.status()).isEqualTo(reply.status());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Reply.class,
            names = {"NOT_FOUND", "TOO_MANY"})
    void connection_ends_after_a_refusal_and_says_so(Reply reply) throws IOException {
        site.urls().replyWith(reply);
        try (RawHttpClient line = site.line()) {
            line.send("GET " + BASE + "/x" + END + "GET " + BASE + "/y" + END);
            assertThat(line.rest())
                    .startsWith("HTTP/1.1 " + reply.status())
                    .containsOnlyOnce("HTTP/1.1")
                    .contains("Connection: close");
        }
        assertThat(site.urls().received()).hasSize(1);
    }

    @Test
    void connection_of_a_trusted_proxy_goes_on_after_a_refusal_for_it_has_others_beside() throws IOException {
        try (IngressFixture behind = IngressFixture.with("trusted.proxies", "127.0.0.1");
                RawHttpClient proxy = behind.line()) {
            assertThat(proxy.send("GET /nowhere" + END).answer()).doesNotContain("Connection: close");
            assertThat(proxy.send("GET " + BASE + "/x" + END).status()).isEqualTo(200);
        }
    }

    @Test
    void reply_that_never_comes_is_answered_503() throws IOException {
        site.urls().replyWith(url -> new CompletableFuture<>());
        try (RawHttpClient line = site.line()) {
            line.send("GET " + BASE + "/x" + END);
            assertThat(line.rest()).startsWith("HTTP/1.1 503");
        }
    }

    @Test
    void core_that_throws_is_answered_503() throws IOException {
        site.urls().replyWith(url -> {
            throw new IllegalStateException("as a test wants it");
        });
        assertThat(site.get(BASE + "/x")).isEqualTo(503);
    }

    @Test
    void core_that_is_away_is_answered_503() throws IOException {
        try (IngressFixture alone = IngressFixture.withoutCore()) {
            assertThat(alone.get(BASE + "/x")).isEqualTo(503);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "get", "CONNECT"})
    void method_that_is_no_get_is_answered_405(String method) throws IOException {
        assertThat(site.status(method + " " + BASE + "/x" + END)).isEqualTo(405);
        assertThat(site.urls().received()).isEmpty();
    }

    @Test
    void post_with_a_body_is_answered_before_the_connection_ends() throws IOException {
        try (RawHttpClient line = site.line()) {
            line.send("POST " + BASE + "/x HTTP/1.1\r\nContent-Length: 100000\r\n\r\n" + "a".repeat(100_000));
            assertThat(line.rest().lines())
                    .containsExactly(
                            "HTTP/1.1 405 Method Not Allowed",
                            "Allow: GET, HEAD",
                            "Content-Length: 0",
                            "Connection: close",
                            "");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /x\r\n\r\n",
                "GET /x HTTP/2.0\r\n\r\n",
                "GET /x HTTP/1.\r\n\r\n",
                "GET /x http/1.1\r\n\r\n",
                "GET HTTP/1.1\r\n\r\n",
                "GET  HTTP/1.1\r\n\r\n",
                "nonsense\r\n\r\n",
                " HTTP/1.1\r\n\r\n",
                "\r\n\r\n\r\n\r\n",
            })
    void line_that_is_no_request_is_answered_400(String request) throws IOException {
        assertThat(site.status(request)).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET %s HTTP/1.1\r\nContent-Length : 5\r\n\r\nHello",
                "GET %s HTTP/1.1\r\nContent-Length\t: 5\r\n\r\nHello",
                "GET %s HTTP/1.1\r\nAccept : */*\r\n\r\n",
                "GET %s HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n",
                "GET %s HTTP/1.1\r\nHost: x\r\n\tfolded: 1\r\n\r\n",
                "GET %s HTTP/1.1\r\n Host: x\r\n\r\n",
                "GET %s HTTP/1.1\r\nHost: x\rContent-Length: 5\r\n\r\n",
                "GET %s HTTP/1.1\r\nHost: x\r\r\n\r\n",
                "GET %s HTTP/1.1\r\nHost: x\n\r\r\n",
                "GET %s HTTP/1.1\r\r\n\r\n",
                "GET %s HTTP/1.1\rHost: x\r\n\r\n",
                "GET %s?a=\rb HTTP/1.1\r\n\r\n",
                "GET\r %s HTTP/1.1\r\n\r\n",
                "\rGET %s HTTP/1.1\r\n\r\n",
            })
    void head_that_readers_understand_differently_is_answered_400(String form) throws IOException {
        try (RawHttpClient line = site.line()) {
            line.send(form.formatted(BASE + "/x"));
            assertThat(line.rest()).startsWith("HTTP/1.1 400 ").contains("Connection: close");
        }
        assertThat(site.urls().received()).isEmpty();
    }

    @Test
    void target_of_4_kib_is_accepted_and_a_longer_one_answered_414() throws IOException {
        String start = BASE + "/x?a=";
        String longest = start + "a".repeat(4096 - start.length());
        assertThat(site.get(longest)).isEqualTo(200);
        assertThat(site.get(longest + "a")).isEqualTo(414);
    }

    @Test
    void line_without_end_is_answered_414() throws IOException {
        assertThat(site.status("GET /" + "a".repeat(5000))).isEqualTo(414);
    }

    @Test
    void headers_of_8_kib_are_accepted_and_larger_ones_answered_431() throws IOException {
        String line = "GET " + BASE + "/x HTTP/1.1\r\n";
        String most = "A: " + "a".repeat(8192 - 7) + "\r\n\r\n";
        assertThat(site.status(line + most)).isEqualTo(200);
        assertThat(site.status(line + "b" + most)).isEqualTo(431);
        assertThat(site.status(line + "A: " + "a".repeat(9000)))
                .as("one line without end")
                .isEqualTo(431);
        assertThat(site.status(line + "A: b\r\n".repeat(2000))).as("many lines").isEqualTo(431);
    }

    @Test
    void both_at_their_limits_fit() throws IOException {
        String start = BASE + "/x?a=";
        String longest = start + "a".repeat(4096 - start.length());
        assertThat(site.status("\r\n\r\nGET " + longest + " HTTP/1.1\r\nA: " + "a".repeat(8192 - 7) + "\r\n\r\n"))
                .isEqualTo(200);
    }

    @Test
    void refusals_that_mean_not_found_are_the_same_bytes() throws IOException {
        Set<String> answers = new HashSet<>();
        for (String target : List.of(
                "/action/htek/wrongwrongwrongwrongwrong/x",
                "/action/nobody/" + IngressFixture.TOKEN + "/x",
                "/action/htek/" + IngressFixture.TOKEN.substring(1),
                "/action/htek//x",
                "/action/htek",
                "/action/",
                "/",
                "*",
                "x",
                "http://x",
                "/favicon.ico",
                "/ACTION/htek/" + IngressFixture.TOKEN + "/x",
                "/../action/htek/" + IngressFixture.TOKEN + "/x")) {
            try (RawHttpClient line = site.line()) {
                answers.add(line.send("GET " + target + END).answer());
            }
        }
        try (IngressFixture foreign = IngressFixture.with("networks", "192.0.2.0/24");
                RawHttpClient line = foreign.line()) {
            answers.add(line.send("GET " + BASE + "/x" + END).answer());
            assertThat(foreign.urls().received()).isEmpty();
        }
        assertThat(answers).containsExactly("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    }

    @Test
    void token_of_a_phone_is_left_to_core() throws IOException {
        site.urls().replyWith(Reply.ACCEPTED);
        assertThat(site.get("/action/htek/ownownownownownownown/x")).isEqualTo(200);
        ActionUrl url = site.urls().last();
        assertThat(url.siteToken()).isFalse();
        assertThat(url.token()).isEqualTo("ownownownownownownown");
    }

    /** Keeps what is counted. */
    private static final class Counted implements Counters {
        private final List<Integer> answers = new CopyOnWriteArrayList<>();
        private final List<Refusal> refusals = new CopyOnWriteArrayList<>();

        @Override
        public void answered(int httpStatus) {
            answers.add(httpStatus);
        }

        @Override
        public void refused(Refusal reason) {
            refusals.add(reason);
        }

        @Override
        public void resulted(Status status) {
            throw new AssertionError("no command here");
        }

        @Override
        public void reached(Limit limit) {
            throw new AssertionError("no limit is reached here");
        }
    }

    @Test
    void refusals_that_are_answered_alike_are_counted_apart() throws IOException {
        Counted counted = new Counted();
        try (IngressFixture strict =
                        IngressFixture.counted(counted, "rate.address", "1/h, burst 22", "networks", "127.0.0.0/29");
                RawHttpClient foreign = strict.lineFrom("127.0.0.9")) {
            assertThat(foreign.send("GET " + BASE + "/x" + END).status()).isEqualTo(404);
            assertThat(strict.get("/nowhere")).isEqualTo(404);
            assertThat(strict.get("/action/nobody/" + IngressFixture.TOKEN + "/x"))
                    .isEqualTo(404);
            strict.urls().replyWith(Reply.TOO_MANY);
            assertThat(strict.get(BASE + "/x")).isEqualTo(429);
            assertThat(strict.get(BASE + "/x")).isEqualTo(429);
            assertThat(strict.get(BASE + "/x")).isEqualTo(429);
        }
        assertThat(counted.refusals)
                .containsExactly(
                        Refusal.NETWORK,
                        Refusal.TOKEN,
                        Refusal.TOKEN,
                        Refusal.PHONE_RATE,
                        Refusal.PHONE_RATE,
                        Refusal.ADDRESS_RATE);
    }

    @Test
    void every_answer_is_counted_once_for_whoever_counts() throws IOException {
        Counted counted = new Counted();
        try (IngressFixture watched = IngressFixture.counted(counted)) {
            watched.get(BASE + "/x");
            watched.get("/nowhere");
            watched.status("POST " + BASE + "/x" + END);
            watched.status("nonsense\r\n\r\n");
        }
        assertThat(counted.answers).containsExactly(200, 404, 405, 400);
    }
}
