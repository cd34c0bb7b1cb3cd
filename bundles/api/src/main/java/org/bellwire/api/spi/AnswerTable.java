package org.bellwire.api.spi;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a vendor's answers mean where the status alone does not tell, in the order in which the rows are tried. What no row
 * speaks of is judged as usual: 2xx is a success unless it shows a login page, 401 and 403 refuse the credentials.
 */
public record AnswerTable(List<Row> rows) {

    /** The status tells. */
    public static final AnswerTable USUAL = new AnswerTable(List.of());

    /** What an answer means for the command. */
    public enum Meaning {
        SUCCESS,
        /** The credentials, or the address of this gateway, are refused. */
        UNAUTHORIZED,
        FAILURE
    }

    /**
     * One kind of answer.
     *
     * @param status the HTTP status; 0: any success
     * @param text what the body holds, written without blanks; empty: whatever it holds. Of other answers than successes the
     *     body is not read
     * @param hint for a person: what it means and what to change on the phone; empty only for a success
     */
    public record Row(int status, String text, Meaning meaning, String hint) {
        public Row {
            if (text.chars().anyMatch(Character::isWhitespace)) {
                throw new IllegalArgumentException("a row's text has no blanks, since they are taken out of the body");
            }
            if (!text.isEmpty() && status != 0 && status / 100 != 2) {
                throw new IllegalArgumentException("the body of a " + status + " is not read");
            }
            if (hint.isEmpty() && meaning != Meaning.SUCCESS) {
                throw new IllegalArgumentException("a row that is no success says what to change");
            }
        }

        private boolean is(int answered, String body) {
            boolean same = status == 0 ? answered / 100 == 2 : status == answered;
            return same && (text.isEmpty() || body.contains(text));
        }
    }

    public AnswerTable {
        rows = List.copyOf(rows);
    }

    /** An answer with this status is a success, such as a redirect after a form. It is not followed. */
    public AnswerTable success(int status) {
        return plus(new Row(status, "", Meaning.SUCCESS, ""));
    }

    /** A success whose body holds this says that it is none. */
    public AnswerTable failure(String text, String hint) {
        return plus(new Row(0, text, Meaning.FAILURE, hint));
    }

    /** This status says that nothing was done. */
    public AnswerTable failure(int status, String hint) {
        return plus(new Row(status, "", Meaning.FAILURE, hint));
    }

    /** A success whose body holds this says that the credentials or the address are refused. */
    public AnswerTable unauthorized(String text, String hint) {
        return plus(new Row(0, text, Meaning.UNAUTHORIZED, hint));
    }

    /** This status says that the credentials or the address are refused. */
    public AnswerTable unauthorized(int status, String hint) {
        return plus(new Row(status, "", Meaning.UNAUTHORIZED, hint));
    }

    private AnswerTable plus(Row row) {
        return new AnswerTable(Stream.concat(rows.stream(), Stream.of(row)).toList());
    }

    /** A row looks into the body, so all of it is needed. */
    public boolean readsBody() {
        return rows.stream().anyMatch(row -> !row.text().isEmpty());
    }

    /** The first row that speaks of this answer. */
    public Optional<Row> find(int status, String body) {
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        String dense = readsBody() ? withoutBlanks(body) : "";
        return rows.stream().filter(row -> row.is(status, dense)).findFirst();
    }

    private static String withoutBlanks(String body) {
        StringBuilder out = new StringBuilder(body.length());
        body.chars().filter(c -> !Character.isWhitespace(c)).forEach(c -> out.append((char) c));
        return out.toString();
    }
}
