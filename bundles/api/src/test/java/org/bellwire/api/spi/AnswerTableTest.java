package org.bellwire.api.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bellwire.api.spi.AnswerTable.Meaning;
import org.bellwire.api.spi.AnswerTable.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerTableTest {

    private final AnswerTable table = AnswerTable.USUAL
            .success(302)
            .unauthorized(403, "put this gateway on the phone's list")
            .failure("\"retcode\":-3", "switch the relay on")
            .failure("\"retcode\":-", "the phone refuses")
            .unauthorized("noaccess", "log in");

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "302, , SUCCESS",
                "403, , UNAUTHORIZED",
                "200, {\"retcode\":-3}, FAILURE",
                "201, {\"retcode\" :\t-3}, FAILURE",
                "200, no access here, UNAUTHORIZED"
            })
    void answer_means_what_its_first_row_says(int status, String body, Meaning meaning) {
        assertThat(table.find(status, body == null ? "" : body))
                .map(Row::meaning)
                .contains(meaning);
    }

    @Test
    void rows_are_tried_in_order() {
        assertThat(table.find(200, "{\"retcode\":-3}")).map(Row::hint).contains("switch the relay on");
        assertThat(table.find(200, "{\"retcode\":-4}")).map(Row::hint).contains("the phone refuses");
    }

    @Test
    void answer_that_no_row_speaks_of_is_judged_as_usual() {
        assertThat(table.find(200, "{\"retcode\":0}")).isEmpty();
        assertThat(table.find(500, "{\"retcode\":-3}")).isEmpty();
        assertThat(AnswerTable.USUAL.find(200, "anything")).isEmpty();
    }

    @Test
    void body_matters_only_where_a_row_looks_into_it() {
        assertThat(table.readsBody()).isTrue();
        assertThat(AnswerTable.USUAL.success(302).readsBody()).isFalse();
    }

    @Test
    void row_that_could_never_hold_or_does_not_help_is_refused() {
        assertThatThrownBy(() -> AnswerTable.USUAL.failure("a b", "hint")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AnswerTable.USUAL.failure(500, "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Row(404, "text", Meaning.FAILURE, "hint"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
