package org.bellwire.shell;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.felix.service.command.Process;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.Terminal;
import org.apache.karaf.shell.support.table.ShellTable;

/**
 * What output has to fit.
 *
 * @param width in characters; 0: no terminal, nothing need be shortened
 * @param isPlain lines are drawn in ASCII
 * @param colours escape sequences may be sent
 */
public record Screen(int width, boolean isPlain, boolean colours) {

    /** The session's variable that holds the width of a terminal which is not the session's own. */
    public static final String COLUMNS = "COLUMNS";

    /** The session's variable that says whether that terminal shows colours. */
    public static final String COLOURS = "COLOURS";

    private static final int USUAL = 80;

    static Screen of(Session session) {
        Terminal terminal = session.getTerminal();
        if (terminal != null) {
            return new Screen(terminal.getWidth() > 0 ? terminal.getWidth() : USUAL, false, showsColours(terminal));
        }
        boolean colours = Boolean.TRUE.equals(session.get(COLOURS));
        return new Screen(session.get(COLUMNS) instanceof Integer columns ? columns : 0, true, colours);
    }

    /** The console's terminal, unless the output goes on into another command, as in {@code phone:tail | grep lobby}. */
    private static boolean showsColours(Terminal terminal) {
        boolean wanted =
                Optional.ofNullable(System.getenv("NO_COLOR")).orElse("").isEmpty();
        boolean able = !"dumb".equals(terminal.getType());
        return wanted
                && able
                && Optional.ofNullable(Process.Utils.current())
                        .filter(process -> process.isTty(1))
                        .isPresent();
    }

    /** Lines of this length can be shown as they are. */
    boolean fits(int length) {
        return width == 0 || length <= width;
    }

    void print(ShellTable table, PrintStream out) {
        if (isPlain) {
            table.forceAscii().print(out, StandardCharsets.UTF_8, true);
        } else {
            table.print(out);
        }
    }

    /** Prints words under a heading, broken between words so that every line fits. */
    void printField(PrintStream out, String heading, String text) {
        String first = String.format("%-13s ", heading);
        String indent = " ".repeat(14);
        for (String line : lines(text, (width == 0 ? USUAL : width) - first.length() - 1)) {
            out.println(first + line);
            first = indent;
        }
    }

    private static List<String> lines(String text, int room) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > room) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
