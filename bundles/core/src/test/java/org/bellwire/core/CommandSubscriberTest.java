package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.bellwire.api.Status;
import org.bellwire.api.Topic;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.Limit;
import org.bellwire.api.port.Refusal;
import org.bellwire.core.command.CommandSubscriber;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CommandSubscriberTest {

    private static final String AUDIT = "org.bellwire.audit";

    private final House house = new House().file("lobby", "vendor", "acme", "host", "192.0.2.7");
    private final Counters counters = new Counters() {
        @Override
        public void answered(int httpStatus) {
            // Not of interest.
        }

        @Override
        public void refused(Refusal reason) {
            // Not of interest.
        }

        @Override
        public void resulted(Status status) {
            // Not of interest.
        }

        @Override
        public void reached(Limit limit) {
            reached.add(limit);
        }
    };
    private final CommandSubscriber topics = new CommandSubscriber(
            house.commands::carryOut, () -> counters, house.time.timing().nanos());
    private final List<Limit> reached = new ArrayList<>();
    private final Logger audit = Logger.getLogger(AUDIT);

    CommandSubscriberTest() {
        house.settle();
        house.log.forget();
        house.bus.forget();
        audit.setLevel(Level.ALL);
    }

    @AfterEach
    void leave() {
        audit.setLevel(null);
        house.close();
    }

    @Test
    void dropped_command_is_a_line_of_the_audit_log_and_has_no_result() {
        topics.dropped(new Topic("lobby/command/dial"), "retained");
        topics.dropped(new Topic("cellar/command/dial"), "empty");
        topics.arrived(new Topic("lobby/command/dnd"), " \n");
        house.settle();
        assertThat(house.log.allOf(AUDIT))
                .containsExactly(
                        "INFO phone lobby: dial from lobby/command/dial: dropped: retained",
                        "INFO phone cellar: dial from cellar/command/dial: dropped: empty",
                        "INFO phone lobby: dnd from lobby/command/dnd: dropped: empty");
        assertThat(house.bus.topics()).noneMatch(topic -> topic.contains("/result/"));
    }

    @Test
    void empty_commands_are_counted_and_told_of_in_one_line_a_minute() {
        for (int i = 0; i < 3; i++) {
            topics.dropped(new Topic("lobby/command/dial"), "empty");
            topics.arrived(new Topic("lobby/command/dnd"), "\t");
        }
        topics.dropped(new Topic("lobby/command/dial"), "retained");
        assertThat(reached).hasSize(6).containsOnly(Limit.EMPTY_COMMANDS);
        assertThat(house.log.warnings()).singleElement().asString().contains("lobby/command/dial", "PRESS");
        house.time.pass(Duration.ofMinutes(1));
        topics.arrived(new Topic("lobby/command/dnd"), "");
        assertThat(house.log.warnings()).hasSize(2).last().asString().contains("5 more");
    }

    @Test
    void fresh_command_is_carried_out() {
        topics.arrived(new Topic("lobby/command/hangup"), "PRESS");
        assertThat(house.log.allOf(AUDIT))
                .first()
                .isEqualTo("INFO phone lobby: hangup from lobby/command/hangup: accepted");
    }
}
