package org.bellwire.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Topic;
import org.bellwire.api.Variables;
import org.bellwire.api.port.CommandOrder;
import org.bellwire.api.port.Origin;
import org.bellwire.api.port.Report;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogRecordsTest {

    private static final Instant TIME = Instant.parse("2026-11-21T08:15:30.123456Z");

    @Test
    void report_is_read_as_it_was_written() {
        Variables variables = new Variables.Builder()
                .add("number", "\"\n\u2028<ü> 42")
                .add("Empty", "")
                .build();
        Report report = new Report(new PhoneId("lobby"), "acme", "Incoming Call", variables, TIME, "01J");
        Report read = LogRecords.report(LogRecords.of(report)).orElseThrow();
        assertThat(read.variables().asSent()).isEqualTo(variables.asSent());
        assertThat(read).usingRecursiveComparison().isEqualTo(report);
    }

    @Test
    void command_is_read_as_it_was_written() {
        CommandOrder order = new CommandOrder(
                "lobby", "dial", "{\"number\":\"42\"}", new Origin.Topic(Topic.of("lobby", "command", "dial")));
        LogRecords.HeardCommand read = LogRecords.command(LogRecords.of(new LogRecords.HeardCommand(order, TIME)))
                .orElseThrow();
        assertThat(read.order()).isEqualTo(order);
        assertThat(read.heard()).isEqualTo(TIME);
    }

    @Test
    void what_a_newer_version_adds_is_passed_over() {
        String newer =
                "{\"form\":1,\"new\":{\"a\":[1]},\"phone\":\"lobby\",\"vendor\":\"acme\",\"event\":\"x\",\"time\":1,"
                        + "\"id\":\"01J\",\"more\":true,\"variables\":{}}";
        assertThat(LogRecords.report(newer.getBytes(StandardCharsets.UTF_8))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"phone\":\"bridge\",\"vendor\":\"a\",\"event\":\"b\",\"time\":1,\"id\":\"c\",\"variables\":{}}",
                "{\"phone\":\"lobby\",\"vendor\":\"a\",\"event\":\"b\",\"time\":\"x\",\"id\":\"c\",\"variables\":{}}",
                "{\"phone\":\"lobby\",\"variables\":7}"
            })
    void anything_else_is_nothing(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(LogRecords.report(bytes)).isEmpty();
        assertThat(LogRecords.command(bytes)).isEmpty();
    }

    @Test
    void partition_of_a_phone_never_changes() {
        assertThat(Partitions.of("reception", 24)).isEqualTo(12);
        assertThat(Partitions.of("load-7", 24)).isEqualTo(13);
    }
}
