package org.bellwire.shell;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.bellwire.api.port.Draining;
import org.jspecify.annotations.Nullable;

/** {@code phone:drain}. */
@Service
@Command(
        scope = "phone",
        name = "drain",
        description = "Makes a balancer send no more phones here, before an upgrade",
        detailedDescription =
                "/health answers 503 from then on, which balancers ask for. Phones that still come are answered as ever."
                        + " Ends with --off, and by itself with a restart.")
@SuppressWarnings("NullAway.Init")
public final class DrainCommand implements Action {

    @Reference(optional = true)
    @Nullable
    Draining draining;

    @Option(name = "--off", description = "Ends it: a balancer sends phones again")
    boolean off;

    @Override
    public @Nullable Object execute() throws CommandException {
        boolean changed = ShellServices.draining(draining).set(!off);
        String already = changed ? "" : "already ";
        System.out.println(
                off
                        ? already + "back: /health answers for what is there"
                        : already + "drained: /health answers 503, phones that still come are answered."
                                + " Undone by phone:drain --off, and by a restart.");
        return null;
    }
}
