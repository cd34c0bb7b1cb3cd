package org.bellwire.simulator;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.bellwire.api.spi.AnswerTable;
import org.bellwire.simulator.WebRequest.Answer;

/** What a phone answers that does nothing of what it was asked, for other reasons than the credentials. */
final class OddAnswers {

    private static final long BETWEEN = TimeUnit.SECONDS.toNanos(1);

    private final Set<Quirk> quirks;
    private final Answer no;
    private final LongSupplier nanos;
    private Optional<Long> last = Optional.empty();

    /** @param table how the vendor's phones say no in an answer with status 200 */
    OddAnswers(Set<Quirk> quirks, AnswerTable table, LongSupplier nanos) {
        this.quirks = quirks;
        this.nanos = nanos;
        String body = table.rows().stream()
                .filter(row -> row.meaning() != AnswerTable.Meaning.SUCCESS)
                .map(AnswerTable.Row::text)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("\"success\":false");
        no = new Answer("200 OK", "Content-Type: application/json", "{" + body + "}");
    }

    /** Whoever asks: before the credentials are looked at. */
    synchronized Optional<Answer> toAnybody() {
        if (quirks.contains(Quirk.NOT_ALLOWED)) {
            return Optional.of(Answer.of("403 Forbidden"));
        }
        long now = nanos.getAsLong();
        boolean early = last.filter(before -> now - before < BETWEEN).isPresent();
        last = Optional.of(now);
        return early && quirks.contains(Quirk.ONE_A_SECOND)
                ? Optional.of(Answer.of("503 Service Unavailable"))
                : Optional.empty();
    }

    /** Whoever may: what is asked for is not done. */
    Optional<Answer> toWhoeverMay() {
        return quirks.contains(Quirk.REFUSES_IN_200) ? Optional.of(no) : Optional.empty();
    }
}
