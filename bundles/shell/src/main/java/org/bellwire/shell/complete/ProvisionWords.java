package org.bellwire.shell.complete;

import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Candidate;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.bellwire.api.port.Phones;
import org.bellwire.api.spi.Provisioning.Format;
import org.jspecify.annotations.Nullable;

/** Completes what follows the id of {@code phone:provision}: options, formats of the vendor, and a folder behind {@code --all}. */
@Service
@SuppressWarnings("NullAway.Init")
public final class ProvisionWords implements Completer {

    @Reference(optional = true)
    @Nullable
    Phones phones;

    @Override
    public void completeCandidates(Session session, CommandLine line, List<Candidate> candidates) {
        if (before(line).equals("--all")) {
            new FileCompleter().completeCandidates(session, line, candidates);
        } else {
            Completer.super.completeCandidates(session, line, candidates);
        }
    }

    private static String before(CommandLine line) {
        String[] words = line.getArguments();
        int at = line.getCursorArgumentIndex();
        return at > 0 && at <= words.length ? words[at - 1] : "";
    }

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        Stream<String> formats = WordCompleter.binding(phones, line).stream()
                .flatMap(binding -> binding.provisioning().formats().stream())
                .map(Format::name);
        Stream<String> options = Stream.of("--format", "--all", "--push", "--restore");
        List<String> all = (before(line).equals("--format") ? formats : Stream.concat(options, formats)).toList();
        return new StringsCompleter(all).complete(session, line, candidates);
    }
}
