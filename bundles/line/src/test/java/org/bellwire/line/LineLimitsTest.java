package org.bellwire.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.bellwire.line.LineFixture.OPEN;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.bellwire.api.Scheme;
import org.bellwire.api.port.Limit;
import org.bellwire.api.port.PhoneClient.Address;
import org.bellwire.api.port.PhoneClient.Answer;
import org.bellwire.api.port.PhoneClient.Kind;
import org.bellwire.api.spi.PhoneRequest;
import org.bellwire.testkit.CountingCounters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LineLimitsTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final PhoneRequest REQUEST = new PhoneRequest("/x");
    private static final RequestSender.Surroundings REAL = RequestSender.Surroundings.REAL;

    private final FakeClock clock = new FakeClock();
    private final CountingCounters counters = new CountingCounters();
    private final List<HttpPhoneClient> lines = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (HttpPhoneClient line : lines) {
            line.stop();
        }
    }

    @Test
    void request_beyond_the_most_that_may_be_under_way_is_unreachable_with_the_reason_and_counted() throws Exception {
        HttpPhoneClient line = line(new RequestSender.Bounds(2, 1), clock.surroundings());
        try (FakePhone phone = FakePhone.that(FakePhone.SILENCE)) {
            CompletableFuture<Answer> first = send(line, phone.address(OPEN));
            CompletableFuture<Answer> second = send(line, phone.address(OPEN));
            assertThat(send(line, phone.address(OPEN)))
                    .succeedsWithin(SOON)
                    .isEqualTo(Answer.of(
                            Kind.UNREACHABLE,
                            "not sent to 127.0.0.1:" + phone.port()
                                    + ": 2 requests to phones are under way: send fewer at a time"));
            assertThat(line.probe(phone.address(OPEN)).toCompletableFuture())
                    .succeedsWithin(SOON)
                    .isEqualTo(false);
            assertThat(counters.count(Limit.LINE_REQUESTS)).isEqualTo(2);
            clock.advance(Duration.ofSeconds(5), line);
            assertThat(CompletableFuture.allOf(first, second)).succeedsWithin(SOON);
            assertThat(line.client().underWay()).isZero();
            assertThat(line.probe(phone.address(OPEN)).toCompletableFuture())
                    .succeedsWithin(SOON)
                    .isEqualTo(true);
        }
    }

    @Test
    void phones_wait_for_a_permit_for_tls_and_no_longer_than_their_time() throws Exception {
        HttpPhoneClient line = line(new RequestSender.Bounds(100, 2), clock.surroundings());
        try (FakePhone stalls = FakePhone.that(FakePhone.SILENCE);
                FakePhone plain = FakePhone.that(FakePhone.OK)) {
            Address to = stalls.address(OPEN, Scheme.HTTPS, Optional.empty());
            List<CompletableFuture<Answer>> answers =
                    Stream.generate(() -> send(line, to)).limit(20).toList();
            await().atMost(SOON).until(() -> counters.count(Limit.LINE_TLS) == 18 && stalls.open() == 20);
            assertThat(line.client().permits()).isEqualTo(2);
            assertThat(send(line, plain.address(OPEN))).succeedsWithin(SOON).isEqualTo(Answer.of(Kind.OK, 200));
            clock.advance(Duration.ofSeconds(5), line);
            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer)
                            .succeedsWithin(SOON)
                            .extracting(Answer::kind)
                            .isEqualTo(Kind.UNREACHABLE));
            assertThat(answers)
                    .filteredOn(answer -> answer.join().detail().orElse("").contains("over TLS at a time"))
                    .hasSize(18);
            await().atMost(SOON).until(() -> line.client().permits() == 0);
        }
    }

    @Test
    void names_that_are_looked_up_without_end_delay_no_phone_with_an_address() throws Exception {
        CountDownLatch answers = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        HttpPhoneClient line = line(
                new RequestSender.Bounds(10_000, 1),
                new RequestSender.Surroundings(
                        host -> {
                            asked.incrementAndGet();
                            return hang(answers);
                        },
                        REAL.sockets(),
                        clock));
        try (FakePhone phone = FakePhone.that(FakePhone.OK)) {
            List<CompletableFuture<Answer>> hanging = Stream.generate(() -> send(line, at("phone.example", 80)))
                    .limit(4 + 4096)
                    .toList();
            await().atMost(SOON).until(() -> asked.get() == 4);
            assertThat(send(line, at("phone.example", 80)))
                    .succeedsWithin(SOON)
                    .extracting(answer -> answer.detail().orElse(""))
                    .isEqualTo(
                            "not sent to phone.example:80: the names of 4096 phones are being looked up: check the name"
                                    + " server, or set host to an address");
            assertThat(counters.count(Limit.LINE_LOOKUPS)).isEqualTo(1);
            assertThat(send(line, phone.address(OPEN))).succeedsWithin(SOON).isEqualTo(Answer.of(Kind.OK, 200));

            clock.advance(Duration.ofSeconds(5), line);
            assertThat(hanging).allSatisfy(answer -> assertThat(answer).succeedsWithin(SOON));
            answers.countDown();
            await().atMost(SOON).until(() -> {
                send(line, at("phone.example", 80)).join();
                return asked.get() > 4;
            });
            assertThat(asked).as("nobody asks for those whose time is over").hasValue(5);
        }
    }

    @Test
    void host_with_a_port_in_it_is_looked_up_by_nobody_who_must_not_wait() {
        List<String> threads = new ArrayList<>();
        HttpPhoneClient line = line(
                RequestSender.Bounds.DEFAULT,
                new RequestSender.Surroundings(
                        host -> {
                            threads.add(Thread.currentThread().getName());
                            throw new UnknownHostException(host);
                        },
                        REAL.sockets(),
                        clock));
        assertThat(send(line, at("phone:8080", 80))).succeedsWithin(SOON);
        assertThat(threads).singleElement().asString().startsWith("bellwire-line-names-");
    }

    @Test
    void name_with_thousands_of_addresses_is_tried_at_a_few() {
        AtomicInteger opened = new AtomicInteger();
        InetAddress[] many =
                Stream.generate(InetAddress::getLoopbackAddress).limit(4000).toArray(InetAddress[]::new);
        HttpPhoneClient line = line(
                RequestSender.Bounds.DEFAULT,
                new RequestSender.Surroundings(
                        host -> many,
                        () -> {
                            opened.incrementAndGet();
                            throw new SocketException("in a test");
                        },
                        clock));
        assertThat(send(line, at("phone.example", 80))).succeedsWithin(SOON);
        assertThat(opened).hasValue(8);
    }

    @Test
    void missing_descriptors_are_told_counted_and_logged_once() throws Exception {
        HttpPhoneClient line = line(
                RequestSender.Bounds.DEFAULT,
                new RequestSender.Surroundings(
                        REAL.lookup(),
                        () -> {
                            throw new SocketException("Too many open files");
                        },
                        clock));
        long before = logged("allow the process more open files");
        for (int i = 0; i < 100; i++) {
            assertThat(send(line, at("127.0.0.1", 80)))
                    .succeedsWithin(SOON)
                    .isEqualTo(Answer.of(
                            Kind.UNREACHABLE,
                            "not sent to 127.0.0.1:80: no connection can be opened (Too many open files): allow the"
                                    + " process more open files (ulimit -n, LimitNOFILE)"));
        }
        assertThat(counters.count(Limit.LINE_DESCRIPTORS)).isEqualTo(100);
        assertThat(logged("allow the process more open files") - before).isEqualTo(1);
        assertThat(line.client().underWay()).isZero();
    }

    @Test
    void fault_while_a_connection_is_made_is_answered_and_leaves_nothing() {
        HttpPhoneClient line = line(
                RequestSender.Bounds.DEFAULT,
                new RequestSender.Surroundings(
                        REAL.lookup(),
                        () -> {
                            throw new NoClassDefFoundError("in a test");
                        },
                        clock));
        assertThat(send(line, at("127.0.0.1", 80)))
                .succeedsWithin(SOON)
                .extracting(answer -> answer.detail().orElse(""))
                .asString()
                .contains("a fault of Bellwire");
        assertThat(line.client().underWay()).isZero();
    }

    @Test
    void answer_that_is_too_long_is_counted() throws Exception {
        HttpPhoneClient line = line(RequestSender.Bounds.DEFAULT, clock.surroundings());
        try (FakePhone phone = FakePhone.that(FakePhone.raw("HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(100_000)))) {
            assertThat(send(line, phone.address(OPEN)))
                    .succeedsWithin(SOON)
                    .extracting(Answer::kind)
                    .isEqualTo(Kind.FAILED);
            assertThat(counters.count(Limit.LINE_ANSWERS)).isEqualTo(1);
        }
    }

    private HttpPhoneClient line(RequestSender.Bounds bounds, RequestSender.Surroundings surroundings) {
        try {
            HttpPhoneClient line = new HttpPhoneClient(Map.of(), bounds, surroundings, Optional.of(counters));
            line.start();
            lines.add(line);
            return line;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static CompletableFuture<Answer> send(HttpPhoneClient line, Address to) {
        return line.send(to, REQUEST).toCompletableFuture();
    }

    private static InetAddress[] hang(CountDownLatch until) throws UnknownHostException {
        try {
            until.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new UnknownHostException("in a test");
    }

    private static long logged(String text) throws IOException {
        try (Stream<String> log = Files.lines(
                Path.of(System.getProperty("org.slf4j.simpleLogger.logFile", "target/test.log")),
                java.nio.charset.StandardCharsets.ISO_8859_1)) {
            return log.filter(line -> line.contains(text)).count();
        }
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
