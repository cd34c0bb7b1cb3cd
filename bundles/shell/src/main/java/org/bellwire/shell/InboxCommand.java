package org.bellwire.shell;

import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.table.ShellTable;
import org.bellwire.api.port.UnknownPhones;
import org.bellwire.api.port.UnknownPhones.UnknownPhone;
import org.jspecify.annotations.Nullable;

/** {@code phone:inbox}. */
@Service
@Command(
        scope = "phone",
        name = "inbox",
        description = "Lists phones that sent the right token but are not configured",
        detailedDescription = "The one that reported last stands last. phone:adopt makes a phone of one of them. With"
                + " adopt = auto in etc/org.bellwire.ingress.cfg that happens by itself.")
@SuppressWarnings("NullAway.Init")
public final class InboxCommand implements Action {

    private static final String UNKNOWN = "-";

    @Reference(optional = true)
    @Nullable
    UnknownPhones unknown;

    @Reference
    Session session;

    @Option(name = "--json", description = "Prints a JSON array")
    boolean json;

    @Override
    public @Nullable Object execute() throws CommandException {
        List<UnknownPhone> all = ShellServices.unknown(unknown).all();
        if (json) {
            System.out.println(PhoneJson.inbox(all));
        } else if (all.isEmpty()) {
            System.out.println("No unknown phone has reported.");
        } else {
            print(all);
        }
        return null;
    }

    private void print(List<UnknownPhone> all) {
        ShortTime time = new ShortTime(Clock.system(ZoneId.systemDefault()));
        ShellTable table = new ShellTable();
        List.of("MAC", "Vendor", "Address", "Model", "Firmware", "First seen", "Last seen", "Events")
                .forEach(table::column);
        for (UnknownPhone phone : all) {
            table.addRow()
                    .addContent(
                            phone.mac().orElse(UNKNOWN),
                            SafeText.of(phone.vendor()),
                            phone.address() + (phone.proxy() ? " (proxy)" : ""),
                            phone.model().map(SafeText::of).orElse(UNKNOWN),
                            phone.firmware().map(SafeText::of).orElse(UNKNOWN),
                            time.of(phone.firstSeen()),
                            time.of(phone.lastSeen()),
                            phone.events());
        }
        Screen.of(session).print(table, System.out);
    }
}
