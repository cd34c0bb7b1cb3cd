package org.bellwire.shell;

import org.apache.karaf.shell.support.CommandException;
import org.bellwire.api.port.Commands;
import org.bellwire.api.port.Draining;
import org.bellwire.api.port.Gateway;
import org.bellwire.api.port.PhoneFileEditor;
import org.bellwire.api.port.Phones;
import org.bellwire.api.port.SettingsPush;
import org.bellwire.api.port.SimulatedPhones;
import org.bellwire.api.port.Triggers;
import org.bellwire.api.port.UnknownPhones;
import org.jspecify.annotations.Nullable;

/**
 * What the commands use of the other bundles. Any of it may be missing: Karaf would take away every command of this bundle for
 * one missing service, just when its user wants to know what is wrong.
 */
final class ShellServices {

    private ShellServices() {}

    static Phones phones(@Nullable Phones phones) throws CommandException {
        return there(phones, "the phones are not there yet: Bellwire is starting, or its log tells why it cannot");
    }

    static Commands commands(@Nullable Commands commands) throws CommandException {
        return there(commands, "no command can be sent: Bellwire is starting, or its log tells why it cannot");
    }

    static SettingsPush settings(@Nullable SettingsPush settings) throws CommandException {
        return there(settings, "no phone can be asked: Bellwire is starting, or its log tells why it cannot");
    }

    static UnknownPhones unknown(@Nullable UnknownPhones unknown) throws CommandException {
        return there(unknown, "the inbox is not there yet: Bellwire is starting, or its log tells why it cannot");
    }

    static PhoneFileEditor editor(@Nullable PhoneFileEditor editor) throws CommandException {
        return there(
                editor, "the phones' files cannot be reached: Bellwire is starting, or its log tells why it cannot");
    }

    static Gateway gateway(@Nullable Gateway gateway) throws CommandException {
        return there(
                gateway,
                "the receiver of action URLs does not run: its log message tells why; "
                        + "see host and port in etc/org.bellwire.ingress.cfg");
    }

    static Triggers triggers(@Nullable Triggers triggers) throws CommandException {
        return there(triggers, "the triggers are not there yet: Bellwire is starting, or its log tells why it cannot");
    }

    static Draining draining(@Nullable Draining draining) throws CommandException {
        return there(draining, "nothing answers /health: bundle:list shows why the bundle health does not run");
    }

    static SimulatedPhones simulator(@Nullable SimulatedPhones simulator) throws CommandException {
        return there(simulator, "no phone is simulated: feature:install bellwire-simulator");
    }

    private static <T> T there(@Nullable T port, String otherwise) throws CommandException {
        if (port == null) {
            throw CommandFailure.because(otherwise);
        }
        return port;
    }
}
