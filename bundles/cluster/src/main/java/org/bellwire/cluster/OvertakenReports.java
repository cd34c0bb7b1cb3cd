package org.bellwire.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.PhoneId;
import org.bellwire.api.port.Report;

/**
 * Finds reports that stand in the log behind a later one of their phone: where Kafka keeps one gateway waiting, that one answers the
 * phone when its disk has the report, and the phone's next report may go to a gateway that Kafka answers at once. For one thread.
 */
final class OvertakenReports {

    /** The later one was reported at least 250 ms later; by half of that the clocks of two gateways may differ. */
    private static final Duration APART = Duration.ofMillis(125);

    private final Map<PhoneId, Newest> newest = new HashMap<>();

    private record Newest(String gateway, Instant time) {}

    /**
     * Takes the reports of a partition in the order of the log.
     *
     * @param gateway that took it from the phone: those of one gateway are in order
     */
    boolean isOvertaken(Report report, String gateway) {
        Optional<Newest> before = Optional.ofNullable(newest.get(report.phone()));
        boolean overtaken = before.filter(other -> !other.gateway().equals(gateway))
                .filter(other -> report.time().isBefore(other.time().minus(APART)))
                .isPresent();
        if (!overtaken) {
            newest.put(report.phone(), new Newest(gateway, report.time()));
        }
        return overtaken;
    }

    /** The phones are others. */
    void forget() {
        newest.clear();
    }
}
