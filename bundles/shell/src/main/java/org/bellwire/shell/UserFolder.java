package org.bellwire.shell;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;

/** Where names of files begin: the folder of who called {@code bin/bellwire}, or the console's. */
public final class UserFolder {

    /** The session's variable that holds it. */
    public static final String VARIABLE = "FOLDER";

    private UserFolder() {}

    static Path resolve(Session session, String name) throws CommandException {
        try {
            Path folder = session.get(VARIABLE) instanceof String here ? Path.of(here) : session.currentDir();
            return folder.resolve(name).normalize();
        } catch (InvalidPathException e) {
            throw CommandFailure.usage("'" + SafeText.of(name) + "' is no name of a file");
        }
    }
}
