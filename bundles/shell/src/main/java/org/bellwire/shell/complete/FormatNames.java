package org.bellwire.shell.complete;

import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.bellwire.api.port.Phones;
import org.bellwire.api.spi.Provisioning.Format;
import org.jspecify.annotations.Nullable;

/** Completes a format of the vendor. */
@Service
@SuppressWarnings("NullAway.Init")
public final class FormatNames extends WordCompleter {

    @Reference(optional = true)
    @Nullable
    Phones phones;

    @Override
    Stream<String> words(CommandLine line) {
        return Stream.concat(Stream.of("--format"), formats(line));
    }

    private Stream<String> formats(CommandLine line) {
        return binding(phones, line).stream()
                .flatMap(binding -> binding.provisioning().formats().stream())
                .map(Format::name);
    }
}
