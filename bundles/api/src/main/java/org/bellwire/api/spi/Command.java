package org.bellwire.api.spi;

import java.util.List;
import java.util.Optional;
import org.bellwire.api.CommandName;
import org.bellwire.api.DialNumber;
import org.bellwire.api.SwitchValue;
import org.bellwire.api.TransferKind;

/**
 * A command whose payload has been checked.
 *
 * @param value the plain payload: {@code ON}, {@code UP}, a text, digits, the number of a relay
 * @param number what {@code dial} and {@code transfer} dial, and what calls are forwarded to; absent where one call is
 *     transferred to another, and where forwarding is only switched
 * @param account the phone's account to dial with
 * @param call the call that is meant, as the phone's events name it
 * @param other the second call
 * @param kind of a transfer
 * @param afterSeconds how long a call rings before it is forwarded
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
        Optional<Integer> afterSeconds,
        List<String> keys) {

    public Command {
        keys = List.copyOf(keys);
    }

    /** A command that is no more than its name and a word. */
    public static Command of(CommandName name, String value) {
        return plain(name, value, Optional.empty());
    }

    /** Dials or transfers to a number. */
    public static Command to(CommandName name, DialNumber number) {
        return plain(name, number.value(), Optional.of(number));
    }

    private static Command plain(CommandName name, String value, Optional<DialNumber> number) {
        return new Command(
                name,
                value,
                number,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /** This is what the switch is told. */
    public boolean is(SwitchValue wanted) {
        return SwitchValue.ofWire(value).filter(wanted::equals).isPresent();
    }

    /** The same, of this call unless the payload names one. */
    public Command ofCall(Optional<String> known) {
        return call.isPresent() || known.isEmpty()
                ? this
                : new Command(name, value, number, account, known, other, kind, afterSeconds, keys);
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
