package org.bellwire.trigger;

import java.util.Optional;
import org.bellwire.api.PhoneId;

/**
 * What one phone was told.
 *
 * @param value the number, or what the command had beside it
 * @param round 1 for the first time that the list of numbers is gone through
 * @param status of the command's first result
 * @param end what became of the call: {@code answered}, {@code hung_up}, {@code ended}, {@code left}; empty: there was none, or
 *     nobody knows
 * @param detail why not
 */
record TriggerStep(
        PhoneId phone,
        String command,
        String value,
        int round,
        String status,
        Optional<String> end,
        Optional<String> detail) {

    /** For a person. */
    String text() {
        return phone + ": " + command + " " + value + ": " + status
                + end.map(how -> ", " + how).orElse("")
                + detail.map(why -> " (" + why + ")").orElse("");
    }
}
