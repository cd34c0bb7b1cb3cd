package org.bellwire.core.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.CallState;
import org.bellwire.api.EventType;
import org.bellwire.api.Property;
import org.bellwire.api.Variables;
import org.bellwire.api.spi.ReadBack;
import org.bellwire.core.Acme;
import org.bellwire.core.common.Moment;
import org.junit.jupiter.api.Test;

class PhoneSessionTest {

    private static final Moment START = new Moment(Instant.parse("2026-11-21T08:15:30Z"), 0);
    private static final String REPORT = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

    private final PhoneSession session = new PhoneSession();
    private final List<String> changes = new ArrayList<>();

    private static Moment after(Duration time) {
        return new Moment(START.time().plus(time), time.toNanos());
    }

    private static Variables variables(String... pairs) {
        Variables.Builder builder = new Variables.Builder();
        for (int i = 0; i < pairs.length; i += 2) {
            builder.add(pairs[i], pairs[i + 1]);
        }
        return builder.build();
    }

    private PhoneSession.Occurrence takeIn(String event, String... pairs) {
        return session.takeIn(Acme.PLAIN, event, variables(pairs), START);
    }

    private static ReadBack.State shows(ReadBack.SeenCall... calls) {
        return new ReadBack.State(Map.of(), Optional.of(List.of(calls)));
    }

    private static ReadBack.SeenCall seen(CallState state, String number) {
        return new ReadBack.SeenCall(state, Optional.empty(), Optional.of(number), Optional.empty());
    }

    @Test
    void whatever_changes_the_phone_is_noted() {
        session.onChange(() -> changes.add("changed"));
        takeIn("incoming", "callId", "1");
        assertThat(changes).hasSize(1);
        session.learn(Acme.PLAIN, shows(), START);
        assertThat(changes).hasSize(2);
        session.resetMissed();
        assertThat(changes).hasSize(3);
        takeIn("incoming", "callId", "2");
        session.expire(Acme.PLAIN, after(CallModel.LONGEST_RING));
        assertThat(changes).hasSize(5);
        session.expire(Acme.PLAIN, after(CallModel.LONGEST_RING));
        assertThat(changes).as("no call was over").hasSize(5);
    }

    @Test
    void phone_has_calls_from_the_first_to_the_last() {
        assertThat(session.hasCalls()).isFalse();
        takeIn("incoming", "callId", "1");
        takeIn("incoming", "callId", "2");
        assertThat(session.hasCalls()).isTrue();
        takeIn("ended", "callId", "1");
        assertThat(session.hasCalls()).isTrue();
        takeIn("ended", "callId", "2");
        assertThat(session.hasCalls()).isFalse();
    }

    @Test
    void call_is_quiet_when_nothing_was_heard_of_it() {
        Duration span = Duration.ofMinutes(2);
        assertThat(session.hasQuietCall(span, after(span))).isFalse();
        takeIn("incoming", "callId", "1");
        assertThat(session.hasQuietCall(span, after(span.minusNanos(1)))).isFalse();
        assertThat(session.hasQuietCall(span, after(span))).isTrue();
    }

    @Test
    void id_of_a_call_is_known_if_it_is_the_only_one_in_its_state() {
        takeIn("incoming", "callId", "1");
        takeIn("connected", "callId", "1");
        takeIn("incoming", "callId", "2");
        assertThat(session.callId(List.of(CallState.CONNECTED))).contains("1");
        assertThat(session.callId(List.of(CallState.RINGING, CallState.DIALING)))
                .contains("2");
        assertThat(session.callId(List.of(CallState.RINGING, CallState.CONNECTED)))
                .isEmpty();
        assertThat(session.callId(List.of(CallState.HELD))).isEmpty();
    }

    @Test
    void last_event_and_its_time_are_known() {
        assertThat(session.lastEvent()).isEmpty();
        takeIn("incoming", "callId", "1");
        assertThat(session.lastEvent()).contains(EventType.CALL_INCOMING);
        assertThat(session.lastEventTime()).contains(START.time());
    }

    @Test
    void event_that_others_have_overtaken_is_told_and_changes_nothing() {
        takeIn("incoming", "callId", "1", "number", "42");
        Map<Property, String> before = session.states();
        EventFact fact = session.overtaken(Acme.PLAIN, "Ended", variables("callId", "1", "number", "42"));
        assertThat(fact.type()).isEqualTo(EventType.CALL_ENDED);
        assertThat(fact.vendorEvent()).isEqualTo("ended");
        assertThat(fact.seq()).isEqualTo(2);
        assertThat(fact.call().id()).contains("1");
        assertThat(fact.derived()).isFalse();
        assertThat(fact.end()).isEmpty();
        assertThat(session.states()).isEqualTo(before);
        EventFact unknown = session.overtaken(Acme.PLAIN, "Something", variables("callId", "1"));
        assertThat(unknown.type()).isEqualTo(EventType.VENDOR_EVENT);
        assertThat(unknown.vendorEvent()).isEqualTo("Something");
        assertThat(unknown.call().id()).as("not of a call").isEmpty();
    }

    @Test
    void device_is_news_when_it_says_something_else() {
        assertThat(takeIn("update", "model", "D785").infoChanged()).isTrue();
        assertThat(takeIn("update", "model", "D785").infoChanged()).isFalse();
        assertThat(session.device().model()).contains("D785");
    }

    @Test
    void calls_that_the_phone_shows_take_the_place_of_those_that_are_known() {
        takeIn("incoming", "number", "42");
        takeIn("incoming", "number", "43");
        PhoneSession.Occurrence news = session.learn(Acme.PLAIN, shows(seen(CallState.CONNECTED, "43")), START);
        assertThat(news.facts())
                .singleElement()
                .satisfies(fact -> assertThat(fact.call().number()).contains("42"))
                .satisfies(fact -> assertThat(fact.presumed()).isTrue());
        assertThat(session.callState()).contains(CallState.CONNECTED);
        assertThat(session.state(Property.CALL)).contains("connected");
        assertThat(session.state(Property.PEER_NUMBER)).contains("43");
        assertThat(news.infoChanged()).isFalse();
    }

    @Test
    void states_that_the_phone_answers_are_taken_in_but_for_what_events_told_meanwhile() {
        session.questions().asking();
        session.takeIn(Acme.FULL, "Open DND", variables(), START);
        Map<Property, String> answer =
                Map.of(Property.DND, "OFF", Property.MUTE, "ON", Property.PEER_NAME, "Peter", Property.FORWARD, "ON");
        PhoneSession.Occurrence news = session.learn(Acme.FULL, new ReadBack.State(answer, Optional.empty()), START);
        assertThat(news.changes()).isEqualTo(Map.of(Property.MUTE, "ON"));
        assertThat(session.state(Property.DND)).contains("ON");
        assertThat(news.facts()).isEmpty();
    }

    @Test
    void probe_is_due_at_once_and_then_not_for_a_while() {
        assertThat(session.probeDue(0, 60)).isTrue();
        assertThat(session.probeDue(0, 60)).isFalse();
    }

    @Test
    void restart_goes_on_with_states_and_calls_and_counts_anew() {
        takeIn("incoming", "callId", "1", "number", "42", "model", "D785");
        PhoneSession next = new PhoneSession();
        next.recall(session.snapshot(), Acme.PLAIN, true);
        assertThat(next.states()).isEqualTo(session.states());
        assertThat(next.hasCalls()).isTrue();
        assertThat(next.device()).isEqualTo(session.device());
        assertThat(next.lastEvent()).contains(EventType.CALL_INCOMING);
        assertThat(next.lastEventTime()).contains(START.time());
        assertThat(next.snapshot().seq()).isZero();
    }

    @Test
    void restart_that_does_not_believe_in_the_calls_has_none() {
        takeIn("incoming", "callId", "1", "number", "42");
        PhoneSession next = new PhoneSession();
        next.recall(session.snapshot(), Acme.PLAIN, false);
        assertThat(next.hasCalls()).isFalse();
        assertThat(next.callState()).contains(CallState.IDLE);
        assertThat(next.state(Property.PEER_NUMBER)).contains("");
    }

    @Test
    void gateway_that_takes_over_goes_on_where_the_other_one_was() {
        takeIn("incoming", "callId", "1");
        session.availability().alive();
        session.at(77);
        PhoneSession next = new PhoneSession();
        next.takeOver(session.snapshot(), Acme.PLAIN);
        assertThat(next.snapshot()).isEqualTo(session.snapshot());
        assertThat(next.availability().isOnline()).isTrue();
        assertThat(next.offset()).isEqualTo(77);
        assertThat(next.snapshot().seq()).isEqualTo(1);
    }

    @Test
    void state_that_this_vendors_phones_do_not_have_is_not_taken_up() {
        session.takeIn(Acme.FULL, "Open DND", variables(), START);
        assertThat(session.state(Property.DND)).contains("ON");
        PhoneSession next = new PhoneSession();
        next.recall(session.snapshot(), Acme.PLAIN, true);
        assertThat(next.state(Property.DND)).isEmpty();
    }

    @Test
    void report_by_a_log_is_taken_once_until_reports_come_otherwise() {
        assertThat(session.offset()).isEqualTo(PhoneSnapshot.NO_OFFSET);
        session.at(5);
        assertThat(session.isFirst(REPORT)).isTrue();
        session.at(6);
        assertThat(session.isFirst(REPORT)).isFalse();
        session.at(PhoneSnapshot.NO_OFFSET);
        assertThat(session.isFirst(REPORT)).isTrue();
    }
}
