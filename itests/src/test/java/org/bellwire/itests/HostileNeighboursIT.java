package org.bellwire.itests;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Twenty phones, four of them by TLS, beside somebody hostile: at the phones' port, at their web servers, at the broker, among
 * the files. In full: {@code -Dbellwire.neighbours=full -Dbellwire.p99.ms=300}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("alone")
final class HostileNeighboursIT {

    private static final int MEGABYTE = 1 << 20;
    private static final Duration OFTEN = Duration.ofSeconds(1);
    private static final Duration NOW_AND_THEN = Duration.ofSeconds(3);

    /** All of 127.0.0.0/8 but 127.255.0.0/16, from where strangers come. */
    private static final String NETWORKS = "127.0.0.0/9, 127.128.0.0/10, 127.192.0.0/11, 127.224.0.0/12,"
            + " 127.240.0.0/13, 127.248.0.0/14, 127.252.0.0/15, 127.254.0.0/16";

    private static final List<InetAddress> STRANGERS = addresses(255);
    private static final InetAddress INSIDER = Loopback.address(0, 9, 9);

    private final Path folder = Scratch.folder("neighbours-files");
    private final Certificate certificate = Certificate.rsa4096(folder);
    private final Certificate ofPhones = Certificate.selfSigned(folder);
    private final int tlsPort = Loopback.freePort();
    private final Site site = Site.prepared("neighbours");
    private final MeddlingCable cable = MeddlingCable.to(site.broker());
    private final RecordingPhone well = RecordingPhone.http();
    private final List<EndlessPhone> endless = new ArrayList<>();
    private final Neighbourhood neighbourhood = neighbourhood();

    private static List<InetAddress> addresses(int network) {
        return IntStream.range(1, 5)
                .mapToObj(i -> Loopback.address(network, 0, i))
                .toList();
    }

    private Neighbourhood neighbourhood() {
        ActionUrlClient plain = site.caller();
        ActionUrlClient tls = plain.byTls(tlsPort, certificate.trusting());
        return new Neighbourhood(site.bellwire(), site.broker().url(), List.of(plain, plain, plain, plain, tls));
    }

    @BeforeAll
    void starts() {
        Distribution bellwire = site.bellwire();
        Load.files(Neighbourhood.PHONES).forEach(bellwire::write);
        certificate.write(bellwire.etc("ingress.pem"), bellwire.etc("ingress.key"));
        bellwire.set("org.bellwire.mqtt", "url", cable.url());
        bellwire.set("org.bellwire.ingress", "networks", NETWORKS);
        bellwire.set("org.bellwire.ingress", "tls.certificate", "etc/ingress.pem");
        bellwire.set("org.bellwire.ingress", "tls.key", "etc/ingress.key");
        bellwire.set("org.bellwire.ingress", "tls.port", String.valueOf(tlsPort));
        bellwire.write(commanded("well").at(well));
        site.start();
    }

    @AfterAll
    void ends() {
        endless.forEach(EndlessPhone::close);
        well.close();
        site.close();
        cable.close();
    }

    private static PhoneFile commanded(String id) {
        return PhoneFile.of(id, "htek").with("user", "admin").with("password", "wontTell");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("neighbours")
    void phones_are_served_beside(Neighbour neighbour) {
        neighbourhood.serveBeside(neighbour);
    }

    Stream<Neighbour> neighbours() {
        return Stream.of(atThePort(), atTheTlsPort(), phones(), brokers(), files())
                .flatMap(List::stream);
    }

    private List<Neighbour> atThePort() {
        int port = site.bellwire().port();
        String drip = "GET /action/htek/";
        String body = " /action/htek/" + Distribution.TOKEN
                + "/Onhook?mac=001fc2000000 HTTP/1.1\r\nContent-Length: 100000\r\n\r\n";
        int many = Neighbour.sized(500, 2_000);
        return List.of(
                Neighbour.of("who is not there", () -> () -> {}),
                Neighbour.of(
                        "strangers outside the networks who drip",
                        crowd(2_000, STRANGERS, NOW_AND_THEN, Crowd.talking(port, "POST / HTTP/1.1\r\n", "X"))),
                Neighbour.of(
                        "strangers outside the networks who ask again and again",
                        crowd(
                                2_000,
                                STRANGERS,
                                NOW_AND_THEN,
                                Crowd.talking(port, "GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\n\r\n"))),
                Neighbour.of(
                        "a flood of resets", () -> closing(Resets.of(Neighbour.sized(2_100, 20_000), port, INSIDER))),
                Neighbour.of(
                        "an endless pipeline", () -> closing(Pipeline.of("GET / HTTP/1.1\r\n\r\n", INSIDER, port))),
                Neighbour.of(
                        "an endless pipeline of bytes that are no request",
                        () -> closing(Pipeline.of("\r\n", INSIDER, port))),
                Neighbour.of("heads that drip", crowd(many, List.of(INSIDER), OFTEN, Crowd.talking(port, drip, "x"))),
                Neighbour.of(
                        "bodies that drip",
                        crowd(many, List.of(INSIDER), OFTEN, Crowd.talking(port, "POST" + body, "x"))),
                Neighbour.of(
                        "peers who never read",
                        crowd(
                                many,
                                List.of(INSIDER),
                                OFTEN,
                                Crowd.deaf(port, bytes("GET / HTTP/1.1\r\n\r\n"), bytes("GET / HTTP/1.1\r\n\r\n")))));
    }

    private List<Neighbour> atTheTlsPort() {
        byte[] hello = hello();
        return List.of(
                Neighbour.of(
                        "an endless pipeline by TLS",
                        () -> closing(Pipeline.of("GET / HTTP/1.1\r\n\r\n", INSIDER, tlsPort, certificate.trusting()))),
                Neighbour.of(
                        "2,000 handshakes",
                        crowd(2_000, List.of(INSIDER), NOW_AND_THEN, Crowd.renewing(tlsPort, hello))),
                Neighbour.of(
                        "handshakes that drip",
                        crowd(
                                Neighbour.sized(500, 2_000),
                                List.of(INSIDER),
                                OFTEN,
                                Crowd.deaf(tlsPort, Arrays.copyOf(hello, 9), new byte[] {hello[9]}))));
    }

    private static Neighbour.Begin crowd(int count, List<InetAddress> from, Duration round, Crowd crowd) {
        return () -> closing(crowd.of(count, from, round));
    }

    /** What a client says first. */
    private static byte[] hello() {
        try {
            SSLEngine engine = SSLContext.getDefault().createSSLEngine("gateway", 443);
            engine.setUseClientMode(true);
            engine.beginHandshake();
            ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            engine.wrap(ByteBuffer.allocate(0), out);
            return Arrays.copyOf(out.array(), out.position());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Neighbour> phones() {
        String ok = "HTTP/1.1 200 OK\r\n";
        return List.of(
                Neighbour.of(
                        "phones that answer endlessly",
                        commanding(
                                EndlessPhone.saying(ok, "X-More: and more\r\n"),
                                EndlessPhone.saying(ok + "X-Long: ", "x"),
                                EndlessPhone.saying("HTTP/1.1 ", "2"),
                                EndlessPhone.saying(ok + "\r\n", "<html>"),
                                EndlessPhone.saying(ok + "Transfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n"),
                                EndlessPhone.saying("", "HTTP/1.1 100 Continue\r\n\r\n"))),
                Neighbour.of(
                        "phones with endless challenges",
                        commanding(
                                EndlessPhone.saying(challenge("Digest a=b", " ".repeat(60_000) + "!"), ""),
                                EndlessPhone.saying(challenge("Digest a=\"", "\\\"".repeat(30_000)), ""),
                                EndlessPhone.saying(challenge("Digest ", "a=b, ".repeat(12_000)), ""),
                                EndlessPhone.saying(challenge("Basic ", ",".repeat(60_000)), ""))),
                Neighbour.of(
                        "a phone that changes its keys endlessly", commanding(EndlessPhone.changingKeys(ofPhones))));
    }

    private static String challenge(String begin, String rest) {
        return "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: " + begin + rest + "\r\nContent-Length: 0\r\n\r\n";
    }

    /** They are known from their first command on, and stay. */
    private Neighbour.Begin commanding(EndlessPhone... phones) {
        endless.addAll(List.of(phones));
        return () -> {
            List<PhoneFile> files = new ArrayList<>();
            for (EndlessPhone phone : phones) {
                files.add(commanded("endless-" + endless.indexOf(phone))
                        .with("host", phone.host())
                        .with("port", String.valueOf(phone.port()))
                        .with("scheme", phone.speaksTls() ? "https" : "http")
                        .with("tls.pin", ofPhones.pin()));
            }
            site.add(files);
            return WellPhone.beside(files.stream().map(PhoneFile::id).toList(), "well", site);
        };
    }

    private List<Neighbour> brokers() {
        return List.of(
                Neighbour.of("a message of 60 MB", () -> {
                            publish("-f", huge().toString());
                            return () -> {};
                        })
                        .worth(10),
                Neighbour.of("a retained message of 60 MB", () -> {
                            publish("-r", "-f", huge().toString());
                            return () -> publish("-r", "-n");
                        })
                        .worth(10),
                Neighbour.of("a broker that promises 256 MB and sends 20", () -> {
                            cable.say(promise());
                            return () -> {};
                        })
                        .worth(10),
                Neighbour.of("a broker that forgets an acknowledgement", this::forget)
                        .lasting(16)
                        .worth(10));
    }

    private Neighbour.Misdeed forget() {
        cable.forgetAcknowledgements(1);
        return new Neighbour.Misdeed() {
            @Override
            public void close() {
                // The next one on the way has been forgotten; nothing goes on.
            }

            @Override
            public void judge(SoftAssertions promised, Balance balance) {
                promised.assertThat(cable.hasForgotten())
                        .as("an acknowledgement was kept back")
                        .isTrue();
            }
        };
    }

    private void publish(String... how) {
        List<String> command =
                new ArrayList<>(List.of("mosquitto_pub", "-q", "1", "-t", "bellwire/well/command/volume"));
        command.addAll(List.of("-p", String.valueOf(site.broker().port())));
        command.addAll(List.of(how));
        Program.run(folder, Map.of(), Duration.ofSeconds(30), command);
    }

    private Path huge() throws IOException {
        Path file = folder.resolve("huge");
        try (RandomAccessFile huge = new RandomAccessFile(file.toFile(), "rw")) {
            huge.setLength(60L * MEGABYTE);
        }
        return file;
    }

    private static byte[] promise() {
        byte[] topic = bytes("bellwire/well/command/volume");
        byte[] begin = RawMqtt.promise(0x30, RawMqtt.join(new byte[] {0, (byte) topic.length}, topic));
        return Arrays.copyOf(begin, 20 * MEGABYTE);
    }

    private List<Neighbour> files() {
        return List.of(Neighbour.of("files that are none", () -> OddFiles.in(site.bellwire()))
                .worth(10));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static Neighbour.Misdeed closing(AutoCloseable hostile) {
        return () -> {
            try {
                hostile.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        };
    }
}
