package org.bellwire.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bellwire.ingress.server.RawHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProvisionUrlsTest {

    private static final String FILE = "/provision/acme/" + IngressFixture.TOKEN + "/cfg.xml";

    private final IngressFixture site = IngressFixture.with();

    @AfterEach
    void leave() {
        site.close();
    }

    private String answer(String request) throws IOException {
        try (RawHttpClient line = site.line()) {
            return new String(line.send(request).rest().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        }
    }

    @Test
    void a_phone_fetches_its_file() throws IOException {
        String content = "<?xml?>\u00fc 127.0.0.1 true";
        assertThat(answer("GET " + FILE + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=utf-8\r\nContent-Length: "
                        + content.getBytes(StandardCharsets.UTF_8).length + "\r\n")
                .endsWith("\r\n\r\n" + content);
    }

    @Test
    void head_is_told_of_the_file_without_its_content() throws IOException {
        assertThat(answer("HEAD " + FILE + " HTTP/1.0\r\n\r\n"))
                .startsWith("HTTP/1.1 200 OK\r\nContent-Type: text/xml")
                .contains("Content-Length: 24\r\n")
                .endsWith("\r\n\r\n");
    }

    @Test
    void a_connection_goes_on_behind_a_file() throws IOException {
        String get = "GET " + FILE + " HTTP/1.1\r\nHost: x\r\n";
        assertThat(answer(get + "\r\n" + get + "Connection: close\r\n\r\n").split("HTTP/1.1 200 OK"))
                .hasSize(3);
    }

    @Test
    void what_is_not_there_and_a_wrong_token_are_one_answer() throws IOException {
        List<String> targets = List.of(
                FILE.replace(IngressFixture.TOKEN, "wrong-token-of-this-site"),
                FILE.replace("cfg.xml", "other.xml"),
                FILE.replace("/cfg.xml", ""),
                FILE + "/more");
        for (String target : targets) {
            assertThat(answer("GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                    .isEqualTo("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        }
    }

    @Test
    void only_get_and_head_fetch() throws IOException {
        assertThat(site.status("POST " + FILE + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"))
                .isEqualTo(405);
    }

    @Test
    void what_cannot_be_told_yet_is_unavailable() throws IOException {
        assertThat(site.get(FILE.replace("cfg.xml", "later"))).isEqualTo(503);
    }

    @Test
    void an_address_that_may_not_report_may_not_fetch() throws IOException {
        try (IngressFixture other = IngressFixture.with("networks", "10.0.0.0/8")) {
            assertThat(other.get(FILE)).isEqualTo(404);
        }
    }
}
