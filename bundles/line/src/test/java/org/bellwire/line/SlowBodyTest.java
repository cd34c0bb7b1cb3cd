package org.bellwire.line;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.bellwire.line.LineFixture.OPEN;
import static org.bellwire.line.LineFixture.PASSWORD;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.PhoneClient.Answer;
import org.bellwire.api.port.PhoneClient.Kind;
import org.bellwire.api.spi.Access;
import org.bellwire.api.spi.AnswerTable;
import org.bellwire.api.spi.PhoneRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Phones whose body takes longer than the second for which a body is waited that tells nothing. */
class SlowBodyTest {

    private static final Access JSON = OPEN.answering(AnswerTable.USUAL.failure("\"success\":false", "switch it on"));
    private static final String HEAD = "HTTP/1.1 200 OK\r\n";
    private static final int LONGER_MS = 1500;

    @RegisterExtension
    final LineFixture fixture = new LineFixture(Map.of("timeout.ms", "60000"));

    /** The head at once, the first half of the body after a while, the rest after as long again. */
    private static FakePhone.Part slowly(String head, String body) {
        return (socket, out) -> {
            out.write((head + "\r\n").getBytes(ISO_8859_1));
            for (String half : new String[] {body.substring(0, body.length() / 2), body.substring(body.length() / 2)}) {
                out.flush();
                Thread.sleep(LONGER_MS); // a phone's own pace, not a test waiting
                out.write(half.getBytes(ISO_8859_1));
            }
        };
    }

    private static String length(String body) {
        return HEAD + "Content-Length: " + body.length() + "\r\n";
    }

    private Answer sent(Access access, FakePhone.Part part, PhoneRequest request) throws Exception {
        try (FakePhone phone = FakePhone.that(part)) {
            return fixture.line()
                    .send(phone.address(access), request)
                    .toCompletableFuture()
                    .get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void refusal_in_a_body_that_takes_seconds_is_read() throws Exception {
        String no = "{ \"success\" : false, \"error\" : { \"code\" : 12 } }";
        Answer told = sent(JSON, slowly(length(no), no), new PhoneRequest("/open"));
        assertThat(told.kind()).isEqualTo(Kind.FAILED);
        assertThat(told.detail()).contains("switch it on");
        assertThat(sent(JSON, slowly(HEAD, no), new PhoneRequest("/open")).kind())
                .as("a body without a length")
                .isEqualTo(Kind.FAILED);
    }

    @Test
    void success_in_a_body_that_takes_seconds_is_one() throws Exception {
        String yes = "{\"success\":true}";
        assertThat(sent(JSON, slowly(length(yes), yes), new PhoneRequest("/open"))
                        .kind())
                .isEqualTo(Kind.OK);
    }

    @Test
    void body_that_is_wanted_is_read_to_its_end() throws Exception {
        String states = "dnd=1 and more";
        assertThat(sent(OPEN, slowly(length(states), states), new PhoneRequest("/states").asking())
                        .body())
                .isEqualTo(states);
    }

    @Test
    void body_that_does_not_come_to_its_end_in_time_leaves_the_answer_open() throws Exception {
        HttpPhoneClient hasty =
                LineFixture.started(Map.of("timeout.ms", "1500"), RequestSender.Surroundings.REAL, Counters.NONE);
        try (FakePhone phone = FakePhone.that((socket, out) -> {
            out.write((HEAD + "Content-Length: 40\r\n\r\n{\"succ").getBytes(ISO_8859_1));
            out.flush();
            socket.getInputStream().read();
        })) {
            Answer told = hasty.send(phone.address(JSON), new PhoneRequest("/open"))
                    .toCompletableFuture()
                    .get(60, TimeUnit.SECONDS);
            assertThat(told.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(told.detail().orElse("")).contains("no complete answer");
        } finally {
            hasty.stop();
        }
    }

    @Test
    void where_the_status_tells_all_a_slow_body_is_not_waited_for() throws Exception {
        try (FakePhone phone = FakePhone.that((socket, out) -> {
            out.write((HEAD + "Content-Length: 40\r\n\r\n").getBytes(ISO_8859_1));
            out.flush();
            socket.getInputStream().read();
        })) {
            assertThat(fixture.send(FakePhone.as(phone.address(PASSWORD), "u", "p"), "/open")
                            .kind())
                    .isEqualTo(Kind.OK);
        }
    }

    @Test
    void poll_waits_longer_than_a_command() throws Exception {
        HttpPhoneClient hasty =
                LineFixture.started(Map.of("timeout.ms", "1000"), RequestSender.Surroundings.REAL, Counters.NONE);
        String events = "{\"events\":[]}";
        try (FakePhone phone = FakePhone.that(slowly(length(events), events))) {
            Answer told = hasty.poll(
                            phone.address(OPEN), new PhoneRequest("/log").asking(), 50, new CompletableFuture<>())
                    .toCompletableFuture()
                    .get(60, TimeUnit.SECONDS);
            assertThat(told.body()).isEqualTo(events);
        } finally {
            hasty.stop();
        }
    }

    @Test
    void poll_that_nobody_waits_for_any_more_closes_its_connection() throws Exception {
        var enough = new CompletableFuture<Void>();
        var gone = new CompletableFuture<Integer>();
        try (FakePhone phone = FakePhone.that((socket, out) -> {
            enough.complete(null);
            gone.complete(socket.getInputStream().read());
        })) {
            Answer told = fixture.line()
                    .poll(phone.address(OPEN), new PhoneRequest("/log").asking(), 50, enough)
                    .toCompletableFuture()
                    .get(60, TimeUnit.SECONDS);
            assertThat(told.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(gone.get(60, TimeUnit.SECONDS))
                    .as("the phone sees the end")
                    .isEqualTo(-1);
            await().until(() -> fixture.line().connections() == 0);
        }
    }
}
