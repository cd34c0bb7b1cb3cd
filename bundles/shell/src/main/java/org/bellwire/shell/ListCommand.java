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
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.Draining;
import org.bellwire.api.port.Groups;
import org.bellwire.api.port.Phones;
import org.bellwire.api.port.Phones.PhoneStatus;
import org.bellwire.api.port.RemotePhones;
import org.bellwire.api.port.Triggers;
import org.jspecify.annotations.Nullable;

/** {@code phone:list}. */
@Service
@Command(scope = "phone", name = "list", description = "Lists all phones, with their state and what is wrong")
@SuppressWarnings("NullAway.Init")
public final class ListCommand implements Action {

    @Reference(optional = true)
    @Nullable
    Phones phones;

    @Reference(optional = true)
    @Nullable
    Groups groups;

    @Reference(optional = true)
    @Nullable
    Triggers triggers;

    @Reference(optional = true)
    @Nullable
    Draining draining;

    @Reference(optional = true)
    @Nullable
    RemotePhones remote;

    @Reference
    Session session;

    @Option(name = "--json", description = "Prints a JSON array")
    boolean json;

    @Override
    public @Nullable Object execute() throws CommandException, InterruptedException {
        List<PhoneStatus> all = all(ShellServices.phones(phones));
        if (json) {
            System.out.println(PhoneJson.list(all));
            return null;
        }
        if (all.isEmpty()) {
            System.out.println(
                    "No phones yet: write etc/org.bellwire.phone-<id>.cfg for each, adopt those of phone:inbox,"
                            + " or phone:import a list.");
        } else {
            new PhoneTable(all, Screen.of(session), Clock.system(ZoneId.systemDefault())).print(System.out);
        }
        OtherFaults.print(groups, triggers, System.out);
        if (draining != null && draining.isOn()) {
            System.out.println(
                    "this gateway is drained, so a balancer sends no phones here: phone:drain --off ends it");
        }
        return null;
    }

    private List<PhoneStatus> all(Phones known) throws InterruptedException {
        Bus.Subscription watching = RemoteView.open(remote);
        try {
            return known.all();
        } finally {
            watching.close();
        }
    }
}
