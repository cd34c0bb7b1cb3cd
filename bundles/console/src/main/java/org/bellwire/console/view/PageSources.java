package org.bellwire.console.view;

import java.util.function.Supplier;

/** What there is to tell. */
public record PageSources(
        Supplier<ConsolePorts> ports, PhoneHistory history, SeenEvents seen, Supplier<String> overview) {}
