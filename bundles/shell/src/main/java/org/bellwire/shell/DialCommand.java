package org.bellwire.shell;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.bellwire.api.CommandName;
import org.bellwire.api.port.Commands;
import org.bellwire.shell.complete.PhoneIds;
import org.jspecify.annotations.Nullable;

/** {@code phone:dial}. */
@Service
@Command(scope = "phone", name = "dial", description = "Makes a phone dial a number and prints the result")
@SuppressWarnings("NullAway.Init")
public final class DialCommand implements Action {

    @Reference(optional = true)
    @Nullable
    Commands commands;

    @Argument(index = 0, name = "id", description = "The phone", required = true)
    @Completion(PhoneIds.class)
    String id;

    @Argument(index = 1, name = "number", description = "The number", required = true)
    String number;

    @Override
    public @Nullable Object execute() throws CommandException, InterruptedException {
        new CommandRunner(ShellServices.commands(commands), System.out).of(id, CommandName.DIAL.wire(), number);
        return null;
    }
}
