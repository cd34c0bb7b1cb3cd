package org.bellwire.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bellwire.api.CallInfo;
import org.bellwire.api.CallState;
import org.bellwire.api.EventType;
import org.bellwire.api.Property;
import org.bellwire.api.Variables;
import org.bellwire.api.spi.EventTable;
import org.bellwire.core.common.Moment;
import org.bellwire.core.persist.PhoneSnapshotJson;
import org.bellwire.core.phone.EventFact;
import org.bellwire.core.phone.PhoneSession;
import org.bellwire.core.phone.PhoneSnapshot;

/** One phone that sends events, seen at the level of its session. */
final class PhoneScene {

    private PhoneSession session = new PhoneSession();
    private final List<EventFact> facts = new ArrayList<>();
    private final EventTable table;
    private Moment now = new Moment(Instant.parse("2026-11-21T08:15:30Z"), -1);

    PhoneScene(EventTable table) {
        this.table = table;
    }

    /** Sends an event; the variables are names and values in turn. */
    PhoneScene sends(String event, String... variables) {
        Variables.Builder builder = new Variables.Builder();
        for (int i = 0; i < variables.length; i += 2) {
            builder.add(variables[i], variables[i + 1]);
        }
        facts.addAll(session.takeIn(table, event, builder.build(), now).facts());
        return this;
    }

    PhoneScene later(Duration time) {
        now = new Moment(now.time().plus(time), now.nanos() + time.toNanos());
        return this;
    }

    /** The clock that is shown is set; no time passes. */
    PhoneScene clockJumps(Duration time) {
        now = new Moment(now.time().plus(time), now.nanos());
        return this;
    }

    /** Looks for calls that are over, as is done now and then. */
    PhoneScene expires() {
        facts.addAll(session.expire(table, now).facts());
        return this;
    }

    /** From now on as after a restart. */
    PhoneScene restarts() {
        PhoneSnapshot known = PhoneSnapshotJson.read(PhoneSnapshotJson.write("acme", session.snapshot()), "acme", now)
                .orElseThrow();
        session = new PhoneSession();
        session.recall(known, table, true);
        return this;
    }

    /** All events published so far. */
    List<EventType> events() {
        return facts.stream().map(EventFact::type).toList();
    }

    List<EventFact> facts() {
        return facts;
    }

    CallInfo lastCall() {
        return facts.get(facts.size() - 1).call();
    }

    long count(EventType type) {
        return facts.stream().filter(fact -> fact.type() == type).count();
    }

    CallState call() {
        return CallState.valueOf(state(Property.CALL).toUpperCase(Locale.ROOT));
    }

    String calls() {
        return state(Property.CALLS);
    }

    String state(Property property) {
        return session.state(property).orElse("unknown");
    }

    PhoneSession session() {
        return session;
    }
}
