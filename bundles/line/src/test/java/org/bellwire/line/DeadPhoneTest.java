package org.bellwire.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.bellwire.line.LineFixture.OPEN;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.bellwire.api.Scheme;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.PhoneClient.Address;
import org.bellwire.api.port.PhoneClient.Answer;
import org.bellwire.api.port.PhoneClient.Kind;
import org.bellwire.api.spi.PhoneRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadPhoneTest {

    private static final PhoneRequest REQUEST = new PhoneRequest("/x");

    @RegisterExtension
    final LineFixture fixture = new LineFixture(Map.of("connect.timeout.ms", "400", "timeout.ms", "800"));

    @Test
    void phone_that_never_answers_is_unreachable_in_time() throws Exception {
        try (FakePhone phone = FakePhone.that(FakePhone.SILENCE)) {
            long before = System.nanoTime();
            Answer answer = fixture.send(phone.address(OPEN), "/");
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(700));
            assertThat(answer.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(answer.detail())
                    .hasValue("no complete answer from 127.0.0.1:" + phone.port() + " within 800 ms");
            await().untilAsserted(
                            () -> assertThat(phone.requests()).as("sent once").hasSize(1));
            await().untilAsserted(() -> assertThat(phone.open()).isZero());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nX-A: "})
    void phone_that_drips_before_its_headers_end_is_cut(String head) throws Exception {
        try (FakePhone phone = FakePhone.that(FakePhone.drip(head, "H"))) {
            assertThat(fixture.send(phone.address(OPEN), "/").kind()).isIn(Kind.UNREACHABLE, Kind.FAILED);
        }
    }

    @Test
    void error_that_drips_is_still_that_error() throws Exception {
        fixture.line().modified(Map.of("timeout.ms", "2000"));
        try (FakePhone phone = FakePhone.that(FakePhone.drip("HTTP/1.1 500 Oh\r\nContent-Length: 9999\r\n\r\n", "H"))) {
            assertThat(fixture.send(phone.address(OPEN), "/").httpStatus()).hasValue(500);
        }
    }

    @Test
    void phone_that_hangs_up_without_an_answer_is_unreachable_and_not_asked_again() throws Exception {
        fixture.line().modified(Map.of("timeout.ms", "9000"));
        try (FakePhone phone = FakePhone.that(FakePhone.raw(""))) {
            Answer answer = fixture.send(phone.address(OPEN), "/");
            assertThat(answer.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(answer.detail().orElse("")).endsWith("closed the connection without an answer");
            assertThat(phone.requests()).hasSize(1);
        }
    }

    @Test
    void nobody_at_the_port_is_unreachable_and_says_what_to_check() throws Exception {
        try (Socket nobody = deafPort()) {
            Address to = at("127.0.0.1", nobody.getLocalPort());
            Answer answer = fixture.send(to, "/");
            assertThat(answer)
                    .isEqualTo(Answer.of(
                            Kind.UNREACHABLE,
                            "127.0.0.1:" + to.port() + " refuses connections: check host and port in"
                                    + " org.bellwire.phone-desk.cfg, and that the phone is on"));
            assertThat(fixture.line().probe(to).toCompletableFuture().get()).isFalse();
        }
    }

    @Test
    void full_backlog_is_unreachable_after_the_connect_timeout() throws Exception {
        fixture.line().modified(Map.of("connect.timeout.ms", "400", "timeout.ms", "20000"));
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Address to = at("127.0.0.1", full.getLocalPort());
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> !fixture.line().probe(to).toCompletableFuture().get());
            assertThat(fixture.send(to, "/").detail())
                    .hasValue("no connection to 127.0.0.1:" + to.port() + " within 400 ms");
        }
    }

    @Test
    void unknown_name_is_unreachable() throws Exception {
        Address to = at("no-such-phone.invalid", 80);
        Answer answer = fixture.send(to, "/");
        assertThat(answer.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(fixture.line().probe(to).toCompletableFuture().get()).isFalse();
    }

    @Test
    void open_port_answers_a_probe_without_a_request() throws Exception {
        try (FakePhone phone = FakePhone.that(FakePhone.OK)) {
            assertThat(fixture.line()
                            .probe(phone.address(OPEN))
                            .toCompletableFuture()
                            .get())
                    .isTrue();
            assertThat(phone.requests()).isEmpty();
        }
    }

    @Test
    void dead_phones_do_not_delay_a_living_one() throws Exception {
        try (FakePhone dead = FakePhone.that(FakePhone.SILENCE);
                FakePhone living = FakePhone.that(FakePhone.OK)) {
            fixture.line().modified(Map.of("timeout.ms", "20000"));
            for (int i = 0; i < 200; i++) {
                fixture.line().send(at("127.0.1." + (i + 1), dead.port()), REQUEST);
                fixture.line().send(dead.address(OPEN), REQUEST);
            }
            long before = System.nanoTime();
            assertThat(fixture.send(living.address(OPEN), "/").kind()).isEqualTo(Kind.OK);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void phones_behind_one_address_do_not_crowd_one_another_out() throws Exception {
        try (FakePhone base = FakePhone.that(FakePhone.SILENCE)) {
            fixture.line().modified(Map.of("timeout.ms", "20000"));
            for (int i = 0; i < 40; i++) {
                fixture.line().send(FakePhone.of("handset-" + i, base.address(OPEN)), REQUEST);
            }
            await().untilAsserted(() -> assertThat(base.requests()).hasSize(40));
        }
    }

    @Test
    void phones_that_are_not_talked_to_are_forgotten() throws Exception {
        try (FakePhone phone = FakePhone.that(FakePhone.OK);
                Socket nobody = deafPort()) {
            int dead = nobody.getLocalPort();
            List<CompletableFuture<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                String host = "127.0." + (i / 250 + 2) + "." + (i % 250 + 1);
                answers.add(fixture.line().send(at(host, dead), REQUEST).toCompletableFuture());
            }
            answers.add(fixture.line().send(phone.address(OPEN), REQUEST).toCompletableFuture());
            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).get();
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(
                            () -> assertThat(fixture.line().connections()).isZero());
        }
    }

    @Test
    void stopping_answers_what_is_under_way_and_leaves_no_thread() throws Exception {
        Set<Thread> earlier = lookingUp();
        HttpPhoneClient line = LineFixture.started(Map.of(), RequestSender.Surroundings.REAL, Counters.NONE);
        try (FakePhone phone = FakePhone.that(FakePhone.SILENCE)) {
            CompletableFuture<Answer> answer =
                    line.send(phone.address(OPEN), REQUEST).toCompletableFuture();
            await().until(() -> !phone.requests().isEmpty());
            fixture.line().stop();
            line.stop();
            assertThat(answer)
                    .succeedsWithin(Duration.ofSeconds(2))
                    .extracting(Answer::kind)
                    .isEqualTo(Kind.UNREACHABLE);
            assertThat(line.send(phone.address(OPEN), REQUEST).toCompletableFuture())
                    .succeedsWithin(Duration.ofSeconds(2))
                    .extracting(Answer::kind)
                    .isEqualTo(Kind.UNREACHABLE);
            assertThat(line.probe(phone.address(OPEN)).toCompletableFuture())
                    .succeedsWithin(Duration.ofSeconds(2))
                    .isEqualTo(false);
            await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> !earlier.contains(thread))
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("bellwire-line")));
        }
    }

    @Test
    void threads_are_few_daemons_and_named() throws Exception {
        try (FakePhone phone = FakePhone.that(FakePhone.OK)) {
            for (int i = 0; i < 50; i++) {
                fixture.send(phone.address(OPEN), "/");
            }
            List<Thread> ours = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("bellwire-line"))
                    .toList();
            assertThat(ours).hasSizeBetween(1, 7).allMatch(Thread::isDaemon);
        }
    }

    /** Threads that another test left in a question to the name server, which nothing can interrupt. */
    private static Set<Thread> lookingUp() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("bellwire-line-names-"))
                .collect(Collectors.toSet());
    }

    /** A port that is taken, so that no other gets it, but where nobody listens. */
    private static Socket deafPort() throws IOException {
        Socket nobody = new Socket();
        nobody.bind(new InetSocketAddress(0));
        return nobody;
    }

    private static Address at(String host, int port) {
        return new Address(
                "desk",
                Scheme.HTTP,
                host,
                port,
                OPEN,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
