package org.bellwire.shell;

import java.io.PrintStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.karaf.shell.support.CommandException;
import org.bellwire.api.Result;
import org.bellwire.api.Status;
import org.bellwire.api.port.CommandOrder;
import org.bellwire.api.port.Commands;
import org.bellwire.api.port.Origin;

/** Sends a command to a phone and tells what came of it. */
final class CommandRunner {

    /** Longer than a command may take: waiting for its turn, connecting and answering. */
    private static final int PATIENCE_S = 30;

    private final Commands commands;
    private final PrintStream out;

    CommandRunner(Commands commands, PrintStream out) {
        this.commands = commands;
        this.out = out;
    }

    /** Prints the result. Fails unless the phone took the command. */
    void of(String phone, String command, String payload) throws CommandException, InterruptedException {
        Result result = await(new CommandOrder(phone, command, payload, Origin.Shell.SHELL));
        out.println(line(result));
        if (result.status() != Status.ACCEPTED && result.status() != Status.CONFIRMED) {
            throw CommandFailure.because("not done");
        }
    }

    private Result await(CommandOrder order) throws CommandException, InterruptedException {
        try {
            return commands.carryOut(order).toCompletableFuture().get(PATIENCE_S, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw CommandFailure.because("no result within " + PATIENCE_S + " s");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    static String line(Result result) {
        return SafeText.of(result.phone() + " " + words(result));
    }

    /** Which command, and what came of it. */
    static String words(Result result) {
        String http =
                result.httpStatus().isPresent() ? "HTTP " + result.httpStatus().getAsInt() + ", " : "";
        return SafeText.of(result.command() + ": "
                + result.status().wire()
                + result.detail().map(detail -> ": " + detail).orElse("")
                + " (" + http + result.tookMs() + " ms)");
    }
}
