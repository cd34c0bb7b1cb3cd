package org.bellwire.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bellwire.line.LineFixture.OPEN;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.bellwire.api.Scheme;
import org.bellwire.api.port.PhoneClient.Address;
import org.bellwire.api.port.PhoneClient.Answer;
import org.bellwire.api.port.PhoneClient.Kind;
import org.bellwire.api.spi.PhoneRequest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class PhoneTlsTest {

    @TempDir
    static Path dir = Path.of("set by JUnit");

    @RegisterExtension
    final LineFixture fixture = new LineFixture(Map.of("timeout.ms", "4000"));

    private static PhoneCertificate one;
    private static PhoneCertificate two;

    @BeforeAll
    static void makeCertificates() throws Exception {
        one = PhoneCertificate.in(dir, "one");
        two = PhoneCertificate.in(dir, "two");
    }

    @Test
    void pinned_certificate_is_accepted_whatever_its_name_and_issuer() throws Exception {
        try (FakePhone phone = one.phone(FakePhone.OK)) {
            assertThat(fixture.send(pinned(phone, one.fingerprint()), "/x&y=1")).isEqualTo(Answer.of(Kind.OK, 200));
            assertThat(phone.lines()).containsExactly("GET /x&y=1 HTTP/1.1");
        }
    }

    @Test
    void answer_of_many_records_is_read_whole() throws Exception {
        FakePhone.Part large = FakePhone.answer("HTTP/1.1 200 OK", "x".repeat(50_000));
        try (FakePhone phone = one.phone(large)) {
            assertThat(fixture.send(pinned(phone, one.fingerprint()), "/")).isEqualTo(Answer.of(Kind.OK, 200));
        }
    }

    @Test
    void phone_that_hangs_up_after_the_handshake_is_unreachable() throws Exception {
        try (FakePhone phone = one.phone(FakePhone.raw(""))) {
            Answer answer = fixture.send(pinned(phone, one.fingerprint()), "/");
            assertThat(answer.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(answer.detail().orElse("")).endsWith("closed the connection without an answer");
            assertThat(phone.requests()).hasSize(1);
        }
    }

    @Test
    void many_phones_shake_hands_at_a_time() throws Exception {
        fixture.line().modified(Map.of("timeout.ms", "30000"));
        try (FakePhone phone = one.phone(FakePhone.OK)) {
            List<CompletableFuture<Answer>> answers = IntStream.range(0, 20)
                    .mapToObj(i -> fixture.line()
                            .send(pinned(phone, one.fingerprint()), new PhoneRequest("/" + i))
                            .toCompletableFuture())
                    .toList();
            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer)
                            .succeedsWithin(Duration.ofSeconds(30))
                            .isEqualTo(Answer.of(Kind.OK, 200)));
        }
    }

    @Test
    void another_certificate_than_the_pinned_one_is_unreachable_and_named() throws Exception {
        try (FakePhone phone = one.phone(FakePhone.OK)) {
            Answer answer = fixture.send(pinned(phone, two.fingerprint()), "/");
            assertThat(answer.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(answer.detail())
                    .hasValue(
                            "the phone's certificate changed: its SHA-256 is now " + one.fingerprint()
                                    + ". If that is the phone's new certificate, set tls.pin to it in org.bellwire.phone-desk.cfg");
            assertThat(phone.requests()).as("nothing told to a stranger").isEmpty();
        }
    }

    @Test
    void self_signed_certificate_without_a_pin_is_unreachable_and_tells_the_pin() throws Exception {
        try (FakePhone phone = one.phone(FakePhone.OK)) {
            Answer answer = fixture.send(phone.address(OPEN, Scheme.HTTPS, Optional.empty()), "/");
            assertThat(answer.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(answer.detail().orElse(""))
                    .startsWith("the phone's certificate is not trusted")
                    .endsWith("set tls.pin = " + one.fingerprint() + " in org.bellwire.phone-desk.cfg");
            assertThat(phone.requests()).isEmpty();
        }
    }

    @Test
    void pins_of_two_files_for_one_address_do_not_influence_one_another() throws Exception {
        try (FakePhone first = one.phone(FakePhone.OK);
                FakePhone second = two.phone(FakePhone.OK)) {
            for (int i = 0; i < 3; i++) {
                assertThat(fixture.send(pinned(first, one.fingerprint()), "/").kind())
                        .isEqualTo(Kind.OK);
                assertThat(fixture.send(pinned(first, two.fingerprint()), "/").kind())
                        .isEqualTo(Kind.UNREACHABLE);
                assertThat(fixture.send(pinned(second, two.fingerprint()), "/").kind())
                        .isEqualTo(Kind.OK);
                assertThat(fixture.send(phone(first), "/").kind()).isEqualTo(Kind.UNREACHABLE);
            }
            assertThat(first.requests()).hasSize(3);
            assertThat(second.requests()).hasSize(3);
        }
    }

    @Test
    void phone_that_never_shakes_hands_is_unreachable_in_time() throws Exception {
        try (FakePhone phone = FakePhone.that(FakePhone.SILENCE)) {
            fixture.line().modified(Map.of("timeout.ms", "500"));
            assertThat(fixture.send(pinned(phone, "00".repeat(32)), "/")
                            .detail()
                            .orElse(""))
                    .contains("within 500 ms");
        }
    }

    @Test
    void phone_that_speaks_plain_http_where_tls_is_expected_is_unreachable() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread plain = new Thread(() -> {
                try (Socket socket = server.accept()) {
                    socket.getInputStream().read();
                    socket.getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    // Closing before all is read would reset the connection, and the answer might be lost with it.
                    socket.shutdownOutput();
                    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException e) {
                    return; // the line went away
                }
            });
            plain.setDaemon(true);
            plain.start();
            Address to = new Address(
                    "desk",
                    Scheme.HTTPS,
                    "127.0.0.1",
                    server.getLocalPort(),
                    OPEN,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
            Answer answer = fixture.line()
                    .send(to, new PhoneRequest("/"))
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
            assertThat(answer.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(answer.detail().orElse("")).startsWith("no TLS with").contains("check scheme and port");
        }
    }

    private static Address pinned(FakePhone phone, String pin) {
        return phone.address(OPEN, Scheme.HTTPS, Optional.of(pin));
    }

    private static Address phone(FakePhone phone) {
        return phone.address(OPEN, Scheme.HTTPS, Optional.empty());
    }
}
