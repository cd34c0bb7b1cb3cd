package org.bellwire.shell;

import java.io.PrintStream;
import java.util.Optional;
import org.bellwire.api.port.Groups;
import org.bellwire.api.port.Triggers;
import org.jspecify.annotations.Nullable;

/** What {@code phone:list} tells of groups and triggers: which groups there are, and what is wrong with the files of both. */
final class OtherFaults {

    private OtherFaults() {}

    static void print(@Nullable Groups groups, @Nullable Triggers triggers, PrintStream out) {
        if (groups != null) {
            groups.all()
                    .forEach(group -> line(
                            out,
                            "group " + group.id(),
                            group.fault(),
                            Optional.of(counted(group.members().size()))));
        }
        if (triggers != null) {
            triggers.all().forEach(each -> line(out, "trigger " + each.id(), each.fault(), Optional.empty()));
        }
    }

    private static String counted(int phones) {
        return phones == 1 ? "1 phone" : phones + " phones";
    }

    private static void line(PrintStream out, String what, Optional<String> fault, Optional<String> otherwise) {
        fault.or(() -> otherwise).ifPresent(text -> out.println(SafeText.of(what + ": " + text)));
    }
}
