package org.bellwire.shell.complete;

import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.bellwire.api.port.UnknownPhones;
import org.jspecify.annotations.Nullable;

/** Completes the MAC of a phone in the inbox, or the address of one that tells none. */
@Service
@SuppressWarnings("NullAway.Init")
public final class InboxMacs extends WordCompleter {

    @Reference(optional = true)
    @Nullable
    UnknownPhones unknown;

    @Override
    Stream<String> words(CommandLine line) {
        return unknown == null
                ? Stream.empty()
                : unknown.all().stream().map(phone -> phone.mac().orElse(phone.address()));
    }
}
