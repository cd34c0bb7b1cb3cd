package org.bellwire.health;

import java.util.Optional;
import org.bellwire.api.port.BusStatistics;
import org.bellwire.testkit.FakeBus;

/** What a bus may say of itself. */
final class BusFigures {

    static final BusStatistics WELL = new BusStatistics(true, 3, 5, 100, 2, 80, 7, 12, 9, 0, Optional.empty());
    static final BusStatistics AWAY = new BusStatistics(false, 0, 6, 101, 2, 80, 7, 13, 9, 0, Optional.empty());
    static final BusStatistics ILL =
            new BusStatistics(false, 0, 6, 101, 2, 80, 7, 13, 9, 0, Optional.of("the disk is full"));

    private BusFigures() {}

    /** One that is well. */
    static FakeBus bus() {
        FakeBus bus = new FakeBus();
        bus.is(WELL);
        return bus;
    }
}
