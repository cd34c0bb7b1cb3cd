package org.bellwire.shell.complete;

import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.bellwire.api.port.SimulatedPhones;
import org.bellwire.api.port.SimulatedPhones.Simulated;
import org.jspecify.annotations.Nullable;

/** Completes a vendor that has a simulated phone. */
@Service
@SuppressWarnings("NullAway.Init")
public final class SimulatedVendors extends WordCompleter {

    @Reference(optional = true)
    @Nullable
    SimulatedPhones simulator;

    @Override
    Stream<String> words(CommandLine line) {
        return simulator == null
                ? Stream.empty()
                : simulator.all().stream().map(Simulated::vendor).distinct();
    }
}
