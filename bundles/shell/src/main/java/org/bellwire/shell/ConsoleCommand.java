package org.bellwire.shell;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.bellwire.api.port.ConsoleLinks;
import org.jspecify.annotations.Nullable;

/** {@code phone:console}. */
@Service
@Command(
        scope = "phone",
        name = "console",
        description = "Prints a link that logs in to the web page",
        detailedDescription = "The link logs in once, within ten minutes.")
@SuppressWarnings("NullAway.Init")
public final class ConsoleCommand implements Action {

    @Reference(optional = true)
    @Nullable
    ConsoleLinks links;

    @Override
    public @Nullable Object execute() throws CommandException {
        if (links == null) {
            throw CommandFailure.because("there is no web page: feature:install bellwire-console brings it");
        }
        System.out.println(links.link());
        return null;
    }
}
