package org.bellwire.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.bellwire.api.Message;
import org.bellwire.api.Result;
import org.bellwire.api.Status;
import org.bellwire.api.port.CommandOrder;
import org.bellwire.api.port.Origin;
import org.bellwire.cluster.LogRecords.Sender;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteResultTest {

    private static final Sender SENDER = new Sender("gateway-2", "7");

    @Test
    void result_is_read_as_it_was_told() {
        Result short1 = SampleResults.accepted(new CommandOrder("lobby", "dial", "42", Origin.Shell.SHELL));
        Result whole = new Result(
                Optional.of("id \"1\""),
                "lobby",
                "dial",
                Status.REFUSED,
                OptionalInt.empty(),
                Optional.of("not \n now"),
                Instant.parse("2026-11-01T12:00:00Z"),
                1);
        for (Result result : new Result[] {short1, whole}) {
            Message told = new RemoteResult("7", result).to(SENDER);
            assertThat(told.topic().path()).isEqualTo("bridge/gateway/gateway-2/result");
            assertThat(told.retained()).isFalse();
            assertThat(RemoteResult.read(told.payload())).contains(new RemoteResult("7", result));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[]",
                "{}",
                "{\"number\":\"7\"}",
                "{\"number\":\"7\",\"phone\":\"a\",\"command\":\"dial\",\"status\":\"soon\",\"time\":1,\"took_ms\":1}",
                "{\"number\":\"7\",\"phone\":\"a\",\"command\":\"dial\",\"status\":\"failed\",\"time\":\"x\",\"took_ms\":1}"
            })
    void whatever_else_stands_there_is_none(String text) {
        assertThat(RemoteResult.read(text)).isEmpty();
    }
}
