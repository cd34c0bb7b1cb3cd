package org.bellwire.binding.grandstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.CallState;
import org.bellwire.api.Direction;
import org.bellwire.api.Property;
import org.bellwire.api.spi.ReadBack;
import org.bellwire.api.spi.ReadBack.SeenCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers are in the form that another project recorded on a WP826, with other values. */
class GrandstreamStatusTest {

    private static String lines(String... entries) {
        return "{\"response\":\"success\",\"body\":[" + String.join(",", entries) + "]}\r\n";
    }

    private static String line(String state, String name, String number) {
        return "{\"line\":1,\"conf\":0,\"state\":\"" + state + "\",\"acct\":0,\"active\":0,\"remotename\":\"" + name
                + "\",\"remotenumber\":\"" + number + "\"}";
    }

    @Test
    void line_that_rings_is_an_inbound_call() {
        assertThat(GrandstreamStatus.lines(lines(line("ringing", "", "+4930123"), line("idle", "", "")))
                        .calls())
                .contains(List.of(new SeenCall(
                        CallState.RINGING, Optional.of(Direction.INBOUND), Optional.of("+4930123"), Optional.empty())));
    }

    @Test
    void name_that_only_repeats_the_number_is_none() {
        assertThat(GrandstreamStatus.lines(lines(line("connected", "42", "42"), line("onhold", "Peter", "43")))
                        .calls())
                .contains(List.of(
                        new SeenCall(CallState.CONNECTED, Optional.empty(), Optional.of("42"), Optional.empty()),
                        new SeenCall(CallState.HELD, Optional.empty(), Optional.of("43"), Optional.of("Peter"))));
    }

    @Test
    void idle_lines_tell_that_there_is_no_call() {
        assertThat(GrandstreamStatus.lines(lines(line("idle", "", ""), line("failed", "", "42")))
                        .calls())
                .contains(List.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "true",
                "<html>",
                "{\"response\":\"error\",\"body\":\"failed\"}",
                "{\"response\":\"success\",\"body\":[]}",
                "{\"response\":\"success\",\"body\":[{\"line\":1,\"state\":\"parked\"}]}",
                "{\"response\":\"success\",\"body\":[{\"line\":1,\"state\":\"idle\"},{\"line\":2,\"sta"
            })
    void answer_that_is_cut_or_not_understood_ends_no_call(String body) {
        assertThat(GrandstreamStatus.lines(body)).isEqualTo(ReadBack.State.NOTHING);
        assertThat(GrandstreamStatus.accounts(body)).isEqualTo(ReadBack.State.NOTHING);
    }

    @Test
    void one_registered_account_is_enough_and_unused_ones_do_not_count() {
        String used =
                "{\"id\":1,\"sip_server\":\"192.168.1.1\",\"sip_id\":\"10\",\"name\":\"x\",\"auto_cfg\":\"\",\"reg\":1}";
        String unused = "{\"id\":2,\"sip_server\":\"\",\"sip_id\":\"\",\"name\":\"\",\"auto_cfg\":\"\",\"reg\":0}";
        assertThat(GrandstreamStatus.accounts(lines(used, unused)).states())
                .isEqualTo(Map.of(Property.REGISTRATION, "registered"));
        assertThat(GrandstreamStatus.accounts(lines(used.replace("\"reg\":1", "\"reg\":0"), unused))
                        .states())
                .isEqualTo(Map.of(Property.REGISTRATION, "unregistered"));
        assertThat(GrandstreamStatus.accounts(lines(unused)).states()).isEmpty();
    }
}
