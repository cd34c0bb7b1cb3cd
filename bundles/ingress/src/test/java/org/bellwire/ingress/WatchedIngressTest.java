package org.bellwire.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bellwire.api.PhoneId;
import org.bellwire.api.port.Reply;
import org.bellwire.api.port.WireListener;
import org.bellwire.ingress.server.RawHttpClient;
import org.junit.jupiter.api.Test;

class WatchedIngressTest {

    private static final String ODD = "GET /action/htek/" + IngressFixture.TOKEN
            + "/x y?phone=lobby&name=J\u00f6rg <1>&lone=% HTTP/1.0\r\nuser-agent:  Odd/1\nX: y\r\n\r\n";

    private final List<String> heard = new CopyOnWriteArrayList<>();

    private final WireListener listener = new WireListener() {
        @Override
        public void reported(PhoneId phone, byte[] request, int status) {
            heard.add(phone.value() + " " + status);
            heard.add(new String(request, StandardCharsets.ISO_8859_1));
        }

        @Override
        public void answered(PhoneId phone, byte[] request, byte[] answer) {
            throw new AssertionError("no phone is asked here");
        }
    };

    private IngressFixture watched(String... keys) {
        IngressFixture site = IngressFixture.with(keys);
        site.ingress().watch(List.of(listener));
        return site;
    }

    @Test
    void who_watches_is_told_the_head_byte_for_byte_and_the_answer() throws IOException {
        try (IngressFixture site = watched()) {
            site.status(ODD);
            site.urls().replyWith(Reply.TOO_MANY);
            site.status(ODD);
            assertThat(heard).containsExactly("lobby 200", ODD, "lobby 429", ODD);
        }
    }

    @Test
    void a_head_that_comes_byte_by_byte_is_told_whole() throws IOException {
        try (IngressFixture site = watched();
                RawHttpClient line = site.line()) {
            line.sendByteByByte(ODD).answer();
            assertThat(heard).containsExactly("lobby 200", ODD);
        }
    }

    @Test
    void several_requests_of_one_connection_are_told_one_by_one() throws IOException {
        String first = "GET /action/htek/" + IngressFixture.TOKEN + "/a?phone=lobby HTTP/1.1\r\n\r\n";
        String second = first.replace("/a?", "/b?");
        try (IngressFixture site = watched();
                RawHttpClient line = site.line()) {
            line.send(first).status();
            line.send(second).status();
            assertThat(heard).containsExactly("lobby 200", first, "lobby 200", second);
        }
    }

    @Test
    void strangers_refused_requests_and_wrong_tokens_are_not_told() throws IOException {
        try (IngressFixture site = watched()) {
            site.get("/action/htek/wrongwrongwrongwrongwrong/x?phone=lobby");
            site.get("/action/htek/" + IngressFixture.TOKEN + "/x?phone=" + "a".repeat(5000));
            site.status("nonsense\r\n\r\n");
            site.get("/");
        }
        try (IngressFixture site = watched("networks", "10.0.0.0/8")) {
            site.get("/action/htek/" + IngressFixture.TOKEN + "/x?phone=lobby");
        }
        assertThat(heard).isEmpty();
    }

    @Test
    void nobody_is_told_when_nobody_watches_any_more() throws IOException {
        try (IngressFixture site = watched()) {
            site.ingress().watch(List.of());
            site.status(ODD);
            assertThat(heard).isEmpty();
        }
    }
}
