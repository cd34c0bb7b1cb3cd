package org.bellwire.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.bellwire.api.config.Cfg;
import org.bellwire.api.config.CfgException;
import org.bellwire.ingress.http.IngressFile;
import org.bellwire.ingress.server.RawHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What phones are told to report to. */
class UrlHostTest {

    private static final String PATH = "/action/acme/" + IngressFixture.TOKEN;

    @ParameterizedTest
    @CsvSource({
        "phones.example.org:80, phones.example.org:80",
        "192.168.1.9:8088, 192.168.1.9:8088",
        "[fd00::9]:8088, [fd00::9]:8088",
        "bell_wire-1:1, bell_wire-1:1",
        "3com.example.org:65535, 3com.example.org:65535"
    })
    void urls_have_the_host_and_port_of_the_file(String written, String shown) {
        try (IngressFixture site = IngressFixture.with("url.host", written)) {
            assertThat(site.ingress().actionUrl("acme")).isEqualTo("http://" + shown + PATH);
        }
    }

    @ParameterizedTest
    @CsvSource({"phones.example.org, phones.example.org", "fd00::9, [fd00::9]", "[fd00::9], [fd00::9]"})
    void port_is_the_one_that_is_listened_on_unless_it_is_told(String written, String shown) {
        try (IngressFixture site = IngressFixture.with("url.host", written)) {
            int port = site.ingress().ownPort();
            assertThat(port).isPositive();
            assertThat(site.ingress().actionUrl("acme")).isEqualTo("http://" + shown + ":" + port + PATH);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://phones.example.org",
                "phones.example.org/",
                "phones.example.org:",
                "phones.example.org:0",
                "phones.example.org:65536",
                "phones.example.org:http",
                "phones example org",
                "user@phones.example.org",
                "192.168.1.300",
                "192.168.1",
                "fd00::9::1",
                "[fd00::9",
                "[fe80::1%eth0]",
                "[192.168.1.9]",
                "t\u00fcr.example.org"
            })
    void what_is_no_host_is_named(String written) {
        assertThat(fault(written)).contains("url.host: must be a host name or an address");
    }

    @Test
    void host_that_would_take_all_of_a_url_is_refused() {
        assertThat(fault("x".repeat(101))).contains("url.host");
    }

    private static String fault(String written) {
        Cfg cfg = Cfg.of(IngressFile.NAME, Map.of("url.host", written));
        IngressSettings.read(cfg);
        String[] message = {""};
        assertThatThrownBy(cfg::check)
                .as(written)
                .isInstanceOfSatisfying(CfgException.class, e -> message[0] = e.getMessage());
        return message[0];
    }

    @Test
    void change_of_the_host_in_urls_keeps_port_and_connections() throws IOException {
        try (IngressFixture site = IngressFixture.with();
                RawHttpClient line = site.line()) {
            int port = site.ingress().port();
            site.ingress().modified(IngressFixture.config("url.host", "phones.example.org:80"));
            assertThat(site.ingress().host()).isEqualTo("phones.example.org");
            assertThat(line.send("GET /action/htek/" + IngressFixture.TOKEN + "/x HTTP/1.1\r\n\r\n")
                            .status())
                    .isEqualTo(200);
            assertThat(site.ingress().ownPort()).isEqualTo(port);
        }
    }

    @Test
    void text_that_a_phone_fetches_has_the_host() throws IOException {
        try (IngressFixture site = IngressFixture.with("url.host", "phones.example.org");
                RawHttpClient phone = site.line()) {
            phone.send(
                    "GET /provision/htek/" + IngressFixture.TOKEN + "/cfg.xml HTTP/1.1\r\nConnection: close\r\n\r\n");
            assertThat(phone.rest()).contains("phones.example.org");
        }
    }

    @Test
    void what_reports_from_this_machine_goes_to_this_machine() {
        try (IngressFixture site = IngressFixture.with("url.host", "phones.example.org:80")) {
            assertThat(site.ingress().ownActionUrl("acme"))
                    .isEqualTo("http://127.0.0.1:" + site.ingress().ownPort() + PATH);
        }
    }

    @Test
    void address_of_ipv6_that_is_listened_on_stands_in_brackets() {
        try (IngressFixture site = IngressFixture.with("host", "::1")) {
            assertThat(site.ingress().actionUrl("acme")).startsWith("http://[::1]:");
        }
    }
}
