package org.bellwire.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.bellwire.line.LineFixture.OPEN;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.bellwire.api.Scheme;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.PhoneClient.Address;
import org.bellwire.api.port.PhoneClient.Answer;
import org.bellwire.api.port.PhoneClient.Kind;
import org.bellwire.api.spi.PhoneRequest;
import org.bellwire.line.ClosingPhone.Point;
import org.bellwire.line.ClosingPhone.Way;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way in which a connection to a phone can end, at every point of it. The time stands still but where a test puts it on. */
class PhoneConnectionEndingsTest {

    private static final Duration WHOLE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(2);
    private static final Set<Way> ENDLESS = EnumSet.of(Way.SILENCE, Way.DRIP, Way.NEVER_READING);
    private static final UnixOperatingSystemMXBean PROCESS =
            (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    @TempDir
    static Path dir = Path.of("set by JUnit");

    private static PhoneCertificate certificate;

    private FakeClock clock;
    private HttpPhoneClient line;

    @BeforeAll
    static void makeCertificate() throws Exception {
        certificate = PhoneCertificate.in(dir, "phone");
    }

    @BeforeEach
    void open() throws Exception {
        clock = new FakeClock();
        line = LineFixture.started(Map.of(), clock.surroundings(), Counters.NONE);
    }

    @AfterEach
    void close() throws Exception {
        line.stop();
    }

    /** What there is before and after. */
    private record Held(long descriptors, int keys, int requests, int permits, int waiting) {
        long sum() {
            return descriptors + keys + requests + permits + waiting;
        }

        Held since(Held before) {
            return new Held(
                    Math.max(0, descriptors - before.descriptors),
                    keys - before.keys,
                    requests - before.requests,
                    permits - before.permits,
                    waiting - before.waiting);
        }
    }

    @Test
    void connection_that_ends_anyhow_at_any_point_is_answered_rightly_and_leaves_nothing() throws Exception {
        StringBuilder table = new StringBuilder();
        for (Optional<PhoneCertificate> tls : List.of(Optional.<PhoneCertificate>empty(), Optional.of(certificate))) {
            play(Point.AFTER_ANSWER, Way.FIN, tls); // what is made once is there now
            Set<String> threads = threads();
            for (Point point : Point.values()) {
                if (tls.isPresent() || point != Point.WITHIN_HANDSHAKE) {
                    table.append("\n%-5s %-19s".formatted(tls.isPresent() ? "https" : "http", point));
                    for (Way way : Way.values()) {
                        table.append(
                                " %s %s".formatted(way, leftBy(point, way, tls).sum()));
                    }
                }
            }
            assertThat(threads()).as("threads").isSubsetOf(threads);
        }
        System.out.println(
                "figure: endings of a connection to a phone: descriptors, selector keys, requests, permits left:"
                        + table);
    }

    private Held leftBy(Point point, Way way, Optional<PhoneCertificate> tls) throws Exception {
        String about = (tls.isPresent() ? "https " : "http ") + point + " " + way;
        Held before = held();
        Answer answer = play(point, way, tls);
        assertThat(answer.kind()).as(about + ": " + answer).isEqualTo(expected(point, way, tls.isPresent()));
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(POLL)
                .untilAsserted(() -> assertThat(held().since(before)).as(about).isEqualTo(new Held(0, 0, 0, 0, 0)));
        return held().since(before);
    }

    private Answer play(Point point, Way way, Optional<PhoneCertificate> tls) throws Exception {
        try (ClosingPhone phone = new ClosingPhone(point, way, tls)) {
            String target = point == Point.REQUEST_HALF_SENT ? "/" + "x".repeat(6_000_000) : "/x";
            CompletableFuture<Answer> answer =
                    line.send(address(phone, tls), new PhoneRequest(target)).toCompletableFuture();
            phone.done().await();
            if (isBodyAwaited(point, way, tls.isPresent())) {
                await().atMost(PATIENCE)
                        .pollDelay(Duration.ZERO)
                        .pollInterval(POLL)
                        .until(() -> line.client().loop().nanosToDeadline() <= HttpTransaction.PAGE_NANOS);
                clock.advance(Duration.ofNanos(HttpTransaction.PAGE_NANOS), line);
            } else if (isEndless(point, way)) {
                assertThat(answer).isNotDone();
                clock.advance(WHOLE, line);
            }
            return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private static boolean isEndless(Point point, Way way) {
        boolean unread = point == Point.REQUEST_HALF_SENT && (way == Way.HALF_CLOSED || way == Way.GARBAGE);
        return point != Point.AFTER_ANSWER && (ENDLESS.contains(way) || unread);
    }

    /** The headers have come to an end, the body has not. */
    private static boolean isBodyAwaited(Point point, Way way, boolean tls) {
        boolean garbage = way == Way.GARBAGE && !tls;
        return (point == Point.IN_BODY && (ENDLESS.contains(way) || garbage)) || (point == Point.IN_HEADERS && garbage);
    }

    private static Kind expected(Point point, Way way, boolean tls) {
        return switch (point) {
            case AFTER_CONNECT, BEFORE_STATUS_LINE, IN_STATUS_LINE ->
                way == Way.GARBAGE && !tls ? Kind.FAILED : Kind.UNREACHABLE;
            case WITHIN_HANDSHAKE, REQUEST_HALF_SENT -> Kind.UNREACHABLE;
            case IN_HEADERS -> ENDLESS.contains(way) ? Kind.UNREACHABLE : Kind.OK;
            case IN_BODY, AFTER_ANSWER -> Kind.OK;
        };
    }

    private Held held() {
        RequestSender client = line.client();
        client.loop().nanosToDeadline();
        return new Held(
                PROCESS.getOpenFileDescriptorCount(),
                client.loop().watched(),
                client.underWay(),
                client.permits(),
                client.connections());
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("bellwire-line"))
                .collect(Collectors.toSet());
    }

    private static Address address(ClosingPhone phone, Optional<PhoneCertificate> tls) {
        return new Address(
                "desk",
                tls.isPresent() ? Scheme.HTTPS : Scheme.HTTP,
                "127.0.0.1",
                phone.port(),
                OPEN,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                tls.map(PhoneCertificate::fingerprint));
    }
}
