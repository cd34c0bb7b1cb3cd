package org.bellwire.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.PhoneId;
import org.bellwire.api.port.Reply;
import org.bellwire.api.port.TriggerRequest;
import org.bellwire.ingress.server.RawHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Triggers by HTTP: the same port, token, limits and answers as action URLs. */
class TriggerUrlsTest {

    private static final String BASE = "/action/trigger/" + IngressFixture.TOKEN;
    private static final String END = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

    private final IngressFixture site = IngressFixture.with("rate.address", "100000");

    @AfterEach
    void close() {
        site.close();
    }

    private TriggerRequest only() {
        assertThat(site.triggers().received()).hasSize(1);
        return site.triggers().received().get(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST"})
    void get_head_and_post_fire_a_trigger(String method) throws IOException {
        assertThat(site.status(method + " " + BASE + "/door" + END)).isEqualTo(200);
        assertThat(only().trigger()).isEqualTo("door");
        assertThat(only().cancel()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "OPTIONS", "post"})
    void any_other_method_is_answered_405(String method) throws IOException {
        assertThat(site.status(method + " " + BASE + "/door" + END)).isEqualTo(405);
        assertThat(site.triggers().received()).isEmpty();
    }

    @Test
    void connection_ends_after_a_post_to_what_takes_none() throws IOException {
        try (RawHttpClient line = site.line()) {
            line.send("POST /action/htek/" + IngressFixture.TOKEN + "/x HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(line.rest()).startsWith("HTTP/1.1 405").contains("Connection: close");
        }
    }

    @Test
    void cancel_behind_the_id_cancels() throws IOException {
        assertThat(site.get(BASE + "/door/cancel")).isEqualTo(200);
        assertThat(only().cancel()).isTrue();
    }

    @Test
    void body_of_a_post_is_ignored() throws IOException {
        assertThat(site.status("POST " + BASE + "/door HTTP/1.1\r\nContent-Length: 9\r\n\r\nbutton=99"))
                .isEqualTo(200);
        assertThat(only().query()).isEmpty();
    }

    @Test
    void large_body_is_not_kept_and_its_sender_is_answered_before_the_connection_ends() throws IOException {
        try (RawHttpClient line = site.line()) {
            line.send("POST " + BASE + "/door HTTP/1.1\r\nContent-Length: 100000\r\n\r\n" + "a".repeat(100_000));
            assertThat(line.rest()).startsWith("HTTP/1.1 200 OK").contains("Connection: close");
        }
        assertThat(site.triggers().received()).hasSize(1);
    }

    @Test
    void body_that_looks_like_a_request_fires_nothing() throws IOException {
        String inner = "GET " + BASE + "/door/cancel HTTP/1.1\r\n\r\n";
        try (RawHttpClient line = site.line()) {
            line.send("POST " + BASE + "/door HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" + inner);
            assertThat(line.rest()).containsOnlyOnce("HTTP/1.1");
        }
        assertThat(only().cancel()).isFalse();
    }

    @Test
    void query_is_handed_over_also_one_without_values() throws IOException {
        site.get(BASE + "/door?button=2&name=M%C3%BCller");
        site.get(BASE + "/door?1");
        assertThat(site.triggers().received().stream().map(TriggerRequest::query))
                .containsExactly(Map.of("button", "2", "name", "M\u00FCller"), Map.of("1", ""));
    }

    @Test
    void values_that_stand_in_the_path_count_as_the_query() throws IOException {
        assertThat(site.get(BASE + "/door/mac=001fc1000001")).isEqualTo(200);
        assertThat(only().query()).isEqualTo(Map.of("mac", "001fc1000001"));
    }

    @Test
    void query_is_handed_over_without_secrets() throws IOException {
        site.get(BASE + "/door?token=abc&password=x&a=" + IngressFixture.TOKEN + "&x" + IngressFixture.TOKEN + "&b=1");
        assertThat(only().query()).isEqualTo(Map.of("b", "1"));
    }

    @Test
    void own_token_of_a_phone_fires_too_and_tells_whose_it_was() throws IOException {
        assertThat(site.get("/action/trigger/" + RecordedUrls.OWN_TOKEN + "/door?a=" + IngressFixture.TOKEN))
                .isEqualTo(200);
        assertThat(only().owner()).isEqualTo(Optional.of(new PhoneId("doorstation")));
        assertThat(only().query()).isEmpty();
    }

    @Test
    void wrong_token_and_unknown_trigger_get_the_same_bytes() throws IOException {
        for (String target : List.of(
                "/action/trigger/wrongwrongwrongwrongwrong/door",
                "/action/trigger/wrongwrongwrongwrongwrong/nobody",
                "/action/trigger/wrongwrongwrongwrongwrong",
                BASE + "/nobody",
                BASE + "/DOOR",
                BASE + "/door/cancel/more",
                BASE + "/door/open")) {
            try (RawHttpClient line = site.line()) {
                assertThat(line.send("POST " + target + END).answer())
                        .as(target)
                        .isEqualTo("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            }
        }
        assertThat(site.triggers().received()).isEmpty();
    }

    @Test
    void target_without_an_id_is_answered_400() throws IOException {
        assertThat(site.get(BASE)).isEqualTo(400);
    }

    @ParameterizedTest
    @EnumSource(
            value = Reply.class,
            names = {"ACCEPTED", "TOO_MANY", "UNAVAILABLE"})
    void reply_of_the_triggers_is_the_answer(Reply reply) throws IOException {
        site.triggers().replyWith(reply);
        assertThat(site.get(BASE + "/door")).isEqualTo(reply.status());
    }

    @Test
    void stranger_and_who_asks_too_often_are_answered_as_for_an_action_url() throws IOException {
        try (IngressFixture foreign = IngressFixture.with("networks", "192.0.2.0/24");
                IngressFixture rare = IngressFixture.with("rate.address", "1/h, burst 1")) {
            assertThat(foreign.get(BASE + "/door")).isEqualTo(404);
            assertThat(rare.get(BASE + "/door")).isEqualTo(200);
            assertThat(rare.get(BASE + "/door")).isEqualTo(429);
            assertThat(foreign.triggers().received()).isEmpty();
        }
    }
}
