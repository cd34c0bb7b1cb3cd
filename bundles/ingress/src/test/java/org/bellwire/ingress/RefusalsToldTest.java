package org.bellwire.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.Refusal;
import org.bellwire.api.port.Reply;
import org.bellwire.ingress.access.AccessControl;
import org.bellwire.ingress.access.IngressPorts;
import org.bellwire.ingress.access.SiteToken;
import org.junit.jupiter.api.Test;

final class RefusalsToldTest {

    private static final String RIGHT = "/action/htek/" + IngressFixture.TOKEN + "/x";

    private final List<String> told = new CopyOnWriteArrayList<>();

    private void refused(InetAddress peer, int status, Optional<Refusal> reason, byte[] target) {
        told.add(peer.getHostAddress() + " " + status + " "
                + reason.map(Enum::name).orElse("-") + " " + new String(target, StandardCharsets.ISO_8859_1));
    }

    private IngressFixture listening(String... keys) {
        IngressFixture site = IngressFixture.with(keys);
        site.ingress().tell(this::refused);
        return site;
    }

    @Test
    void stranger_who_is_not_heard_is_told_with_address_and_reason() {
        IngressPorts ports = new IngressPorts(
                Optional::empty,
                Optional::empty,
                () -> Counters.NONE,
                new IngressPorts(Optional::empty, Optional::empty, () -> Counters.NONE).texts(),
                this::refused);
        new AccessControl(
                        IngressSettings.read(org.bellwire.api.config.Cfg.of("f", java.util.Map.of()))
                                .access(),
                        SiteToken.random(),
                        ports)
                .unheard(InetAddress.getLoopbackAddress());
        assertThat(told).containsExactly("127.0.0.1 404 NETWORK ");
    }

    @Test
    void wrong_token_network_and_rate_are_told_with_what_was_asked_for() throws IOException {
        try (IngressFixture site = listening()) {
            site.get("/action/htek/wrongwrongwrongwrongwrong/x?mac=1");
            site.urls().replyWith(Reply.TOO_MANY);
            site.get(RIGHT);
        }
        try (IngressFixture site = listening("networks", "10.0.0.0/8")) {
            site.get(RIGHT);
        }
        assertThat(told)
                .containsExactly(
                        "127.0.0.1 404 TOKEN /action/htek/wrongwrongwrongwrongwrong/x?mac=1",
                        "127.0.0.1 429 PHONE_RATE " + RIGHT,
                        "127.0.0.1 404 NETWORK " + RIGHT);
    }

    @Test
    void unknown_phone_and_report_without_an_event_are_told_and_what_is_taken_in_is_not() throws IOException {
        try (IngressFixture site = listening()) {
            site.get(RIGHT);
            site.urls().replyWith(Reply.UNKNOWN_PHONE);
            site.get(RIGHT);
            site.urls().replyWith(Reply.NO_EVENT);
            site.get(RIGHT);
        }
        assertThat(told).containsExactly("127.0.0.1 202 - " + RIGHT, "127.0.0.1 400 - " + RIGHT);
    }

    @Test
    void request_that_is_too_large_or_by_another_method_is_told_with_how_it_begins() throws IOException {
        String many = "X: y\r\n".repeat(2000);
        try (IngressFixture site = listening()) {
            site.status("GET " + RIGHT + " HTTP/1.1\r\n" + many + "\r\n");
            site.status("PUT " + RIGHT + " HTTP/1.1\r\n\r\n");
            site.status("GET " + RIGHT + "?" + "a".repeat(4100) + " HTTP/1.1\r\n\r\n");
            site.status("GET " + RIGHT + "?" + "a".repeat(9000) + " HTTP/1.1\r\n\r\n");
        }
        String begins = (RIGHT + "?" + "a".repeat(600)).substring(0, 512);
        assertThat(told)
                .containsExactly(
                        "127.0.0.1 431 - " + RIGHT,
                        "127.0.0.1 405 - " + RIGHT,
                        "127.0.0.1 414 - " + begins,
                        "127.0.0.1 414 - " + begins);
    }
}
