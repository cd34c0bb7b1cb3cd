package org.bellwire.core.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Property;
import org.bellwire.core.phone.StateQuestions.Reason;
import org.junit.jupiter.api.Test;

class StateQuestionsTest {

    private static final PhoneSettings FILE = file("geheim");
    private static final long QUIET = StateQuestions.QUIET.toNanos();

    private final StateQuestions questions = new StateQuestions();

    private static PhoneSettings file(String password) {
        return PhoneSettings.parse(
                "a file", new PhoneId("desk"), Map.of("vendor", "acme", "password", password), List.of());
    }

    private Reason whileOnline(boolean quiet, long now) {
        return questions.take(true, quiet, FILE, now);
    }

    @Test
    void phone_is_asked_each_time_that_it_comes_online() {
        assertThat(questions.take(false, false, FILE, 0)).isEqualTo(Reason.NONE);
        assertThat(whileOnline(false, 1)).isEqualTo(Reason.NEW);
        assertThat(whileOnline(false, 2)).isEqualTo(Reason.NONE);
        assertThat(questions.take(false, false, FILE, 3)).isEqualTo(Reason.NONE);
        assertThat(whileOnline(false, 4)).isEqualTo(Reason.NEW);
    }

    @Test
    void phone_that_is_not_there_is_not_asked_about_its_call() {
        whileOnline(false, 0);
        assertThat(questions.take(false, true, FILE, 2 * QUIET)).isEqualTo(Reason.NONE);
    }

    @Test
    void quiet_call_is_asked_for_once_in_a_while() {
        whileOnline(false, 0);
        assertThat(whileOnline(true, QUIET - 1)).isEqualTo(Reason.NONE);
        assertThat(whileOnline(true, QUIET)).isEqualTo(Reason.QUIET_CALL);
        assertThat(whileOnline(true, 2 * QUIET - 1)).isEqualTo(Reason.NONE);
        assertThat(whileOnline(true, 2 * QUIET)).isEqualTo(Reason.QUIET_CALL);
    }

    @Test
    void phone_without_a_quiet_call_is_left_alone() {
        whileOnline(false, 0);
        assertThat(whileOnline(false, 10 * QUIET)).isEqualTo(Reason.NONE);
    }

    @Test
    void phone_that_refuses_is_not_asked_until_its_file_says_something_else() {
        whileOnline(false, 0);
        questions.refuse(FILE);
        assertThat(whileOnline(true, 2 * QUIET)).isEqualTo(Reason.NONE);
        questions.take(false, false, FILE, 2 * QUIET);
        assertThat(whileOnline(false, 2 * QUIET)).as("online again").isEqualTo(Reason.NONE);
        assertThat(questions.take(true, false, file("other"), 3 * QUIET)).isEqualTo(Reason.NEW);
        assertThat(questions.take(true, false, file("other"), 3 * QUIET)).isEqualTo(Reason.NONE);
    }

    @Test
    void changed_file_of_a_phone_that_never_refused_is_no_reason() {
        whileOnline(false, 0);
        assertThat(questions.take(true, false, file("other"), 1)).isEqualTo(Reason.NONE);
    }

    @Test
    void refusal_is_news_until_the_phone_answers() {
        assertThat(questions.refuse(FILE)).isTrue();
        assertThat(questions.refuse(FILE)).isFalse();
        questions.answered();
        assertThat(whileOnline(false, 0)).isEqualTo(Reason.NEW);
        assertThat(questions.refuse(FILE)).isTrue();
    }

    @Test
    void answer_is_news_but_for_what_events_told_since_the_question() {
        questions.told(Property.DND);
        questions.asking();
        questions.told(Property.MUTE);
        assertThat(questions.isNewsOf(Property.MUTE)).isFalse();
        assertThat(questions.isNewsOf(Property.DND)).as("told before").isTrue();
        questions.done();
        questions.told(Property.MUTE);
        assertThat(questions.isNewsOf(Property.MUTE)).as("no question any more").isTrue();
        questions.asking();
        assertThat(questions.isNewsOf(Property.MUTE)).as("another question").isTrue();
    }
}
