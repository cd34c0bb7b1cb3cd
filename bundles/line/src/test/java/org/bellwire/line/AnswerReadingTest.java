package org.bellwire.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bellwire.line.FakePhone.answer;
import static org.bellwire.line.LineFixture.OPEN;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bellwire.api.port.PhoneClient.Answer;
import org.bellwire.api.port.PhoneClient.Kind;
import org.bellwire.api.spi.Access;
import org.bellwire.api.spi.AnswerTable;
import org.bellwire.api.spi.PhoneRequest;
import org.bellwire.line.FakePhone.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a vendor's table of answers makes of them. */
class AnswerReadingTest {

    private static final Access ACCESS = OPEN.answering(AnswerTable.USUAL
            .success(302)
            .unauthorized(403, "put this gateway on the phone's list")
            .failure("\"success\":false", "switch the service on"));

    @RegisterExtension
    final LineFixture fixture = new LineFixture(Map.of());

    private Answer answerTo(Part part, Access access, PhoneRequest request) throws Exception {
        try (FakePhone phone = FakePhone.that(part)) {
            return fixture.line()
                    .send(phone.address(access), request)
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void success_that_says_no_is_failed_and_tells_what_to_change() throws Exception {
        Answer answer = answerTo(answer("HTTP/1.1 200 OK", "{ \"success\" : false }"), ACCESS, new PhoneRequest("/"));
        assertThat(answer).isEqualTo(Answer.of(Kind.FAILED, 200, "switch the service on"));
    }

    @Test
    void success_that_says_yes_is_one() throws Exception {
        Answer answer = answerTo(answer("HTTP/1.1 200 OK", "{\"success\":true}"), ACCESS, new PhoneRequest("/"));
        assertThat(answer).isEqualTo(Answer.of(Kind.OK, 200));
    }

    @Test
    void redirect_that_is_the_vendors_success_is_one_and_is_not_followed() throws Exception {
        Part redirect = answer("HTTP/1.1 302 Found\r\nLocation: /login.htm", "");
        assertThat(answerTo(redirect, ACCESS, new PhoneRequest("/")).kind()).isEqualTo(Kind.OK);
    }

    @Test
    void refusal_tells_the_vendors_own_remedy() throws Exception {
        Answer answer = answerTo(answer("HTTP/1.1 403 Forbidden", ""), ACCESS, new PhoneRequest("/"));
        assertThat(answer).isEqualTo(Answer.of(Kind.UNAUTHORIZED, 403, "put this gateway on the phone's list"));
    }

    @Test
    void login_page_is_still_unauthorized() throws Exception {
        Answer answer = answerTo(
                answer("HTTP/1.1 200 OK", "<form><input type=\"password\"></form>"), ACCESS, new PhoneRequest("/"));
        assertThat(answer.kind()).isEqualTo(Kind.UNAUTHORIZED);
    }

    @Test
    void body_is_handed_over_only_to_who_asks_for_it() throws Exception {
        Part status = answer("HTTP/1.1 200 OK", "name=T\u00c3\u00bcr");
        assertThat(answerTo(status, OPEN, new PhoneRequest("/").asking()).body())
                .isEqualTo("name=T\u00fcr");
        assertThat(answerTo(status, OPEN, new PhoneRequest("/")).body()).isEmpty();
    }

    @Test
    void body_that_has_no_end_is_cut() throws Exception {
        Part endless = answer("HTTP/1.1 200 OK", "x".repeat(60_000));
        assertThat(answerTo(endless, OPEN, new PhoneRequest("/").asking()).body())
                .hasSizeBetween(4_000, 16_000);
    }

    @Test
    void body_is_never_part_of_an_answers_text() throws Exception {
        Part status = answer("HTTP/1.1 200 OK", "passcode=geheim");
        assertThat(answerTo(status, OPEN, new PhoneRequest("/").asking()).toString())
                .doesNotContain("geheim");
    }
}
