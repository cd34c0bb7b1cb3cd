package org.bellwire.itests;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The storm of {@link ClusterIT} in full: 10,000 phones report twice each. Asked for by {@code -Dbellwire.kafka.nodes=3}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("alone")
@EnabledIfSystemProperty(named = "bellwire.kafka.nodes", matches = "3")
final class ClusterStormIT {

    private static final int NODES = 3;
    private static final int PHONES = 10_000;
    private static final int EVENTS = 20_000;

    private ClusterSite site;

    @BeforeAll
    void starts() {
        site = ClusterSite.withPhones(NODES, PHONES);
    }

    @AfterAll
    void ends() {
        site.close();
    }

    @Test
    void gateway_that_is_killed_after_a_storm_costs_no_event() {
        Storm.strike(site, EVENTS);
    }
}
