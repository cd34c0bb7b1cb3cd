package org.bellwire.core.persist;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bellwire.api.CallInfo;
import org.bellwire.api.EventType;
import org.bellwire.api.Property;
import org.bellwire.api.Variables;
import org.bellwire.api.spi.EventRow;
import org.bellwire.api.spi.EventTable;
import org.bellwire.core.Acme;
import org.bellwire.core.common.Moment;
import org.bellwire.core.phone.EventFact;
import org.bellwire.core.phone.PhoneSession;
import org.bellwire.core.phone.PhoneSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneSnapshotJsonTest {

    private static final Instant TIME = Instant.parse("2026-11-21T08:15:30.123Z");
    private static final List<String> IDS = List.of("", "a", "b", "c");
    private static final List<String> NUMBERS = List.of("", "42", "sip:43@host", "\"\n\u2028<ü>");

    /** What an event meant, but for its number in the order. */
    private record Meant(EventType type, boolean derived, String name, CallInfo call) {
        static Meant of(EventFact fact) {
            return new Meant(fact.type(), fact.derived(), fact.vendorEvent(), fact.call());
        }
    }

    private static final Moment NOW = new Moment(TIME, 7);

    private static PhoneSession restarted(PhoneSession session, EventTable table, Moment now) {
        String text = PhoneSnapshotJson.write("acme", session.snapshot());
        assertThat(text).doesNotContain("\n");
        PhoneSession again = new PhoneSession();
        again.recall(PhoneSnapshotJson.read(text, "acme", now).orElseThrow(), table, true);
        return again;
    }

    private static Variables variables(Random random) {
        Variables.Builder variables = new Variables.Builder();
        String number = NUMBERS.get(random.nextInt(NUMBERS.size()));
        String id = IDS.get(random.nextInt(IDS.size()));
        for (String name : List.of("callId", "call_id", "guid")) {
            variables.add(name, id);
        }
        variables.add("number", number).add("remote", number).add("local", "101");
        variables.add("way", random.nextBoolean() ? "in" : "out").add("connected_time", "never");
        return variables.add("ip", "10.0.0." + random.nextInt(3)).build();
    }

    @Test
    void restart_at_any_moment_changes_nothing_that_follows() {
        for (EventTable table : List.of(Acme.PLAIN, Acme.FULL, Acme.BY_ROLE, Acme.TELLING, Acme.SILENT)) {
            List<String> names = table.rows().stream().map(EventRow::name).toList();
            for (int seed = 0; seed < 150; seed++) {
                Random random = new Random(seed);
                PhoneSession steady = new PhoneSession();
                PhoneSession restarting = new PhoneSession();
                Moment now = NOW;
                for (int i = 0; i < 25; i++) {
                    Duration passed = Duration.ofMillis(random.nextInt(2300));
                    now = new Moment(now.time().plus(passed), now.nanos() + passed.toNanos());
                    String event = names.get(random.nextInt(names.size()));
                    Variables variables = variables(random);
                    var one = steady.takeIn(table, event, variables, now);
                    var other = restarting.takeIn(table, event, variables, now);
                    assertThat(other.facts().stream().map(Meant::of))
                            .as("seed %d, event %d: %s", seed, i, event)
                            .containsExactlyElementsOf(
                                    one.facts().stream().map(Meant::of).toList());
                    assertThat(other.changes()).isEqualTo(one.changes());
                    assertThat(other.infoChanged()).isEqualTo(one.infoChanged());
                    restarting = random.nextInt(3) == 0 ? restarted(restarting, table, now) : restarting;
                    assertThat(restarting.states()).isEqualTo(steady.states());
                }
            }
        }
    }

    @Test
    void what_a_phone_says_of_itself_and_its_last_event_are_known_again() {
        PhoneSession session = new PhoneSession();
        Variables variables = new Variables.Builder()
                .add("model", "UC902")
                .add("firmware", "2.42")
                .add("mac", "001fc11a8b6c")
                .build();
        session.takeIn(Acme.FULL, "Off-Hook", variables, NOW);
        PhoneSession again = restarted(session, Acme.FULL, NOW);
        assertThat(again.device().model()).contains("UC902");
        assertThat(again.device().firmware()).contains("2.42");
        assertThat(again.device().mac()).contains("00:1f:c1:1a:8b:6c");
        assertThat(again.lastEvent()).contains(EventType.HOOK_OFF);
        assertThat(again.lastEventTime()).contains(TIME);
        assertThat(again.states()).isEqualTo(Map.of(Property.OFF_HOOK, "ON"));
    }

    @Test
    void state_that_the_vendor_reports_no_longer_is_left_out() {
        PhoneSession session = new PhoneSession();
        session.takeIn(Acme.FULL, "Off-Hook", new Variables.Builder().build(), NOW);
        assertThat(restarted(session, Acme.PLAIN, NOW).states()).isEmpty();
    }

    @Test
    void text_is_bounded_however_many_calls_a_phone_tells_of() {
        PhoneSession session = new PhoneSession();
        for (int i = 0; i < 1000; i++) {
            Variables call = new Variables.Builder()
                    .add("callId", i + "x".repeat(300))
                    .add("number", "9".repeat(300))
                    .add("name", "\u0001\"".repeat(200))
                    .build();
            session.takeIn(Acme.PLAIN, i % 2 == 0 ? "incoming" : "ended", call, NOW);
        }
        assertThat(PhoneSnapshotJson.write("acme", session.snapshot())).hasSizeLessThan(64_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "nonsense",
                "{}",
                "{\"form\":1}",
                "{\"form\":2,\"vendor\":\"acme\",\"states\":{}}",
                "{\"form\":1,\"vendor\":\"zenith\",\"states\":{}}",
                "{\"form\":1,\"vendor\":\"acme\",\"states\":[]}",
                "{\"form\":1,\"vendor\":\"acme\",\"states\":{\"dnd\":[]}}",
                "{\"form\":1,\"vendor\":\"acme\",\"states\":{},\"time\":\"x\"}",
                "{\"form\":1,\"vendor\":\"acme\",\"states\":{},\"calls\":[7]}",
                "{\"form\":1,\"vendor\":\"acme\",\"states\":{},\"calls\":[{}],\"ended\":[]}",
                "{\"form\":1,\"vendor\":\"acme\",\"states\":{},\"calls\":[{\"state\":\"gone\"}],\"ended\":[]}",
                "{\"form\":1,\"vendor\":\"acme\",\"states\":{},\"time\":{}}",
                "{\"form\":1,\"vendor\":\"acme\",\"states\":{\"dnd\":\"ON\""
            })
    void wrong_text_is_nothing(String text) {
        assertThat(PhoneSnapshotJson.read(text, "acme", NOW)).isEmpty();
    }

    @Test
    void text_of_an_older_version_is_read() {
        String older = "{\"form\":\"1\",\"vendor\":\"acme\",\"event\":\"call_incoming\",\"time\":1795248930123,"
                + "\"model\":\"UC902\",\"states\":{\"dnd\":\"ON\"},\"calls\":[{\"id\":\"1\",\"state\":\"ringing\","
                + "\"connected\":false,\"since\":1795248930123,\"heard\":1795248930123}],\"ended\":[]}";
        PhoneSnapshot known = PhoneSnapshotJson.read(older, "acme", NOW).orElseThrow();
        assertThat(known.lastEventTime()).contains(Instant.ofEpochMilli(1795248930123L));
        assertThat(known.calls().calls()).hasSize(1);
        assertThat(known.seq()).isZero();
        assertThat(known.online()).isFalse();
        assertThat(known.offset()).isEqualTo(PhoneSnapshot.NO_OFFSET);
    }

    @Test
    void text_cut_off_anywhere_is_nothing() {
        PhoneSession session = new PhoneSession();
        Variables call =
                new Variables.Builder().add("callId", "1").add("number", "42").build();
        session.takeIn(Acme.PLAIN, "incoming", call, NOW);
        session.takeIn(Acme.PLAIN, "ended", call, NOW);
        String text = PhoneSnapshotJson.write("acme", session.snapshot());
        List<String> read = new ArrayList<>();
        for (int end = 0; end < text.length(); end++) {
            String cut = text.substring(0, end);
            PhoneSnapshotJson.read(cut, "acme", NOW).ifPresent(known -> read.add(cut));
        }
        assertThat(read).isEmpty();
        assertThat(PhoneSnapshotJson.read(text, "acme", NOW)).isPresent();
    }
}
