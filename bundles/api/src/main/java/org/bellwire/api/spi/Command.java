package org.bellwire.api.spi;

import java.util.List;
import java.util.Optional;
import org.bellwire.api.CommandName;
import org.bellwire.api.DialNumber;
import org.bellwire.api.TransferKind;

/**
 * A command whose payload has been checked.
 *
 * @param value the plain payload: {@code ON}, {@code UP}, a text, digits
 * @param number what {@code dial} and {@code transfer} dial; absent where one call is transferred to another
 * @param account the phone's account to dial with
 * @param call the call that is meant, as the phone's events name it
 * @param other the second call
 * @param kind of a transfer
 * @param keys what {@code key} presses, in order; empty for others
 */
public record Command(
        CommandName name,
        String value,
        Optional<DialNumber> number,
        Optional<String> account,
        Optional<String> call,
        Optional<String> other,
        Optional<TransferKind> kind,
        List<String> keys) {

    public Command {
        keys = List.copyOf(keys);
    }

    /** A command that is no more than its name and a word. */
    public static Command of(CommandName name, String value) {
        return new Command(
                name,
                value,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /** Dials or transfers to a number. */
    public static Command to(CommandName name, DialNumber number) {
        return new Command(
                name,
                number.value(),
                Optional.of(number),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /** The account to dial with: what the payload names, else the phone's file. */
    public Optional<String> accountOn(PhoneView phone) {
        return account.or(phone::account);
    }

    /** The number; for rows of commands that always have one. */
    public DialNumber dialled() {
        return number.orElseThrow();
    }
}
