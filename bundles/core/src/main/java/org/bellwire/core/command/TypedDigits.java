package org.bellwire.core.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bellwire.api.CallState;
import org.bellwire.api.CommandName;
import org.bellwire.api.DialNumber;
import org.bellwire.api.spi.Command;
import org.bellwire.core.phone.Phone;

/** The numbers that a command types on a phone's keys: a phone without a call dials them. */
final class TypedDigits {

    private TypedDigits() {}

    /**
     * Each run of digits. None where they are tones only: digits alone, while a call is connected. What several commands type one
     * after the other is not known here.
     */
    static List<DialNumber> of(Command command, Phone phone) {
        boolean typed = phone.binding().commands().keyPad().isPresent();
        if (!typed || (command.name() != CommandName.KEY && command.name() != CommandName.DTMF)) {
            return List.of();
        }
        List<String> keys = command.name() == CommandName.KEY
                ? command.keys()
                : command.value().chars().mapToObj(Character::toString).toList();
        boolean tones = phone.callState().filter(CallState.CONNECTED::equals).isPresent();
        return tones && keys.stream().allMatch(key -> digit(key).isPresent()) ? List.of() : runs(keys);
    }

    private static List<DialNumber> runs(List<String> keys) {
        List<DialNumber> runs = new ArrayList<>();
        StringBuilder run = new StringBuilder();
        for (String key : keys) {
            digit(key).ifPresentOrElse(run::append, () -> end(run, runs));
        }
        end(run, runs);
        return runs;
    }

    private static void end(StringBuilder run, List<DialNumber> runs) {
        DialNumber.parse(run.toString()).ifPresent(runs::add);
        run.setLength(0);
    }

    private static Optional<String> digit(String key) {
        if (key.equals("POUND")) {
            return Optional.of("#");
        }
        if (key.equals("STAR")) {
            return Optional.of("*");
        }
        return Optional.of(key).filter(any -> any.length() == 1 && "0123456789*#".contains(any));
    }
}
