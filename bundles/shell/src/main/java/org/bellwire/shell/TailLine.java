package org.bellwire.shell;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bellwire.api.Property;
import org.bellwire.api.Result;
import org.bellwire.api.port.PhoneEvent;

/**
 * Something that happened to a phone, as {@code phone:tail} shows it: short and harmless, whatever somebody called himself.
 *
 * @param text at most {@value #MAX} characters
 */
record TailLine(Instant time, Kind kind, String phone, String text) {

    /** What happened. */
    enum Kind {
        EVENT("event", 36),
        STATE("state", 32),
        COMMAND("command", 33),
        AVAILABILITY("phone", 35);

        private final String word;
        private final int colour;

        Kind(String word, int colour) {
            this.word = word;
            this.colour = colour;
        }
    }

    private static final int MAX = 400;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    TailLine {
        text = cut(SafeText.of(text));
        phone = cut(SafeText.of(phone));
    }

    private static String cut(String text) {
        return text.length() <= MAX ? text : text.substring(0, MAX) + "...";
    }

    static TailLine event(PhoneEvent event) {
        String who = Optional.of(event.call().number().orElse(""))
                        .filter(n -> !n.isEmpty())
                        .map(n -> " " + n)
                        .orElse("")
                + event.call().name().map(name -> " " + name).orElse("");
        return new TailLine(
                event.message().time(),
                Kind.EVENT,
                event.message().phone().value(),
                event.message().type().wire() + who);
    }

    static TailLine states(Instant now, String phone, Map<Property, String> changes) {
        String all = changes.entrySet().stream()
                .map(change -> change.getKey().wire() + "=" + change.getValue())
                .collect(Collectors.joining(" "));
        return new TailLine(now, Kind.STATE, phone, all);
    }

    static TailLine result(Instant now, Result result) {
        return new TailLine(now, Kind.COMMAND, result.phone(), CommandRunner.words(result));
    }

    static TailLine availability(Instant now, String phone, boolean online) {
        return new TailLine(now, Kind.AVAILABILITY, phone, online ? "online" : "offline");
    }

    /** @param colours escape sequences may go where this is shown */
    String shown(boolean colours, ZoneId zone) {
        String mark = colours ? "\u001b[" + kind.colour + "m" : "";
        return TIME.format(time.atZone(zone)) + "  " + phone + "  " + mark + kind.word + "  " + text
                + (colours ? "\u001b[m" : "");
    }
}
