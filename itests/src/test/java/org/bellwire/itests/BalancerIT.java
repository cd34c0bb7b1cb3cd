package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real HAProxy before a Bellwire, as the README of the ingress says: it passes connections on and reads no request. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BalancerIT {

    private final Path folder = Scratch.folder("balancer");
    private final Site site = Site.prepared("balanced");
    private final int text = Loopback.freePort();
    private final int binary = Loopback.freePort();
    private final int probes = Loopback.freePort();
    private final Balancer balancer = Balancer.running(
            folder,
            List.of(
                    "listen text",
                    "  bind 127.0.0.1:" + text,
                    "  server one 127.0.0.1:" + site.bellwire().port() + " send-proxy",
                    "listen binary",
                    "  bind 127.0.0.1:" + binary,
                    "  option httpchk GET /health",
                    "  server one 127.0.0.1:" + site.bellwire().port() + " send-proxy-v2 check port " + probes
                            + " inter 200 fall 1 rise 1"));

    @BeforeAll
    void open() {
        site.bellwire().set("org.bellwire.ingress", "trusted.proxies", "127.0.0.1");
        site.bellwire().set("org.bellwire.ingress", "url.host", "127.0.0.1:" + binary);
        site.bellwire().set("org.bellwire.console", "port", String.valueOf(probes));
        site.start();
        Waits.until("HAProxy has found it well", () -> passesOn(binary));
    }

    @AfterAll
    void leave() {
        balancer.close();
        site.close();
    }

    /** The phone 127.0.7.x. */
    private static ActionUrlClient phone(int x, int port) {
        return new ActionUrlClient(Loopback.address(0, 7, x), port, Distribution.TOKEN);
    }

    /** Somebody answers, and not HAProxy by closing the connection. */
    private boolean passesOn(int port) {
        try {
            return phone(1, port).gets("/nowhere").status() == 404;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void phone_is_known_by_its_own_address(boolean readable) {
        int x = readable ? 11 : 12;
        assertThat(phone(x, readable ? text : binary).reports("htek", "/Off Hook?remote=\"a b\""))
                .isEqualTo(202);
        assertThat(site.bellwire().bellwire("phone:inbox", "--json").output()).contains("\"127.0.7." + x + "\"");
    }

    @Test
    void drained_gateway_gets_no_more_phones_until_that_is_undone() {
        assertThat(site.bellwire().bellwire("phone:drain").exit()).isZero();
        Waits.until("HAProxy sends nobody", () -> !passesOn(binary));
        assertThat(phone(13, site.bellwire().port()).reports("htek", "/Off Hook"))
                .as("whoever comes is answered")
                .isEqualTo(202);
        assertThat(site.bellwire().bellwire("phone:drain", "--off").exit()).isZero();
        Waits.until("HAProxy sends phones again", () -> passesOn(binary));
    }

    @Test
    void url_that_is_pasted_leads_through_the_balancer() {
        String urls = site.bellwire().bellwire("phone:urls", "htek").output();
        Matcher url = Pattern.compile("http://127\\.0\\.0\\.1:" + binary + "(/action/htek/" + Distribution.TOKEN + ")")
                .matcher(urls);
        assertThat(url.find()).as(urls).isTrue();
        Waits.until("HAProxy passes on", () -> passesOn(binary));
        assertThat(phone(14, binary).gets(url.group(1) + "/Offhook").status()).isEqualTo(202);
    }
}
