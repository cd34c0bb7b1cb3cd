package org.bellwire.shell.complete;

import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.bellwire.api.port.Phones;
import org.bellwire.api.spi.EventRow;
import org.bellwire.api.spi.PhoneBinding;
import org.jspecify.annotations.Nullable;

/** Completes an event in the words of the vendor that the line names. */
@Service
@SuppressWarnings("NullAway.Init")
public final class EventNames extends WordCompleter {

    @Reference(optional = true)
    @Nullable
    Phones phones;

    @Override
    Stream<String> words(CommandLine line) {
        return binding(phones, line).stream()
                .map(PhoneBinding::events)
                .flatMap(events -> events.rows().stream())
                .map(EventRow::slug);
    }
}
