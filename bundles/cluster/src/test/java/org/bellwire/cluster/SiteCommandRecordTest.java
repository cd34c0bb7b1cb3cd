package org.bellwire.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.bellwire.api.Topic;
import org.bellwire.api.port.CommandOrder;
import org.bellwire.api.port.Origin;
import org.bellwire.cluster.LogRecords.HeardCommand;
import org.junit.jupiter.api.Test;

class SiteCommandRecordTest {

    private static CommandOrder below(String root) {
        Topic topic = Topic.of("lobby", "command", "dial").below(root);
        return new CommandOrder("lobby", "dial", "42", new Origin.Topic(topic));
    }

    @Test
    void command_comes_out_of_the_log_as_one_of_the_site_that_sent_it() {
        for (String root : new String[] {"", "acme", "tenants/beta"}) {
            byte[] bytes = LogRecords.of(new HeardCommand(below(root), Instant.EPOCH));
            assertThat(LogRecords.command(bytes).orElseThrow().order()).isEqualTo(below(root));
        }
    }
}
