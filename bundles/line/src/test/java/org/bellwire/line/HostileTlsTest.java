package org.bellwire.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.bellwire.line.LineFixture.OPEN;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.bellwire.api.Scheme;
import org.bellwire.api.port.Limit;
import org.bellwire.api.port.PhoneClient.Address;
import org.bellwire.api.port.PhoneClient.Answer;
import org.bellwire.api.port.PhoneClient.Kind;
import org.bellwire.api.spi.PhoneRequest;
import org.bellwire.testkit.CountingCounters;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Phones that do with TLS what no phone should. */
class HostileTlsTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    /** Sends handshake messages until the line has had enough: renewed keys in TLS 1.3, requests to begin anew in TLS 1.2. */
    private static final FakePhone.Part RENEWS = (socket, out) -> {
        for (int i = 0; i < 100_000; i++) {
            ((SSLSocket) socket).startHandshake();
        }
    };

    @TempDir
    static Path dir = Path.of("set by JUnit");

    private static PhoneCertificate certificate;

    private final CountingCounters counters = new CountingCounters();

    @RegisterExtension
    final LineFixture fixture = new LineFixture(Map.of("timeout.ms", "60000"), counters);

    @BeforeAll
    static void makeCertificate() throws Exception {
        certificate = PhoneCertificate.in(dir, "phone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void phone_that_renews_its_keys_without_end_is_cut(String version) throws Exception {
        try (FakePhone phone = phone(version, RENEWS)) {
            assertThat(send(phone))
                    .succeedsWithin(Duration.ofSeconds(50))
                    .extracting(Answer::kind)
                    .isIn(Kind.FAILED, Kind.UNREACHABLE);
            await().untilAsserted(() -> assertThat(phone.open()).isZero());
        }
    }

    @Test
    void records_without_content_are_bounded_in_number() throws Exception {
        try (FakePhone phone = phone("TLSv1.3", RENEWS)) {
            assertThat(send(phone))
                    .succeedsWithin(Duration.ofSeconds(50))
                    .isEqualTo(Answer.of(
                            Kind.FAILED,
                            "127.0.0.1:" + phone.port()
                                    + ": the phone sends more than 256 TLS records without content"));
            assertThat(counters.count(Limit.LINE_ANSWERS)).isEqualTo(1);
        }
    }

    @Test
    void answer_before_records_without_content_is_an_answer() throws Exception {
        FakePhone.Part answersFirst = (socket, out) -> {
            out.write("HTTP/1.1 200 OK\r\n\r\nbody".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            RENEWS.play(socket, out);
        };
        try (FakePhone phone = phone("TLSv1.3", answersFirst)) {
            assertThat(send(phone)).succeedsWithin(SOON).isEqualTo(Answer.of(Kind.OK, 200));
        }
    }

    @Test
    void phones_that_renew_their_keys_without_end_delay_no_other() throws Exception {
        try (FakePhone hostile = phone("TLSv1.3", RENEWS);
                FakePhone good = certificate.phone(FakePhone.OK)) {
            List<CompletableFuture<Answer>> cut =
                    Stream.generate(() -> send(hostile)).limit(10).toList();
            assertThat(send(good)).succeedsWithin(SOON).isEqualTo(Answer.of(Kind.OK, 200));
            assertThat(cut).allSatisfy(answer -> assertThat(answer).succeedsWithin(Duration.ofSeconds(50)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {16_500, 20_000, 33_000, 65_535})
    void record_that_is_too_long_is_not_waited_for(int length) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            serve(server, (in, out) -> {
                in.read();
                out.write(new byte[] {0x16, 3, 3, (byte) (length >> 8), (byte) length});
                out.write(new byte[70_000]);
                out.flush();
                in.transferTo(OutputStream.nullOutputStream());
            });
            assertThat(fixture.line()
                            .send(at(server.getLocalPort()), new PhoneRequest("/"))
                            .toCompletableFuture())
                    .succeedsWithin(SOON)
                    .extracting(answer -> answer.detail().orElse(""))
                    .asString()
                    .startsWith("no TLS with");
        }
    }

    @Test
    void thousands_of_small_records_are_read_in_turns_and_bounded() throws Exception {
        FakePhone.Part bytewise = (socket, out) -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 200_000; i++) {
                out.write('x');
            }
        };
        try (FakePhone phone = certificate.phone(bytewise)) {
            assertThat(send(phone)).succeedsWithin(Duration.ofSeconds(50)).satisfies(answer -> {
                assertThat(answer.detail().orElse("")).contains("more than ");
            });
            assertThat(counters.count(Limit.LINE_ANSWERS)).isEqualTo(1);
        }
    }

    /** An engine's task holds its lock: who calls the engine meanwhile waits for as long as the task takes. */
    @Test
    void goodbye_waits_for_no_task_of_the_handshake() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (ServerSocketChannel server =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SocketChannel channel = SocketChannel.open(server.getLocalAddress());
                SocketChannel peer = server.accept()) {
            Thread shaking = new Thread(() -> shake(peer));
            shaking.setDaemon(true);
            shaking.start();
            channel.configureBlocking(false);
            TlsStream stream = new TlsStream(
                    channel,
                    waiting(begun, goOn),
                    ByteBuffer.allocate(64 * 1024),
                    task -> new Thread(task).start(),
                    () -> {});
            await().atMost(SOON).until(() -> {
                stream.write(ByteBuffer.allocate(1));
                return begun.getCount() == 0;
            });
            assertThat(CompletableFuture.runAsync(stream::finish)).succeedsWithin(SOON);
        } finally {
            goOn.countDown();
        }
    }

    private static SSLEngine waiting(CountDownLatch begun, CountDownLatch goOn) throws Exception {
        PhoneTrust slow = new PhoneTrust("", () -> {
            begun.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new IllegalStateException("the test is over");
        });
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {slow}, null);
        SSLEngine engine = context.createSSLEngine("localhost", 443);
        engine.setUseClientMode(true);
        return engine;
    }

    private static void shake(SocketChannel peer) {
        try {
            SSLSocket socket = (SSLSocket)
                    certificate.context().getSocketFactory().createSocket(peer.socket(), "localhost", 1, false);
            socket.setUseClientMode(false);
            socket.startHandshake();
        } catch (IOException e) {
            return; // the test is over
        }
    }

    private interface Talk {
        void with(InputStream in, OutputStream out) throws IOException;
    }

    private static void serve(ServerSocket server, Talk talk) {
        Thread thread = new Thread(() -> {
            try (Socket socket = server.accept()) {
                talk.with(socket.getInputStream(), socket.getOutputStream());
            } catch (IOException e) {
                return; // the line went away
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static FakePhone phone(String version, FakePhone.Part... parts) throws Exception {
        SSLServerSocket server = (SSLServerSocket) certificate
                .context()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        server.setEnabledProtocols(new String[] {version});
        return FakePhone.on(server, parts);
    }

    private CompletableFuture<Answer> send(FakePhone phone) {
        return fixture.line()
                .send(phone.address(OPEN, Scheme.HTTPS, Optional.of(certificate.fingerprint())), new PhoneRequest("/"))
                .toCompletableFuture();
    }

    private static Address at(int port) {
        return new Address(
                "desk",
                Scheme.HTTPS,
                "127.0.0.1",
                port,
                OPEN,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
