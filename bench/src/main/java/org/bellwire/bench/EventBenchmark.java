package org.bellwire.bench;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Topic;
import org.bellwire.api.Variables;
import org.bellwire.api.spi.EventTable;
import org.bellwire.binding.sangoma.SangomaBinding;
import org.bellwire.core.common.Moment;
import org.bellwire.core.phone.EventFact;
import org.bellwire.core.phone.Phone;
import org.bellwire.core.phone.PhoneSession;
import org.bellwire.core.phone.PhoneSettings;
import org.bellwire.core.publish.EventJson;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** From variables to what is published. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
public class EventBenchmark {

    private static final List<String> CALL = List.of("incoming-call", "established", "terminated");
    private static final Instant NOW = Instant.parse("2026-11-21T08:15:30.123Z");

    private final Phone phone = new Phone(
            PhoneSettings.parse("bench", new PhoneId("reception"), Map.of("vendor", "sangoma"), List.of()),
            new SangomaBinding(),
            new PhoneSession());
    private final EventTable table = phone.binding().events();
    private final Variables variables = new Variables.Builder()
            .add("mac", "00:1f:c1:1a:8b:6c")
            .add("model", "S505")
            .add("call_id", "a84b4c76e667")
            .add("local", "sip:101@10.0.0.1")
            .add("remote", "sip:42@10.0.0.9")
            .add("display_remote", "Peter Pan")
            .build();
    private final EventFact fact = new PhoneSession()
            .takeIn(table, CALL.get(0), variables, new Moment(NOW, 0))
            .facts()
            .get(0);
    private int turn;
    private long nanos;

    @Benchmark
    public Object find() {
        return table.find("Call%20Established");
    }

    /** The call model and the states, for one event of a call. */
    @Benchmark
    public Object takeIn() {
        turn = (turn + 1) % CALL.size();
        nanos += 3_000_000_000L; // the same id is another call then
        return phone.session().takeIn(table, CALL.get(turn), variables, new Moment(NOW, nanos));
    }

    @Benchmark
    public Object json() {
        return EventJson.of(phone, fact, "01JDFZ6V7T3E1W0M4Q9C5K2R8B", NOW, variables.asSent());
    }

    @Benchmark
    public Object topic() {
        return Topic.of("reception", "event", "call_incoming");
    }
}
