package org.bellwire.shell;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.bellwire.api.CommandName;
import org.bellwire.api.port.Commands;
import org.bellwire.shell.complete.CommandNames;
import org.bellwire.shell.complete.PhoneIds;
import org.jspecify.annotations.Nullable;

/** {@code phone:send}. */
@Service
@Command(scope = "phone", name = "send", description = "Sends a command to a phone and prints its result")
@SuppressWarnings("NullAway.Init")
public final class SendCommand implements Action {

    /** These say nothing without a payload; for the others any text will do. */
    private static final Set<CommandName> WITH_PAYLOAD = EnumSet.of(
            CommandName.DIAL,
            CommandName.TRANSFER,
            CommandName.DTMF,
            CommandName.MUTE,
            CommandName.DND,
            CommandName.VOLUME,
            CommandName.KEY,
            CommandName.TEXT,
            CommandName.FORWARD_ALWAYS,
            CommandName.FORWARD_BUSY,
            CommandName.FORWARD_NO_ANSWER,
            CommandName.CALL_WAITING);

    @Reference(optional = true)
    @Nullable
    Commands commands;

    @Argument(index = 0, name = "id", description = "The phone", required = true)
    @Completion(PhoneIds.class)
    String id;

    @Argument(index = 1, name = "command", description = "dial, answer, hangup, …", required = true)
    @Completion(CommandNames.class)
    String command;

    @Argument(index = 2, name = "payload", description = "Number, ON or OFF, text, or a JSON object in quotes")
    @Nullable
    String payload;

    @Override
    public @Nullable Object execute() throws CommandException, InterruptedException {
        Optional<CommandName> known = CommandName.ofWire(command);
        if (payload == null && known.filter(WITH_PAYLOAD::contains).isPresent()) {
            throw CommandFailure.usage(
                    command + " needs a payload: phone:send " + SafeText.of(id) + " " + command + " <payload>");
        }
        new CommandRunner(ShellServices.commands(commands), System.out)
                .of(id, command, payload == null ? "PRESS" : payload);
        return null;
    }
}
