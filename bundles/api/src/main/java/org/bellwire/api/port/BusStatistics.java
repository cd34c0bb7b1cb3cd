package org.bellwire.api.port;

import java.util.Optional;

/**
 * How the bus does. What grows counts events since its start; states and results are not counted.
 *
 * @param connected there is a connection to the broker now
 * @param queued messages of any kind that now wait in memory for the broker's acknowledgement
 * @param spooled events that are now on disk and not at the broker
 * @param accepted events that were promised: at the broker, or on disk
 * @param refused events that could not be promised
 * @param published events that the broker acknowledged in time, on {@code event/}
 * @param late events that the broker acknowledged on {@code late/}
 * @param stored events that had to go to disk
 * @param drained events of the disk that the broker acknowledged
 * @param dropped events that were promised and given up: older than the spool keeps them, or damaged on disk
 * @param spoolFault why nothing can be written to disk now; empty when it can
 */
public record BusStatistics(
        boolean connected,
        long queued,
        long spooled,
        long accepted,
        long refused,
        long published,
        long late,
        long stored,
        long drained,
        long dropped,
        Optional<String> spoolFault) {}
