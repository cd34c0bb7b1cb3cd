package org.bellwire.console.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.bellwire.api.PhoneId;
import org.bellwire.api.port.CommandOrder;
import org.bellwire.api.port.Origin;
import org.bellwire.api.port.PhoneClient.Answer;
import org.bellwire.api.port.PhoneClient.Kind;
import org.bellwire.api.port.Refusal;
import org.bellwire.api.port.SentRequest;
import org.bellwire.api.spi.PhoneRequest;
import org.junit.jupiter.api.Test;

final class StreamJsonTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final MaskedTarget mask = new MaskedTarget(Optional::empty);

    @Test
    void request_to_a_phone_is_told_without_its_secrets_and_its_body() {
        SentRequest sent = new SentRequest(
                new CommandOrder("lobby", "dial", "{\"value\":\"secret-in-order\"}", new Origin.Page("127.0.0.1")),
                new PhoneId("lobby"),
                "http://10.0.0.9:80",
                new PhoneRequest("/dial?number=42&password=secret-in-url&user={user}")
                        .posting("application/json", "{\"pass\":\"secret-in-body\"}"),
                Answer.of(Kind.OK, 200).saying("secret-in-answer"),
                NOON,
                38);
        assertThat(StreamJson.sent(sent, mask))
                .isEqualTo("{\"phone\":\"lobby\",\"command\":\"dial\",\"from\":\"console (127.0.0.1)\","
                        + "\"time\":\"2026-11-21T12:00:00Z\",\"method\":\"POST\","
                        + "\"url\":\"http://10.0.0.9:80/dial?number=42&password=•••&user=•••\","
                        + "\"body\":\"application/json, 25\",\"meant\":\"ok\",\"http_status\":200,\"detail\":null,"
                        + "\"took_ms\":38}");
    }

    @Test
    void refused_request_is_told_with_its_path_and_without_its_token() throws Exception {
        RefusedRequests refused = new RefusedRequests(mask, Clock.fixed(NOON, ZoneOffset.UTC), () -> 0);
        assertThat(refused.next(
                        InetAddress.getByName("192.0.2.7"),
                        404,
                        Optional.of(Refusal.TOKEN),
                        "/action/acme/hunter2/off-hook".getBytes(StandardCharsets.UTF_8)))
                .contains(
                        "{\"time\":\"2026-11-21T12:00:00Z\",\"address\":\"192.0.2.7\","
                                + "\"target\":\"/action/acme/•••/off-hook\",\"http_status\":404,\"reason\":\"token\",\"more\":0}");
    }
}
