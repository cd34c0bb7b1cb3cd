package org.bellwire.ingress.access;

import java.util.Optional;
import java.util.function.Supplier;
import org.bellwire.api.port.ActionUrls;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.Triggers;

/** The services that requests go to, each as it is there at the moment. */
public record IngressPorts(
        Supplier<Optional<ActionUrls>> actionUrls,
        Supplier<Optional<Triggers>> triggers,
        Supplier<Counters> counters) {}
