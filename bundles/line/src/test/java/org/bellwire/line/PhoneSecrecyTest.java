package org.bellwire.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.bellwire.line.FakePhone.OK;
import static org.bellwire.line.FakePhone.SILENCE;
import static org.bellwire.line.FakePhone.answer;
import static org.bellwire.line.LineFixture.PASSWORD;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bellwire.api.port.PhoneClient.Answer;
import org.bellwire.api.spi.Access;
import org.bellwire.api.spi.AnswerTable;
import org.bellwire.api.spi.Credential;
import org.bellwire.api.spi.PhoneRequest;
import org.bellwire.line.FakePhone.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** The tests log everything. */
class PhoneSecrecyTest {

    private static final String SECRET = "Zk7vQ9xWm3Lr8TnPq5Yb";
    private static final String API_TOKEN = "Hs4Jd8Fg2Kw6Xc9Vb3Mn";

    /** The phone's password in the request itself, and a vendor that looks into what the phone answers. */
    private static final PhoneRequest IN_TARGET = new PhoneRequest("/do").with("passcode", Credential.PASSWORD);

    private static final Access READING = Access.http(Access.Authentication.PASSWORD_IN_TARGET)
            .answering(AnswerTable.USUAL.failure("\"error\"", "the phone says no"));

    private static final List<Part> ANSWERS = List.of(
            OK,
            answer("HTTP/1.1 200 OK", "{\"response\":\"error\",\"asked\":\"passcode=" + SECRET + "\"}"),
            answer("HTTP/1.1 302 Found\r\nLocation: /index.htm?passcode=" + SECRET, ""),
            answer("HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"phone\"", ""),
            answer("HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm=\"p\", qop=\"auth\", nonce=\"n\"", ""),
            answer("HTTP/1.1 302 Found\r\nLocation: /login", ""),
            answer("HTTP/1.1 500 No", "<input type=password>"),
            (socket, out) -> out.write("no answer at all\r\n\r\n".getBytes(StandardCharsets.US_ASCII)),
            (socket, out) -> socket.close(),
            SILENCE);

    @RegisterExtension
    final LineFixture fixture = new LineFixture(Map.of("timeout.ms", "2000"));

    @Test
    void no_part_of_a_password_or_token_is_logged_or_answered_at_any_level() throws Exception {
        LoggerFactory.getLogger(PhoneSecrecyTest.class).debug("debug messages are logged");
        String target = "/do?number=1&token=" + API_TOKEN;
        for (Part part : ANSWERS) {
            try (FakePhone phone = FakePhone.that(part)) {
                assertNoPart(told(fixture.send(phone.address(PASSWORD, "admin", SECRET), target)));
                assertNoPart(told(fixture.line()
                        .send(phone.address(READING, "admin", SECRET), IN_TARGET)
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS)));
                await().untilAsserted(() -> assertThat(phone.requests())
                        .as("the request has gone out")
                        .isNotEmpty());
            }
        }
        FakePhone gone = FakePhone.that(OK);
        gone.close();
        assertNoPart(told(fixture.send(gone.address(PASSWORD, "admin", SECRET), target)));

        String log = Files.readString(
                Path.of(System.getProperty("org.slf4j.simpleLogger.logFile", "target/test.log")),
                StandardCharsets.ISO_8859_1);
        assertThat(log).as("debug messages are in it").contains("DEBUG org.bellwire.line.PhoneSecrecyTest");
        assertNoPart(log);
    }

    private static String told(Answer answer) {
        return answer.toString();
    }

    private static void assertNoPart(String text) throws IOException {
        String basic = Base64.getEncoder().encodeToString(("admin:" + SECRET).getBytes(StandardCharsets.US_ASCII));
        for (String secret : List.of(SECRET, API_TOKEN, basic)) {
            for (int i = 0; i + 6 <= secret.length(); i++) {
                assertThat(text.contains(secret.substring(i, i + 6))).as(secret).isFalse();
            }
        }
    }
}
