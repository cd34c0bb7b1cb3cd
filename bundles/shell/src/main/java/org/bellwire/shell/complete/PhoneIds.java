package org.bellwire.shell.complete;

import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.bellwire.api.port.Groups;
import org.bellwire.api.port.Phones;
import org.jspecify.annotations.Nullable;

/** Completes the id of a phone or a group. */
@Service
@SuppressWarnings("NullAway.Init")
public final class PhoneIds extends WordCompleter {

    @Reference(optional = true)
    @Nullable
    Phones phones;

    @Reference(optional = true)
    @Nullable
    Groups groups;

    @Override
    Stream<String> words(CommandLine line) {
        return Stream.concat(
                ids(phones),
                groups == null ? Stream.empty() : groups.all().stream().map(Groups.Group::id));
    }
}
