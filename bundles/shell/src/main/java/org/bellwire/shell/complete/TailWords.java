package org.bellwire.shell.complete;

import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.bellwire.api.port.Phones;
import org.jspecify.annotations.Nullable;

/** Completes the words of {@code phone:tail}: an id, options, and a vendor behind its option. */
@Service
@SuppressWarnings("NullAway.Init")
public final class TailWords extends WordCompleter {

    private static final String VENDOR = "--vendor";

    @Reference(optional = true)
    @Nullable
    Phones phones;

    @Override
    Stream<String> words(CommandLine line) {
        String[] words = line.getArguments();
        int at = line.getCursorArgumentIndex();
        if (at > 0 && at <= words.length && words[at - 1].equals(VENDOR)) {
            return vendors(phones);
        }
        return Stream.concat(ids(phones), Stream.of(VENDOR, "--events", "--states", "--commands"));
    }
}
