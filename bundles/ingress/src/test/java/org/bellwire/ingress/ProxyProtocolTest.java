package org.bellwire.ingress;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bellwire.api.port.ActionUrl;
import org.bellwire.ingress.server.RawHttpClient;
import org.bellwire.ingress.server.TlsClient;
import org.bellwire.testkit.Certificates;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Phones behind a balancer at 127.0.0.1 that says by the PROXY protocol whose connection it passes on. */
class ProxyProtocolTest {

    private static final String BASE = "/action/htek/" + IngressFixture.TOKEN;
    private static final String END = " HTTP/1.1\r\n\r\n";
    private static final String REQUEST = "GET " + BASE + "/x" + END;
    private static final String PHONE = "PROXY TCP4 10.1.2.3 10.0.0.1 54321 8087\r\n";
    private static final String SIGNATURE = "\r\n\r\n\0\r\nQUIT\n";
    private static final String BINARY_PHONE =
            SIGNATURE + "!\u0011\0\u000f" + "\n\1\2\3" + "\n\0\0\1" + "\u00d41\u001f\u0097" + "\u0004\0\0";

    private final IngressFixture site = IngressFixture.with("trusted.proxies", "127.0.0.1", "rate.address", "100000");

    @AfterEach
    void close() {
        site.close();
    }

    private List<String> peers() {
        return site.urls().received().stream()
                .map(ActionUrl::peer)
                .map(InetAddress::getHostAddress)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {PHONE, BINARY_PHONE})
    void address_in_the_header_of_a_trusted_proxy_is_the_phones(String header) throws IOException {
        try (RawHttpClient proxy = site.line()) {
            assertThat(proxy.send(header).send(REQUEST).status()).isEqualTo(200);
            assertThat(proxy.send(REQUEST).status()).isEqualTo(200);
        }
        assertThat(peers()).containsExactly("10.1.2.3", "10.1.2.3");
    }

    @ParameterizedTest
    @ValueSource(strings = {PHONE, BINARY_PHONE})
    void requests_may_come_with_the_header_or_byte_by_byte(String header) throws IOException {
        try (RawHttpClient atOnce = site.line();
                RawHttpClient slowly = site.line()) {
            atOnce.send(header + REQUEST + REQUEST);
            assertThat(atOnce.status()).isEqualTo(200);
            assertThat(atOnce.status()).isEqualTo(200);
            assertThat(slowly.sendByteByByte(header + REQUEST).status()).isEqualTo(200);
        }
        assertThat(peers()).containsExactly("10.1.2.3", "10.1.2.3", "10.1.2.3");
    }

    @Test
    void header_comes_before_the_handshake_of_tls(@TempDir Path dir) throws Exception {
        Certificates files = new Certificates(dir);
        files.make("own", "ip:127.0.0.1");
        TlsClient phone = new TlsClient(files.certificate("own"));
        try (IngressFixture encrypted = IngressFixture.with(
                "trusted.proxies",
                "127.0.0.1",
                "tls.port",
                "0",
                "tls.certificate",
                files.certificate("own").toString(),
                "tls.key",
                files.key("own").toString())) {
            int port = encrypted.ingress().tlsPort().orElseThrow();
            for (String header : List.of(PHONE, BINARY_PHONE)) {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    socket.getOutputStream().write(header.getBytes(ISO_8859_1));
                    try (RawHttpClient line = new RawHttpClient(phone.over(socket))) {
                        assertThat(line.send(REQUEST).status()).isEqualTo(200);
                        assertThat(encrypted.urls().last().peer().getHostAddress())
                                .isEqualTo("10.1.2.3");
                    }
                }
            }
            assertThat(phone.get(port, BASE + "/x")).as("without a header").isEqualTo(200);
            assertThat(encrypted.urls().last().peer().getHostAddress()).isEqualTo("127.0.0.1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {PHONE, BINARY_PHONE, "PROXY UNKNOWN\r\n"})
    void header_of_anybody_else_is_a_bad_request(String header) throws IOException {
        try (RawHttpClient other = site.lineFrom("127.0.0.7")) {
            assertThat(other.send(header + REQUEST).rest())
                    .startsWith("HTTP/1.1 400 ")
                    .endsWith("\r\n\r\n");
        }
        assertThat(peers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {PHONE, BINARY_PHONE})
    void second_header_is_a_bad_request(String header) throws IOException {
        try (RawHttpClient proxy = site.line()) {
            assertThat(proxy.send(header + PHONE + REQUEST).rest()).startsWith("HTTP/1.1 400 ");
        }
        try (RawHttpClient proxy = site.line()) {
            assertThat(proxy.send(header + REQUEST).status()).isEqualTo(200);
            assertThat(proxy.send(BINARY_PHONE + REQUEST).rest())
                    .as("between two requests")
                    .startsWith("HTTP/1.1 400 ");
        }
        assertThat(peers()).containsExactly("10.1.2.3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY TCP4 10.1.2.3 10.0.0.1\r\n",
                "PROXY TCP5 10.1.2.3 10.0.0.1 1 2\r\n",
                "PROXY TCP4 somewhere 10.0.0.1 1 2\r\n",
                SIGNATURE + "!\u0011\u00ff\u00ff",
                SIGNATURE + "!\u0012\0\u000c" + "\n\1\2\3\n\0\0\1\0\0\0\0",
                SIGNATURE + "\u0001\u0011\0\u000c"
            })
    void wrong_header_is_a_bad_request(String header) throws IOException {
        try (RawHttpClient proxy = site.line()) {
            assertThat(proxy.send(header).send(REQUEST).rest()).startsWith("HTTP/1.1 400 ");
        }
        assertThat(peers()).isEmpty();
    }

    @Test
    void phone_of_no_allowed_network_is_answered_404_and_no_more() throws IOException {
        try (RawHttpClient proxy = site.line()) {
            assertThat(proxy.send("PROXY TCP4 198.51.100.1 10.0.0.1 1 2\r\n" + REQUEST + REQUEST)
                            .rest())
                    .startsWith("HTTP/1.1 404 ")
                    .containsOnlyOnce("HTTP/1.1");
        }
        assertThat(peers()).isEmpty();
    }

    @Test
    void phones_behind_a_proxy_have_their_rates_each() throws IOException {
        try (IngressFixture narrow =
                IngressFixture.with("trusted.proxies", "127.0.0.1", "rate.address", "1/min, burst 1")) {
            List<Integer> answers = new ArrayList<>();
            for (String address : List.of("10.1.2.3", "10.1.2.4", "10.1.2.3", "10.1.2.5")) {
                try (RawHttpClient proxy = narrow.line()) {
                    proxy.send("PROXY TCP4 " + address + " 10.0.0.1 1 2\r\n" + REQUEST);
                    answers.add(proxy.status());
                }
            }
            assertThat(answers).containsExactly(200, 200, 429, 200);
        }
    }

    @Test
    void phone_behind_a_proxy_cannot_name_another_address() throws IOException {
        try (RawHttpClient proxy = site.line()) {
            proxy.send(PHONE + "GET " + BASE + "/x HTTP/1.1\r\nX-Forwarded-For: 10.9.9.9\r\n\r\n");
            assertThat(proxy.status()).isEqualTo(200);
        }
        assertThat(peers()).containsExactly("10.1.2.3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROXY UNKNOWN\r\n", SIGNATURE + " \0\0\0", SIGNATURE + "!\0\0\0", ""})
    void proxy_that_asks_for_itself_is_answered_as_itself(String header) throws IOException {
        try (RawHttpClient proxy = site.line()) {
            assertThat(proxy.send(header + REQUEST).status()).isEqualTo(200);
        }
        assertThat(peers()).containsExactly("127.0.0.1");
    }

    @Test
    void phone_may_have_an_address_of_ipv6() throws IOException {
        try (RawHttpClient proxy = site.line()) {
            proxy.send("PROXY TCP6 fd00::17 fd00::1 1 2\r\n" + REQUEST);
            assertThat(proxy.status()).isEqualTo(200);
        }
        assertThat(peers()).containsExactly("fd00:0:0:0:0:0:0:17");
    }
}
