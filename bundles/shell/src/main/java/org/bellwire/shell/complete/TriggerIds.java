package org.bellwire.shell.complete;

import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.bellwire.api.port.Triggers;
import org.jspecify.annotations.Nullable;

/** Completes a trigger's id. */
@Service
@SuppressWarnings("NullAway.Init")
public final class TriggerIds extends WordCompleter {

    @Reference(optional = true)
    @Nullable
    Triggers triggers;

    @Override
    Stream<String> words(CommandLine line) {
        return triggers == null ? Stream.of() : triggers.all().stream().map(Triggers.Status::id);
    }
}
