package org.bellwire.shell.local;

import java.util.List;
import java.util.regex.Pattern;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.bellwire.shell.CommandFailure;
import org.bellwire.shell.SafeText;

/** Makes a line for the shell of the words of a request. */
final class CommandText {

    private static final Pattern COMMAND = Pattern.compile("[A-Za-z][A-Za-z0-9_.:-]*");
    private static final String VARIABLE = "bellwire_";

    private CommandText() {}

    /**
     * One word is a line as it would be typed in the console. Of several, the first is a command, and the others reach it as
     * they are, whatever characters they hold: they go in as variables, so that no quoting can fail.
     */
    static String of(List<String> words, Session session) throws CommandException {
        if (words.size() == 1) {
            return words.get(0);
        }
        if (!COMMAND.matcher(words.get(0)).matches()) {
            throw CommandFailure.usage("not a command: " + SafeText.of(words.get(0)));
        }
        StringBuilder line = new StringBuilder(words.get(0));
        for (int i = 1; i < words.size(); i++) {
            session.put(VARIABLE + i, words.get(i));
            line.append(" $").append(VARIABLE).append(i);
        }
        return line.toString();
    }
}
