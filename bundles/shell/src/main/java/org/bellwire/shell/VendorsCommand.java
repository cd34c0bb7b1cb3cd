package org.bellwire.shell;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.table.ShellTable;
import org.bellwire.api.port.Phones;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.api.spi.Provisioning.Format;
import org.jspecify.annotations.Nullable;

/** {@code phone:vendors}. */
@Service
@Command(scope = "phone", name = "vendors", description = "Lists the vendors whose features are installed")
@SuppressWarnings("NullAway.Init")
public final class VendorsCommand implements Action {

    @Reference(optional = true)
    @Nullable
    Phones phones;

    @Reference
    Session session;

    @Override
    public @Nullable Object execute() throws CommandException {
        List<PhoneBinding> bindings = ShellServices.phones(phones).bindings();
        if (bindings.isEmpty()) {
            System.out.println("No vendor is installed: feature:install bellwire-<vendor>.");
            return null;
        }
        ShellTable table = new ShellTable();
        List.of("Id", "Vendor", "Events", "Commands", "Formats").forEach(table::column);
        for (PhoneBinding binding : bindings) {
            table.addRow()
                    .addContent(
                            binding.info().id(),
                            binding.info().name(),
                            binding.events().rows().size(),
                            binding.commandNames().size(),
                            formats(binding));
        }
        Screen.of(session).print(table, System.out);
        return null;
    }

    private static String formats(PhoneBinding binding) {
        List<Format> formats = binding.provisioning().formats();
        return formats.isEmpty() ? "-" : formats.stream().map(Format::name).collect(Collectors.joining(" "));
    }
}
