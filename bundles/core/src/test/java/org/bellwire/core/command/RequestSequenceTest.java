package org.bellwire.core.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.bellwire.api.Scheme;
import org.bellwire.api.port.PhoneClient.Address;
import org.bellwire.api.port.PhoneClient.Answer;
import org.bellwire.api.port.PhoneClient.Kind;
import org.bellwire.api.spi.Access;
import org.bellwire.api.spi.PhoneRequest;
import org.bellwire.core.phone.SerialQueue;
import org.junit.jupiter.api.Test;

class RequestSequenceTest {

    private static final Answer OK = Answer.of(Kind.OK, 200);
    private static final PhoneRequest A = new PhoneRequest("/a");
    private static final PhoneRequest B = new PhoneRequest("/b");
    private static final PhoneRequest C = new PhoneRequest("/c");
    private static final Access QUICK = Access.http(Access.Authentication.NONE);

    private final CommandScene scene = new CommandScene();
    private final SerialQueue turns = new SerialQueue();
    private final RequestSequence sequence = new RequestSequence(scene, scene.time.timing());
    private final List<String> told = new ArrayList<>();
    private final RequestSequence.AnswerListener listener = new RequestSequence.AnswerListener() {
        @Override
        public void asking() {
            told.add("asking");
        }

        @Override
        public void answered(PhoneRequest request, Answer answer) {
            told.add(request.target() + " " + answer.kind());
        }
    };

    private CompletableFuture<Answer> send(Access access, int gapMs, PhoneRequest... requests) {
        Address to = CommandScene.at(access, Scheme.HTTP, "192.0.2.1");
        return sequence.send(to, List.of(requests), gapMs, listener, turns).toCompletableFuture();
    }

    private void pass(int milliseconds) {
        scene.time.pass(Duration.ofMillis(milliseconds));
    }

    @Test
    void each_request_follows_the_answer_to_the_one_before_it_after_the_gap() {
        CompletableFuture<Answer> first = scene.answersLater();
        CompletableFuture<Answer> result = send(QUICK, 100, A, B, C);
        pass(1_000);
        assertThat(scene.sent).containsExactly("/a");
        first.complete(OK);
        pass(99);
        assertThat(scene.sent).containsExactly("/a");
        pass(1);
        assertThat(scene.sent).containsExactly("/a", "/b");
        assertThat(result).isNotDone();
        pass(100);
        assertThat(scene.sent).containsExactly("/a", "/b", "/c");
        assertThat(result).isCompletedWithValue(OK);
    }

    @Test
    void request_that_asks_for_a_longer_pause_gets_it() {
        send(QUICK, 100, A, B.after(250));
        pass(249);
        assertThat(scene.sent).containsExactly("/a");
        pass(1);
        assertThat(scene.sent).containsExactly("/a", "/b");
    }

    @Test
    void first_answer_that_is_no_success_is_the_last() {
        Answer refusal = Answer.of(Kind.UNAUTHORIZED, 401);
        scene.answers(OK);
        scene.answers(refusal);
        CompletableFuture<Answer> result = send(QUICK, 100, A, B, C);
        pass(10_000);
        assertThat(scene.sent).containsExactly("/a", "/b");
        assertThat(result).isCompletedWithValue(refusal);
    }

    @Test
    void listener_is_told_of_each_question_and_answer_in_order() {
        scene.answers(OK);
        scene.answers(Answer.of(Kind.FAILED, 500));
        send(QUICK, 100, A, B);
        pass(100);
        assertThat(told).containsExactly("asking", "/a OK", "asking", "/b FAILED");
    }

    @Test
    void phone_that_has_to_be_left_alone_is_asked_when_its_rest_is_over() {
        turns.rest(scene.time.nanos() + Duration.ofMillis(300).toNanos());
        CompletableFuture<Answer> result = send(QUICK, 100, A);
        pass(299);
        assertThat(told).isEmpty();
        assertThat(scene.sent).isEmpty();
        pass(1);
        assertThat(scene.sent).containsExactly("/a");
        assertThat(result).isCompletedWithValue(OK);
    }

    @Test
    void phone_that_wants_time_between_requests_rests_after_each_answer() {
        CompletableFuture<Answer> first = scene.answersLater();
        send(QUICK.withRequestGapMs(500), 0, A, B);
        pass(2_000);
        first.complete(OK);
        assertThat(turns.restLeft(scene.time.nanos()))
                .isEqualTo(Duration.ofMillis(500).toNanos());
        pass(499);
        assertThat(scene.sent).containsExactly("/a");
        pass(1);
        assertThat(scene.sent).containsExactly("/a", "/b");
    }

    @Test
    void phone_that_takes_any_number_of_requests_needs_no_rest() {
        send(QUICK, 0, A);
        assertThat(turns.restLeft(scene.time.nanos())).isNotPositive();
    }
}
