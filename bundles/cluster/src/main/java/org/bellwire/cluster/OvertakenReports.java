package org.bellwire.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bellwire.api.PhoneId;
import org.bellwire.api.port.Report;

/**
 * Finds reports that stand in the log behind a later one of their phone: where Kafka keeps one gateway waiting, that one answers the
 * phone when its disk has the report, and the phone's next report may go to a gateway that Kafka answers at once. For one thread.
 */
final class OvertakenReports {

    /** The later one was reported at least 250 ms later; by half of that the clocks of two gateways may differ. */
    private static final Duration APART = Duration.ofMillis(125);

    /** One that Kafka keeps waiting for longer comes by the disk. Beyond it, clocks differ. */
    private static final Duration TRIED = Duration.ofMillis(KafkaClients.DELIVERY_MS);

    private final Map<PhoneId, Newest> newest = new HashMap<>();
    private final Function<PhoneId, Optional<Instant>> known;

    private record Newest(String gateway, Instant time) {

        boolean isNotAfter(Report report) {
            return !report.time().isBefore(time);
        }

        boolean overtook(Report report, String from) {
            return !gateway.equals(from)
                    && report.time().isBefore(time.minus(APART))
                    && report.time().isAfter(time.minus(TRIED));
        }
    }

    /** @param known when the newest report of a phone was made that is known here, whoever owned the phone when it came */
    OvertakenReports(Function<PhoneId, Optional<Instant>> known) {
        this.known = known;
    }

    /**
     * Takes the reports of a partition in the order of the log.
     *
     * @param gateway that took it from the phone: those of one gateway are in order
     * @param byDisk it came by that gateway's disk
     */
    boolean isOvertaken(Report report, String gateway, boolean byDisk) {
        Optional<Newest> before = Optional.ofNullable(newest.get(report.phone()))
                .or(() -> known.apply(report.phone()).map(time -> new Newest("", time)));
        boolean overtaken =
                before.filter(other -> other.overtook(report, gateway)).isPresent();
        boolean isNewest = before.map(other -> other.isNotAfter(report)).orElse(true);
        if (isNewest || !(overtaken || byDisk)) {
            newest.put(report.phone(), new Newest(gateway, report.time()));
        }
        return overtaken;
    }

    /** The phones are others. */
    void forget() {
        newest.clear();
    }
}
