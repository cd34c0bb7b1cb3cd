package org.bellwire.shell;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.bellwire.api.port.PhoneFileEditor.NotWritten;
import org.bellwire.api.port.UnknownPhones;
import org.bellwire.api.port.UnknownPhones.Adopted;
import org.bellwire.api.port.UnknownPhones.Adoption;
import org.bellwire.shell.complete.AdoptWords;
import org.bellwire.shell.complete.InboxMacs;
import org.jspecify.annotations.Nullable;

/** {@code phone:adopt}. */
@Service
@Command(
        scope = "phone",
        name = "adopt",
        description = "Makes a configured phone of one in the inbox",
        detailedDescription =
                "Writes etc/org.bellwire.phone-<id>.cfg with its vendor, name, MAC and address. Never overwrites a"
                        + " file. The phone is there within 5 s; what it reported before is not taken in.")
@SuppressWarnings("NullAway.Init")
public final class AdoptCommand implements Action {

    private static final String NAME = "--name";
    private static final String VENDOR = "--vendor";

    @Reference(optional = true)
    @Nullable
    UnknownPhones unknown;

    @Option(name = NAME, description = "What people call it (default: the id, or its model and MAC)")
    @Nullable
    String name;

    @Option(name = VENDOR, description = "Which one, where phones of two vendors send the same MAC")
    @Nullable
    String vendor;

    @Argument(index = 0, name = "mac", description = "Its MAC, or the address of one that tells none", required = true)
    @Completion(InboxMacs.class)
    String mac;

    @Argument(
            index = 1,
            name = "id",
            description = "The phone's id in topics (default: the digits of its MAC)",
            multiValued = true)
    @Completion(AdoptWords.class)
    @Nullable
    List<String> rest;

    @Override
    public @Nullable Object execute() throws CommandException {
        List<String> words = rest == null ? List.of() : rest;
        boolean withId = !words.isEmpty() && !words.get(0).startsWith("--");
        Optional<String> id = withId ? Optional.of(words.get(0)) : Optional.empty();
        TrailingOptions options = TrailingOptions.of(
                words.subList(withId ? 1 : 0, words.size()),
                Set.of(NAME, VENDOR),
                Set.of(),
                "phone:adopt <mac> [<id>] [--name N] [--vendor V]");
        try {
            tell(ShellServices.unknown(unknown)
                    .adopt(new Adoption(mac, options.value(VENDOR, vendor), id, options.value(NAME, name))));
        } catch (NotWritten e) {
            throw CommandFailure.because(SafeText.of(e.reason()));
        }
        return null;
    }

    private static void tell(Adopted adopted) {
        System.out.println(SafeText.of("adopted " + adopted.id() + " ("
                + adopted.phone().vendor() + ", " + adopted.name() + "): etc/" + adopted.file()));
        if (adopted.host().isEmpty()) {
            System.err.println("It has no host, so it can report but takes no commands: "
                    + (adopted.phone().proxy() ? "a proxy stands before it" : "another phone has the same address")
                    + ". Enter its own in the file.");
        }
    }
}
