package org.bellwire.shell;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.bellwire.api.port.PhoneFileEditor;
import org.bellwire.api.port.PhoneFileEditor.NotWritten;
import org.bellwire.api.port.Phones;
import org.bellwire.shell.bulk.CsvFault;
import org.bellwire.shell.bulk.CsvText;
import org.bellwire.shell.bulk.CsvText.UnreadableListException;
import org.bellwire.shell.bulk.PhoneImport;
import org.bellwire.shell.bulk.PhoneImport.Kind;
import org.bellwire.shell.bulk.PhoneImport.Step;
import org.bellwire.shell.complete.FileNames;
import org.jspecify.annotations.Nullable;

/** {@code phone:import}. */
@Service
@Command(
        scope = "phone",
        name = "import",
        description = "Writes the files of all phones of a list",
        detailedDescription =
                "The list is a CSV file, separated by semicolons, commas or tabs. Its first line names the columns:"
                        + " id, and any keys of a phone's file. All lines are checked first; when anything is wrong, all of it is told"
                        + " with line and column, and nothing is written. What a list does not name stays as it is: other phones, and"
                        + " keys without a column. An empty cell takes a key away, but never a password or token.")
@SuppressWarnings("NullAway.Init")
public final class ImportCommand implements Action {

    private static final String DRY_RUN = "--dry-run";
    /** More than a person mends at once. */
    private static final int MAX_FAULTS = 1000;

    @Reference(optional = true)
    @Nullable
    PhoneFileEditor editor;

    @Reference(optional = true)
    @Nullable
    Phones phones;

    @Reference
    Session session;

    @Option(name = DRY_RUN, description = "Only tells what would be done")
    boolean dryRun;

    @Argument(index = 0, name = "file", description = "The list", required = true)
    @Completion(FileNames.class)
    String file;

    @Argument(index = 1, name = "options", description = DRY_RUN, multiValued = true)
    @Completion(value = StringsCompleter.class, values = DRY_RUN)
    @Nullable
    List<String> rest;

    @Override
    public @Nullable Object execute() throws CommandException {
        boolean dry = TrailingOptions.of(rest, Set.of(), Set.of(DRY_RUN), "phone:import <file.csv> [--dry-run]")
                .has(DRY_RUN, dryRun);
        PhoneFileEditor files = ShellServices.editor(editor);
        try {
            Path path = UserFolder.resolve(session, file);
            PhoneImport list = PhoneImport.of(CsvText.of(path), files, ShellServices.phones(phones));
            refuse(list.faults());
            carryOut(list.steps(), files, dry);
        } catch (UnreadableListException e) {
            throw CommandFailure.because(SafeText.of(e.reason()));
        } catch (NotWritten e) {
            throw CommandFailure.because(SafeText.of(e.reason()));
        }
        return null;
    }

    private static void refuse(List<CsvFault> faults) throws CommandException {
        if (faults.isEmpty()) {
            return;
        }
        faults.stream().limit(MAX_FAULTS).forEach(fault -> System.err.println(SafeText.of(fault.text())));
        String more = faults.size() > MAX_FAULTS ? ", of which the first " + MAX_FAULTS + " are told" : "";
        throw CommandFailure.because(
                "nothing was written: " + faults.size() + (faults.size() == 1 ? " fault" : " faults") + more);
    }

    private static void carryOut(List<Step> steps, PhoneFileEditor files, boolean dry) throws CommandException {
        PrintStream out = System.out;
        int done = 0;
        for (Step step : steps) {
            if (!dry) {
                try {
                    step.carryOut(files);
                } catch (NotWritten e) {
                    throw CommandFailure.because(SafeText.of(step.id() + ": " + e.reason()) + " (" + done + " of "
                            + steps.size() + " lines are done; the list can be imported again)");
                }
            }
            done++;
            String keys = step.kind() == Kind.CHANGED
                    ? ": " + String.join(", ", step.values().keySet())
                    : "";
            out.println(step.kind().name().toLowerCase(Locale.ROOT) + " " + SafeText.of(step.id()) + keys);
        }
        out.println((dry ? "would be: " : "") + count(steps, Kind.ADDED) + " added, " + count(steps, Kind.CHANGED)
                + " changed, " + count(steps, Kind.UNCHANGED) + " unchanged" + (dry ? "; nothing was written" : ""));
    }

    private static long count(List<Step> steps, Kind kind) {
        return steps.stream().filter(step -> step.kind() == kind).count();
    }
}
