package org.bellwire.shell;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.bellwire.api.port.Triggers;
import org.bellwire.shell.complete.TriggerIds;
import org.jspecify.annotations.Nullable;

/** {@code phone:trigger}. */
@Service
@Command(
        scope = "phone",
        name = "trigger",
        description = "Fires a trigger, waits for its end and prints what came of it")
@SuppressWarnings("NullAway.Init")
public final class TriggerCommand implements Action {

    private static final String CANCEL = "--cancel";
    /** Longer than most lists are gone through; the trigger goes on when nobody waits for it. */
    private static final int PATIENCE_S = 600;

    @Reference(optional = true)
    @Nullable
    Triggers triggers;

    @Argument(index = 0, name = "id", description = "The trigger", required = true)
    @Completion(TriggerIds.class)
    String id;

    @Option(name = CANCEL, description = "Ends what it started instead: the calls are hung up")
    boolean cancel;

    /** Karaf takes options before the arguments only: here the option may follow. */
    @Argument(index = 1, name = "cancel", description = "--cancel, behind the id")
    @Completion(value = StringsCompleter.class, values = CANCEL)
    @Nullable
    String second;

    @Override
    public @Nullable Object execute() throws CommandException, InterruptedException {
        if (second != null && !second.equals(CANCEL)) {
            throw CommandFailure.usage("phone:trigger <id> [--cancel]");
        }
        Triggers there = ShellServices.triggers(triggers);
        if (!there.knows(id)) {
            throw CommandFailure.because(there.all().stream()
                    .filter(each -> each.id().equals(id))
                    .findFirst()
                    .flatMap(Triggers.Status::fault)
                    .orElse("there is no trigger '" + id + "': write etc/org.bellwire.trigger-" + id + ".cfg"));
        }
        Triggers.Outcome outcome = await(cancel || second != null ? there.cancel(id) : there.fire(id));
        outcome.steps().forEach(step -> System.out.println("  " + SafeText.of(step)));
        System.out.println(SafeText.of(id + ": " + outcome.outcome()
                + outcome.detail().map(detail -> ": " + detail).orElse("")));
        if (outcome.outcome().equals("ignored") || outcome.outcome().equals("failed")) {
            throw CommandFailure.because("not done");
        }
        return null;
    }

    private Triggers.Outcome await(CompletionStage<Triggers.Outcome> outcome)
            throws CommandException, InterruptedException {
        try {
            return outcome.toCompletableFuture().get(PATIENCE_S, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw CommandFailure.because("it has not ended within " + PATIENCE_S + " s and goes on");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
