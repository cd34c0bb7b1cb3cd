package org.bellwire.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.bellwire.api.config.Rate;
import org.bellwire.ingress.access.SiteToken;
import org.bellwire.ingress.server.RawHttpClient;
import org.junit.jupiter.api.Test;

/** What the administrator writes, and when. */
class ConfigurationTest {

    private static final String OTHER_TOKEN = "b3RoZXJvdGhlcm90aGVyb3Ro";
    private static final String BASE = "/action/htek/" + IngressFixture.TOKEN;

    private final StoredConfiguration stored = new StoredConfiguration();

    @Test
    void token_that_is_missing_is_made_and_kept() {
        stored.set("felix.fileinstall.filename", "file:etc/org.bellwire.ingress.cfg");
        stored.set("token", "");
        Ingress first = new Ingress(IngressFixture.config("token", ""), stored.admin());
        first.open();
        String made = first.token().reveal();
        first.close();
        assertThat(made).matches("[A-Za-z0-9_-]{24}");
        assertThat(stored.get("token")).contains(made);
        assertThat(stored.get("felix.fileinstall.filename"))
                .as("nothing else changes")
                .isPresent();

        Ingress second = new Ingress(IngressFixture.config("token", made), stored.admin());
        second.open();
        assertThat(second.token().reveal()).isEqualTo(made);
        second.close();
        assertThat(stored.updates()).isEqualTo(1);
    }

    @Test
    void token_is_kept_where_there_is_no_configuration_yet() {
        Ingress ingress = new Ingress(Map.of("port", "0"), stored.admin());
        ingress.open();
        assertThat(stored.get("token")).contains(ingress.token().reveal());
        ingress.close();
    }

    @Test
    void file_that_may_not_be_written_does_not_keep_the_ingress_closed() {
        stored.close();
        Ingress ingress = new Ingress(IngressFixture.config("token", ""), stored.admin());
        ingress.open();
        assertThat(ingress.token().reveal()).hasSize(24);
        ingress.close();
    }

    @Test
    void token_made_stays_when_the_file_comes_later_without_one() {
        Ingress ingress = new Ingress(IngressFixture.config("token", ""), stored.admin());
        ingress.open();
        String made = ingress.token().reveal();
        stored.set("token", "");
        ingress.modified(IngressFixture.config("token", "", "rate.phone", "5"));
        assertThat(ingress.token().reveal()).isEqualTo(made);
        assertThat(stored.get("token")).contains(made);
        ingress.close();
    }

    @Test
    void token_that_is_wrong_is_not_overwritten() {
        stored.set("token", "short");
        Ingress ingress = new Ingress(IngressFixture.config("token", "short"), stored.admin());
        ingress.open();
        assertThat(ingress.token().reveal()).hasSize(24);
        assertThat(stored.get("token")).contains("short");
        ingress.close();
    }

    @Test
    void two_tokens_made_differ() {
        assertThat(SiteToken.random().secret()).isNotEqualTo(SiteToken.random().secret());
    }

    @Test
    void change_of_the_token_keeps_port_and_connections() throws IOException {
        try (IngressFixture site = IngressFixture.with();
                RawHttpClient line = site.line()) {
            int port = site.ingress().port();
            assertThat(line.send("GET " + BASE + "/x HTTP/1.1\r\n\r\n").status())
                    .isEqualTo(200);
            site.ingress().modified(IngressFixture.config("token", OTHER_TOKEN));
            assertThat(line.send("GET " + BASE + "/x HTTP/1.1\r\n\r\n").status())
                    .isEqualTo(404);
            assertThat(site.get("/action/htek/" + OTHER_TOKEN + "/x")).isEqualTo(200);
            assertThat(site.ingress().port()).isEqualTo(port);
        }
    }

    @Test
    void change_of_the_host_opens_the_port_anew() throws IOException {
        try (IngressFixture site = IngressFixture.with()) {
            int before = site.ingress().port();
            site.ingress().modified(IngressFixture.config("host", "127.0.0.2"));
            assertThat(site.ingress().host()).isEqualTo("127.0.0.2");
            assertThatThrownBy(() -> new RawHttpClient(before).close()).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void change_of_the_port_moves_to_it() throws IOException {
        try (IngressFixture site = IngressFixture.with()) {
            int free;
            try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                free = any.getLocalPort();
            }
            int before = site.ingress().port();
            site.ingress().modified(IngressFixture.config("port", "" + free));
            assertThat(site.ingress().port()).isEqualTo(free);
            assertThat(site.get(BASE + "/x")).isEqualTo(200);
            assertThatThrownBy(() -> new RawHttpClient(before).close()).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void change_to_a_port_in_use_leaves_everything_as_it_was() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                IngressFixture site = IngressFixture.with()) {
            site.ingress().modified(IngressFixture.config("port", "" + taken.getLocalPort(), "token", OTHER_TOKEN));
            assertThat(site.ingress().port()).isNotEqualTo(taken.getLocalPort());
            assertThat(site.get(BASE + "/x")).isEqualTo(200);
        }
    }

    @Test
    void wrong_values_leave_everything_as_it_was() throws IOException {
        try (IngressFixture site = IngressFixture.with()) {
            int port = site.ingress().port();
            site.ingress()
                    .modified(IngressFixture.config(
                            "port", "99999", "token", OTHER_TOKEN, "networks", "10.0.0.0/33", "rate.phone", "often"));
            assertThat(site.get(BASE + "/x")).isEqualTo(200);
            assertThat(site.ingress().port()).isEqualTo(port);
        }
    }

    @Test
    void wrong_value_at_the_start_has_its_default_and_the_others_hold() throws IOException {
        try (IngressFixture site = IngressFixture.with("networks", "everybody", "rate.phone", "7/s, burst 9")) {
            assertThat(site.get(BASE + "/x")).isEqualTo(200);
            assertThat(site.urls().last().phoneRate()).isEqualTo(new Rate(7, 9));
            assertThat(site.ingress().phoneRate()).as("for what reads logs").isEqualTo(new Rate(7, 9));
        }
    }

    @Test
    void port_in_use_is_opened_once_it_is_free() throws IOException {
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        IngressFixture site = IngressFixture.with("port", "" + taken.getLocalPort());
        assertThat(site.ingress().port()).isEqualTo(taken.getLocalPort());
        taken.close();
        await().atMost(Duration.ofSeconds(15))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(site.get(BASE + "/x")).isEqualTo(200));
        site.close();
    }

    @Test
    void gateway_says_why_no_phone_gets_in_and_nothing_while_they_do() throws IOException {
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        IngressFixture site = IngressFixture.with("port", "" + taken.getLocalPort());
        assertThat(site.ingress().fault()).get().asString().contains("port: cannot listen", "change host or port");
        taken.close();
        await().atMost(Duration.ofSeconds(15))
                .until(() -> site.ingress().fault().isEmpty());
        assertThat(site.get(BASE + "/x")).isEqualTo(200);
        site.close();
        assertThat(site.ingress().fault()).isPresent();
        assertThat(new Ingress(IngressFixture.config(), stored.admin()).fault()).isPresent();
    }

    @Test
    void defaults_are_those_of_the_contract() {
        Ingress ingress = new Ingress(Map.of(), stored.admin());
        assertThat(ingress.port()).isEqualTo(8087);
        assertThat(ingress.host()).isNotEqualTo("0.0.0.0").isNotEmpty();
        assertThat(ingress.actionUrl("htek"))
                .isEqualTo("http://" + ingress.host() + ":8087/action/htek/"
                        + ingress.token().reveal());
    }
}
