package org.bellwire.shell;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.bellwire.api.port.PhoneFileEditor;
import org.bellwire.api.port.PhoneFileEditor.NotWritten;
import org.bellwire.shell.bulk.PhoneExport;
import org.jspecify.annotations.Nullable;

/** {@code phone:export}. */
@Service
@Command(
        scope = "phone",
        name = "export",
        description = "Prints all phones' files as a list for phone:import, without passwords and tokens",
        detailedDescription =
                "UTF-8, separated by commas. Imported again, changed or not, the list leaves passwords and tokens as they"
                        + " are.")
@SuppressWarnings("NullAway.Init")
public final class ExportCommand implements Action {

    @Reference(optional = true)
    @Nullable
    PhoneFileEditor editor;

    @Override
    public @Nullable Object execute() throws CommandException {
        try {
            PhoneExport export = PhoneExport.of(ShellServices.editor(editor));
            System.out.print(export.csv());
            export.left().forEach(file -> System.err.println("left out: " + SafeText.of(file)));
        } catch (NotWritten e) {
            throw CommandFailure.because(SafeText.of(e.reason()));
        }
        return null;
    }
}
