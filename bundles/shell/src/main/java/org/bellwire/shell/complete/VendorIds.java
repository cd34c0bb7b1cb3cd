package org.bellwire.shell.complete;

import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.bellwire.api.port.Phones;
import org.jspecify.annotations.Nullable;

/** Completes a vendor's id. */
@Service
@SuppressWarnings("NullAway.Init")
public final class VendorIds extends WordCompleter {

    @Reference(optional = true)
    @Nullable
    Phones phones;

    @Override
    Stream<String> words(CommandLine line) {
        return vendors(phones);
    }
}
