package org.bellwire.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bellwire.ingress.server.HoldingSocket;
import org.bellwire.ingress.server.RawHttpClient;
import org.bellwire.ingress.server.TlsClient;
import org.bellwire.testkit.Certificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tests log everything, Jetty's own messages too. */
class IngressSecrecyTest {

    private static final List<String> FORMS = List.of(
            "GET /action/htek/%s/x?remote=%s HTTP/1.1\r\n\r\n",
            "GET /action/htek/%s/x y\"z?remote=%s HTTP/1.1\r\nConnection: close\r\n\r\n",
            "POST /action/htek/%s/x?remote=%s HTTP/1.1\r\n\r\n",
            "GET /action/htek/%s/x?remote=%s\r\n\r\n",
            "GET /action/htek/%s/x?remote=%s" + "a".repeat(5000) + " HTTP/1.1\r\n\r\n",
            "GET /action/htek/%s/x?remote=%s HTTP/1.1\r\n" + "A: b\r\n".repeat(2000));

    @TempDir
    private Path dir = Path.of("");

    @Test
    void no_part_of_a_token_is_logged_at_any_level() throws IOException {
        String token = "Q9xK7vZq2LmW8rTn4YpB";
        String good = "S3cR3tS1t3T0k3nV4lu3Xx";
        String number = "Nq8Xw4Ty7Zr1Kp5Lm";
        try (IngressFixture site = IngressFixture.with("token", good)) {
            for (String form : FORMS) {
                site.status(form.formatted(token, number));
                site.status(form.formatted(good, number));
                try (RawHttpClient line = site.line()) {
                    line.sendByteByByte(form.formatted(good, number)).answer();
                }
            }
            site.urls().replyWith(url -> {
                throw new IllegalStateException("as a test wants it");
            });
            site.get("/action/htek/" + good + "/x");
            site.ingress().modified(IngressFixture.config("token", "Sh0rtAndWr0ng"));
        }
        assertThat(log()).contains("token: must be 22 to 128");
        assertThatLogHasNoPartOf(token, good, number, "Sh0rtAndWr0ng");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void no_part_of_a_token_that_came_by_tls_is_logged_at_any_level(String protocol) throws Exception {
        String token = "W7nD3kPz9QxH5vBc2RmL";
        String good = "T0k3nByTLS4lw4ysS3cr3t";
        String number = "Vs3Gy6Hx9Ju2Wq0Zt";
        Certificates files = new Certificates(dir);
        files.make("own", "ip:127.0.0.1");
        TlsClient phone = new TlsClient(files.certificate("own"));
        try (IngressFixture site = IngressFixture.with(
                "token",
                good,
                "rate.address",
                "1000",
                "tls.port",
                "0",
                "tls.certificate",
                files.certificate("own").toString(),
                "tls.key",
                files.key("own").toString())) {
            int port = site.ingress().tlsPort().orElseThrow();
            for (String form : FORMS) {
                for (String request : List.of(form.formatted(token, number), form.formatted(good, number))) {
                    try (RawHttpClient whole = phone.line(port, protocol)) {
                        whole.send(request).answer();
                    }
                    try (RawHttpClient single = phone.line(port, protocol)) {
                        single.sendByteByByte(request.substring(0, Math.min(request.length(), 400)));
                    }
                    try (RawHttpClient halves = phone.line(port, protocol)) {
                        halves.send(request.substring(0, 60))
                                .send(request.substring(60))
                                .answer();
                    }
                    try (RawHttpClient plain = new RawHttpClient(port)) {
                        plain.send(request).rest();
                    }
                    try (RawHttpClient several = phone.line(port, protocol)) {
                        several.send(request.repeat(3)).answer();
                    }
                }
            }
            for (int bytes = 6; bytes < 60; bytes += 6) {
                sendWithTheBeginningOfTheNext(
                        phone, port, protocol, FORMS.get(0).formatted(good, number), bytes);
            }
        }
        assertThat(log()).contains("TlsConnection@").contains("unwrap net_filled");
        assertThatLogHasNoPartOf(token, good, number, key(files));
    }

    /** So that what was decrypted is still in the buffer while the rest of the next request is awaited. */
    private static void sendWithTheBeginningOfTheNext(
            TlsClient phone, int port, String protocol, String request, int bytes) throws IOException {
        HoldingSocket holding = new HoldingSocket(port);
        try (RawHttpClient line = new RawHttpClient(phone.over(holding, protocol))) {
            assertThat(line.send(request).status()).isEqualTo(200);
            holding.hold();
            line.send(request);
            int first = holding.hold();
            line.send(request);
            holding.letGo(first + bytes);
            assertThat(line.status()).isEqualTo(200);
            holding.letGo(first - bytes);
            assertThat(line.status()).isEqualTo(200);
        }
    }

    private static String key(Certificates files) throws IOException {
        return Files.readAllLines(files.key("own")).get(1);
    }

    private static String log() throws IOException {
        return Files.readString(
                Path.of(System.getProperty("org.slf4j.simpleLogger.logFile", "target/test.log")),
                StandardCharsets.ISO_8859_1);
    }

    private static void assertThatLogHasNoPartOf(String... secrets) throws IOException {
        String log = log();
        assertThat(log).as("debug messages of Jetty are in it").contains("DEBUG org.eclipse.jetty.io");
        for (String secret : secrets) {
            for (int i = 0; i + 6 <= secret.length(); i++) {
                assertThat(log.contains(secret.substring(i, i + 6))).as(secret).isFalse();
            }
        }
    }
}
