package org.bellwire.shell.complete;

import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.bellwire.api.Mac;

/** Completes what follows the MAC of {@code phone:adopt}: an id made of it, and the options. */
@Service
public final class AdoptWords extends WordCompleter {

    @Override
    Stream<String> words(CommandLine line) {
        String[] words = line.getArguments();
        Stream<String> id = words.length < 2 ? Stream.empty() : Mac.parse(words[1]).map(Mac::digits).stream();
        return Stream.concat(id, Stream.of("--name", "--vendor"));
    }
}
