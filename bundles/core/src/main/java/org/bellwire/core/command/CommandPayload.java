package org.bellwire.core.command;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bellwire.api.CommandName;
import org.bellwire.api.DialNumber;
import org.bellwire.api.SwitchValue;
import org.bellwire.api.TransferKind;
import org.bellwire.api.spi.Command;

/**
 * A command's payload: plain text, or a JSON object in which the text stands as {@code value} (or {@code number}).
 *
 * @param expires when it is too late
 */
public record CommandPayload(
        PayloadField value,
        Optional<Instant> expires,
        Optional<PayloadField> number,
        Optional<PayloadField> account,
        Optional<PayloadField> call,
        Optional<PayloadField> other,
        Optional<String> kind,
        Optional<PayloadField> then,
        Optional<PayloadField> hangupSeconds,
        Optional<PayloadField> afterSeconds) {

    private static final Pattern RELAY = Pattern.compile("[0-9A-Za-z@]{0,16}");
    private static final int MAX_PLAIN = 256;
    private static final int MAX_SECONDS = 3600;
    /** Longer ones are refused and never quoted. */
    static final int MAX_JSON = 4096;

    /**
     * What was read.
     *
     * @param id echoed in the results, also of a payload that is malformed otherwise
     * @param payload empty where it is malformed
     * @param fault what is wrong then
     */
    public record Reading(Optional<String> id, Optional<CommandPayload> payload, String fault) {}

    public static Reading read(String text) {
        Optional<String> id = Optional.empty();
        try {
            check(text.length() <= MAX_JSON, "the payload is at most " + MAX_JSON + " characters");
            String stripped = text.strip();
            if (!stripped.startsWith("{")) {
                return new Reading(id, Optional.of(plain(stripped)), "");
            }
            PayloadJson json = PayloadJson.object(stripped)
                    .orElseThrow(
                            () -> new MalformedPayloadException("the payload begins with { but is not a JSON object"));
            id = json.text("id");
            return new Reading(id, Optional.of(of(json)), "");
        } catch (MalformedPayloadException e) {
            return new Reading(id, Optional.empty(), e.reason());
        }
    }

    /** Text, also in the quotes of JSON. */
    private static CommandPayload plain(String text) throws MalformedPayloadException {
        String inner = PayloadJson.quoted(text).map(String::strip).orElse(text);
        check(!inner.isEmpty() || text.isEmpty(), "the payload is an empty text: send any text, such as PRESS");
        check(inner.length() <= MAX_PLAIN, "the payload is at most " + MAX_PLAIN + " characters");
        return new CommandPayload(
                PayloadField.text(inner),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static CommandPayload of(PayloadJson json) throws MalformedPayloadException {
        if (json.fault().isPresent()) {
            throw new MalformedPayloadException(json.fault().get());
        }
        return new CommandPayload(
                json.field("value").orElse(PayloadField.EMPTY),
                time(json.text("expires")),
                json.field("number"),
                json.field("account"),
                json.field("call"),
                json.field("other"),
                json.text("kind"),
                json.field("then"),
                json.field("hangup_s"),
                json.field("after_s"));
    }

    private static Optional<Instant> time(Optional<String> text) throws MalformedPayloadException {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(text.get()).toInstant());
        } catch (DateTimeException e) {
            throw new MalformedPayloadException(
                    "expires must be an ISO 8601 time with its zone, such as 2026-11-21T08:15:30Z");
        }
    }

    /** What is to be dialled, if this is a number. */
    Optional<DialNumber> dialNumber() {
        try {
            return Optional.of(dialled().dialNumber());
        } catch (MalformedPayloadException e) {
            return Optional.empty();
        }
    }

    /** As the command that it belongs to. */
    Command as(CommandName name) throws MalformedPayloadException {
        Optional<DialNumber> dialled = Optional.empty();
        String plain = value.text();
        switch (name) {
            case DIAL -> dialled = Optional.of(dialled().dialNumber());
            case TRANSFER ->
                dialled = isOfTwoCalls()
                        ? Optional.empty()
                        : Optional.of(dialled().dialNumber());
            case DTMF -> plain = tones("dtmf", value);
            case MUTE -> plain = word(name, SwitchValue.ON.wire(), SwitchValue.OFF.wire(), SwitchValue.TOGGLE.wire());
            case DND, CALL_WAITING -> plain = word(name, SwitchValue.ON.wire(), SwitchValue.OFF.wire());
            case FORWARD_ALWAYS, FORWARD_BUSY, FORWARD_NO_ANSWER -> {
                Optional<String> word = onOrOff();
                dialled = word.isPresent()
                        ? Optional.empty()
                        : Optional.of(dialled().dialNumber());
                plain = word.orElse(plain);
            }
            case OPEN -> check(RELAY.matcher(plain).matches(), "open takes PRESS, or the number of the relay");
            case MISSED -> plain = word(name, "RESET");
            case VOLUME -> plain = word(name, "UP", "DOWN");
            case KEY ->
                check(
                        !keys().isEmpty() && keys().size() <= 32,
                        "key takes 1 to 32 key names, separated by ; or blanks");
            case TEXT -> check(!plain.isBlank(), "text takes the text to show");
            default -> {}
        }
        Optional<TransferKind> how = kind.flatMap(TransferKind::ofWire);
        check(kind.isEmpty() || how.isPresent(), "kind is blind or attended");
        List<String> pressed = name == CommandName.KEY ? keys() : List.of();
        Optional<Integer> after = afterSeconds.isEmpty()
                ? Optional.empty()
                : Optional.of((int) seconds("after_s", afterSeconds.get()).toSeconds());
        return new Command(
                name,
                plain,
                dialled,
                id("account", account),
                id("call", call),
                id("other", other),
                how,
                after,
                pressed);
    }

    /** Forwarding is switched only; empty: it goes to a number. A bare 1 or 0 is a number here. */
    private Optional<String> onOrOff() {
        boolean digit = value.text().matches("[01]");
        return Optional.of(value.word())
                .filter(word -> number.isEmpty() && !digit)
                .filter(word -> word.equals(SwitchValue.ON.wire()) || word.equals(SwitchValue.OFF.wire()));
    }

    /** What {@code dial} does once the call is connected. */
    DialFollowUp afterDial() throws MalformedPayloadException {
        Optional<String> tones = then.isEmpty() ? Optional.empty() : Optional.of(tones("then", then.get()));
        Optional<Duration> hangup =
                hangupSeconds.isEmpty() ? Optional.empty() : Optional.of(seconds("hangup_s", hangupSeconds.get()));
        return new DialFollowUp(tones, hangup);
    }

    private static Duration seconds(String key, PayloadField field) throws MalformedPayloadException {
        String digits = field.tones();
        check(
                digits.matches("[1-9][0-9]{0,3}") && Integer.parseInt(digits) <= MAX_SECONDS,
                key + " is whole seconds, 1 to " + MAX_SECONDS);
        return Duration.ofSeconds(Integer.parseInt(digits));
    }

    private PayloadField dialled() {
        return number.orElse(value);
    }

    /** A transfer of one call to another needs no number. */
    private boolean isOfTwoCalls() {
        boolean noValue = value.text().isEmpty() || value.text().equalsIgnoreCase("PRESS");
        return number.isEmpty() && noValue && other.isPresent();
    }

    private static String tones(String key, PayloadField field) throws MalformedPayloadException {
        String tones = field.tones();
        check(tones.matches("[0-9*#]{1,64}"), key + " takes 1 to 64 of 0-9 * #");
        return tones;
    }

    private List<String> keys() {
        return Stream.of(value.text().split("[;\\s]+"))
                .filter(key -> !key.isEmpty())
                .toList();
    }

    private String word(CommandName name, String... allowed) throws MalformedPayloadException {
        String word = value.word();
        check(List.of(allowed).contains(word), name.wire() + " takes " + String.join(" or ", allowed));
        return word;
    }

    private static Optional<String> id(String key, Optional<PayloadField> field) throws MalformedPayloadException {
        return field.isEmpty() ? Optional.empty() : Optional.of(field.get().id(key));
    }

    private static void check(boolean right, String rule) throws MalformedPayloadException {
        if (!right) {
            throw new MalformedPayloadException(rule);
        }
    }
}
