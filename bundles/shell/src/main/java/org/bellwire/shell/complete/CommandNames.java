package org.bellwire.shell.complete;

import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.bellwire.api.CommandName;
import org.bellwire.api.port.Phones;
import org.jspecify.annotations.Nullable;

/** Completes a command that the phone's vendor has. */
@Service
@SuppressWarnings("NullAway.Init")
public final class CommandNames extends WordCompleter {

    @Reference(optional = true)
    @Nullable
    Phones phones;

    @Override
    Stream<String> words(CommandLine line) {
        return binding(phones, line)
                .map(binding -> binding.commandNames().stream())
                .orElseGet(() -> Stream.of(CommandName.values()))
                .map(CommandName::wire);
    }
}
