package org.bellwire.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bellwire.api.spi.Access.Authentication;
import org.bellwire.api.spi.AnswerTable;
import org.bellwire.simulator.Profile.Credentials;
import org.bellwire.simulator.WebRequest.Answer;
import org.bellwire.simulator.WebRequest.Request;
import org.junit.jupiter.api.Test;

/** Quirks that depend on the time or on what was shown before. */
class QuirksTest {

    private static final Credentials LOGIN = Credentials.password("admin", "secret");

    private long nanos = TimeUnit.HOURS.toNanos(-1);

    private static Request asks(String... authorization) {
        return new Request(
                "GET", "/open", authorization.length == 0 ? Map.of() : Map.of("authorization", authorization[0]));
    }

    private static Request shows(String password) {
        return asks(
                "Basic " + Base64.getEncoder().encodeToString(("admin:" + password).getBytes(StandardCharsets.UTF_8)));
    }

    private LoginCheck login(Quirk quirk) {
        return new LoginCheck(Authentication.PASSWORD, LOGIN, Set.of(quirk), () -> nanos);
    }

    private static String status(Optional<Answer> answer) {
        return answer.map(Answer::status).orElse("let in");
    }

    @Test
    void three_wrong_passwords_lock_the_right_one_out_for_a_minute() {
        LoginCheck login = login(Quirk.LOCKS_OUT);
        for (int i = 0; i < 3; i++) {
            assertThat(status(login.refusal(asks()))).as("a question is no try").isEqualTo("401 Unauthorized");
            assertThat(status(login.refusal(shows("guess")))).isEqualTo("401 Unauthorized");
        }
        assertThat(status(login.refusal(shows("secret")))).isEqualTo("423 Locked");
        nanos += TimeUnit.SECONDS.toNanos(61);
        assertThat(status(login.refusal(shows("secret")))).isEqualTo("let in");
    }

    @Test
    void right_password_makes_wrong_ones_forgotten() {
        LoginCheck login = login(Quirk.LOCKS_OUT);
        for (int i = 0; i < 5; i++) {
            login.refusal(shows("guess"));
            assertThat(status(login.refusal(shows("secret")))).isEqualTo("let in");
        }
    }

    @Test
    void password_in_the_target_is_a_try_as_well() {
        LoginCheck login =
                new LoginCheck(Authentication.PASSWORD_IN_TARGET, LOGIN, Set.of(Quirk.LOCKS_OUT), () -> nanos);
        for (int i = 0; i < 3; i++) {
            assertThat(status(login.refusal(new Request("GET", "/dial?passcode=guess", Map.of()))))
                    .isEqualTo("401 Unauthorized");
        }
        assertThat(status(login.refusal(new Request("GET", "/dial?passcode=secret", Map.of()))))
                .isEqualTo("423 Locked");
    }

    @Test
    void digest_is_asked_for_and_basic_refused() {
        LoginCheck login = login(Quirk.DIGEST);
        assertThat(login.refusal(asks()).map(Answer::header).orElse("")).startsWith("WWW-Authenticate: Digest realm=");
        assertThat(status(login.refusal(shows("secret")))).isEqualTo("401 Unauthorized");
    }

    @Test
    void request_within_a_second_of_another_is_not_taken() {
        OddAnswers odd = new OddAnswers(Set.of(Quirk.ONE_A_SECOND), AnswerTable.USUAL, () -> nanos);
        assertThat(status(odd.toAnybody())).isEqualTo("let in");
        nanos += TimeUnit.MILLISECONDS.toNanos(999);
        assertThat(status(odd.toAnybody())).isEqualTo("503 Service Unavailable");
        nanos += TimeUnit.MILLISECONDS.toNanos(1000);
        assertThat(status(odd.toAnybody())).isEqualTo("let in");
    }

    @Test
    void whoever_is_not_allowed_gets_no_challenge() {
        OddAnswers odd = new OddAnswers(Set.of(Quirk.NOT_ALLOWED), AnswerTable.USUAL, () -> nanos);
        assertThat(odd.toAnybody()).contains(Answer.of("403 Forbidden"));
    }

    @Test
    void refusal_in_a_success_is_written_as_the_vendor_writes_it() {
        AnswerTable table = AnswerTable.USUAL.success(302).failure("\"retcode\":-3", "switch it on");
        OddAnswers odd = new OddAnswers(Set.of(Quirk.REFUSES_IN_200), table, () -> nanos);
        assertThat(odd.toWhoeverMay().map(Answer::body)).contains("{\"retcode\":-3}");
        assertThat(odd.toWhoeverMay().map(Answer::status)).contains("200 OK");
        assertThat(odd.toAnybody()).isEmpty();
    }
}
