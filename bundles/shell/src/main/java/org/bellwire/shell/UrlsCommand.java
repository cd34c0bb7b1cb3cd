package org.bellwire.shell;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.bellwire.api.port.Gateway;
import org.bellwire.api.port.Phones;
import org.bellwire.shell.complete.PhonesAndVendors;
import org.jspecify.annotations.Nullable;

/** {@code phone:urls}. */
@Service
@Command(scope = "phone", name = "urls", description = "Prints the URL to paste for each event")
@SuppressWarnings("NullAway.Init")
public final class UrlsCommand implements Action {

    @Reference(optional = true)
    @Nullable
    Phones phones;

    @Reference(optional = true)
    @Nullable
    Gateway gateway;

    @Reference
    Session session;

    @Argument(index = 0, name = "id", description = "The phone, or a vendor for all its phones", required = true)
    @Completion(PhonesAndVendors.class)
    String id;

    @Override
    public @Nullable Object execute() throws CommandException {
        new UrlList(UrlTarget.find(ShellServices.phones(phones), id), ShellServices.gateway(gateway))
                .print(System.out, Screen.of(session));
        return null;
    }
}
