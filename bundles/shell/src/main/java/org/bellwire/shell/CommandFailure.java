package org.bellwire.shell;

import org.apache.karaf.shell.support.CommandException;

/** A command could not do what it was asked, as against one that was typed wrongly. */
public final class CommandFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** The command did what it could and failed. */
    public static final int FAILED = 1;
    /** No such command, or wrong arguments. */
    public static final int USAGE = 2;

    private CommandFailure() {
        super("failed", null, false, false);
    }

    /**
     * Ends a command with a message for its user. Karaf prints a {@link CommandException} without a stack trace and looks at the
     * class's name, so that a subclass would not do: the mark is its cause.
     */
    static CommandException because(String message) {
        return new CommandException(message, message, new CommandFailure());
    }

    /** Ends a command that was typed wrongly. */
    public static CommandException usage(String message) {
        return new CommandException(message, message, null);
    }

    /** The exit status for what a command threw. */
    public static int status(Throwable thrown) {
        return isExpected(thrown) && !(thrown.getCause() instanceof CommandFailure) ? USAGE : FAILED;
    }

    /** One of the user's making, not a bug. */
    public static boolean isExpected(Throwable thrown) {
        return thrown instanceof CommandException || isUnknownCommand(thrown);
    }

    /** What to tell the user. */
    public static String message(Throwable thrown) {
        if (thrown instanceof CommandException expected) {
            return expected.getNiceHelp();
        }
        String message = thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage();
        return isUnknownCommand(thrown) ? message + "; 'bin/bellwire help' lists all" : "failed: " + message;
    }

    private static boolean isUnknownCommand(Throwable thrown) {
        return thrown.getClass().getSimpleName().equals("CommandNotFoundException");
    }
}
