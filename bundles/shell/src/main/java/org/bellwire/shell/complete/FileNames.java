package org.bellwire.shell.complete;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Candidate;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.FileCompleter;

/** Completes a file's name. */
@Service
public final class FileNames implements Completer {

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        return -1; // Karaf's own completer of files only knows the other way
    }

    @Override
    public void completeCandidates(Session session, CommandLine line, List<Candidate> candidates) {
        new FileCompleter().completeCandidates(session, line, candidates);
    }
}
