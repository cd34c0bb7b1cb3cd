package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.bellwire.api.CallState;
import org.bellwire.api.EventMessage;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Property;
import org.bellwire.api.Variables;
import org.bellwire.api.port.EventOutlet;
import org.bellwire.api.port.PartitionOwner.Knowledge;
import org.bellwire.api.port.PartitionOwner.Position;
import org.bellwire.api.port.Report;
import org.bellwire.testkit.ManualTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reports as they come by a log, which may bring them again, late, and to another gateway. */
class ReportProcessorTest {

    private static final PhoneId DESK = new PhoneId("desk");

    private final House house = gateway();
    private final House other = gateway();
    private final Outlet sent = new Outlet();

    private static House gateway() {
        House house = new House();
        house.file("desk", "vendor", "zenith");
        house.settle();
        house.bus.forget();
        return house;
    }

    /** Notes what goes out. */
    private static final class Outlet implements EventOutlet {
        private final List<String> events = new ArrayList<>();
        private final List<String> late = new ArrayList<>();

        @Override
        public CompletionStage<Void> deliver(EventMessage event) {
            events.add(event.payload());
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Void> deliverLate(EventMessage event) {
            late.add(event.payload());
            return CompletableFuture.completedFuture(null);
        }
    }

    @AfterEach
    void leave() {
        house.close();
        other.close();
    }

    private static Report report(String event, int second) {
        Variables variables =
                new Variables.Builder().add("callId", "1").add("number", "42").build();
        return new Report(DESK, "zenith", event, variables, time(second), id(second, 0));
    }

    private static String id(int second, int further) {
        return "01JDFZ6V7T3E1W0M4Q9C5K2" + second + "8" + further;
    }

    private static Instant time(int second) {
        return ManualTime.START.plusSeconds(second).plusNanos(456_000);
    }

    private void takes(House gateway, Report report, long offset) {
        gateway.reports.take(report, new Position(offset, false), sent);
    }

    private Knowledge known() {
        return house.reports.knowledge(DESK).orElseThrow();
    }

    @Test
    void report_that_is_taken_in_by_another_gateway_makes_the_same_of_it() {
        takes(house, report("incoming", 0), 3);
        house.time.pass(Duration.ofSeconds(7));
        takes(house, report("ended", 5), 4);
        List<String> first = List.copyOf(sent.events);
        sent.events.clear();
        other.time.pass(Duration.ofSeconds(20));
        takes(other, report("incoming", 0), 3);
        takes(other, report("ended", 5), 4);
        assertThat(sent.events).isEqualTo(first).hasSize(3);
        assertThat(first.get(0)).contains("\"id\":\"" + id(0, 0) + "\"");
        assertThat(first.get(2)).contains("call_missed").contains("\"id\":\"" + id(5, 1) + "\"");
    }

    @Test
    void other_gateway_goes_on_where_the_first_one_ended() {
        takes(house, report("incoming", 0), 3);
        assertThat(known().offset()).isEqualTo(3);
        other.reports.begin(DESK::equals, Map.of(DESK, known().text()));
        assertThat(other.phone("desk").session().availability().isOnline()).isTrue();
        assertThat(other.reports.lastReport(DESK)).contains(time(0));
        sent.events.clear();
        takes(other, report("incoming", 0), 3);
        assertThat(sent.events).as("what is known already").isEmpty();
        takes(other, report("ended", 5), 4);
        assertThat(sent.events.get(0)).contains("\"seq\":2").contains("\"outcome\":\"missed\"");
        assertThat(other.bus.payloads("desk/state/missed")).containsExactly("1");
    }

    @Test
    void restart_of_a_gateway_that_is_alone_begins_to_count_anew() {
        House before = new House("org.bellwire.phone~desk");
        before.file("desk", "vendor", "zenith");
        before.get("zenith", "?phone=desk&event=incoming&callId=1");
        before.settle();
        before.close();
        try (House again = new House(before.store, "org.bellwire.phone~desk")) {
            again.file("desk", "vendor", "zenith");
            assertThat(again.phone("desk").session().availability().isOnline()).isFalse();
            again.get("zenith", "?phone=desk&event=ended&callId=1");
            assertThat(again.bus.payloads("desk/event/call_ended").get(0)).contains("\"seq\":1,");
        }
    }

    @Test
    void delayed_report_that_another_has_overtaken_is_history_and_changes_nothing() {
        takes(house, report("incoming", 5), 3);
        house.bus.forget();
        house.reports.take(report("ended", 4), new Position(4, true), sent);
        assertThat(sent.late).singleElement().asString().contains("call_ended");
        assertThat(house.bus.topics()).isEmpty();
        assertThat(known().offset()).isEqualTo(4);
    }

    @Test
    void delayed_report_that_came_already_is_not_taken_in_twice() {
        takes(house, report("incoming", 5), 3);
        other.reports.begin(DESK::equals, Map.of(DESK, known().text()));
        other.reports.take(report("incoming", 5), new Position(9, true), sent);
        assertThat(sent.events).hasSize(1);
        assertThat(sent.late).hasSize(1);
    }

    @Test
    void report_that_is_in_the_log_twice_is_taken_in_once() {
        takes(house, report("incoming", 5), 3);
        takes(house, report("ended", 6), 4);
        sent.events.clear();
        house.reports.take(report("incoming", 5), new Position(9, true), sent);
        assertThat(sent.events).isEmpty();
        assertThat(sent.late).isEmpty();
        assertThat(known().offset()).isEqualTo(9);
    }

    @Test
    void delayed_report_that_is_news_is_taken_in() {
        takes(house, report("incoming", 5), 3);
        house.reports.take(report("ended", 6), new Position(4, true), sent);
        assertThat(sent.late).isEmpty();
        assertThat(sent.events).hasSize(3);
    }

    /** Such as those that the broker, being away, never got from the gateway: they may have come by a disk, too. */
    @Test
    void gateway_that_begins_again_takes_in_as_news_what_nothing_that_is_kept_holds() {
        house.reports.take(report("incoming", 5), new Position(3, true), sent);
        house.reports.take(report("ended", 6), new Position(4, true), sent);
        List<String> first = List.copyOf(sent.events);
        sent.events.clear();
        house.reports.begin(DESK::equals, Map.of());
        house.reports.take(report("incoming", 5), new Position(3, true), sent);
        house.reports.take(report("ended", 6), new Position(4, true), sent);
        assertThat(sent.late).isEmpty();
        assertThat(sent.events).isEqualTo(first).hasSize(3);
        assertThat(house.phone("desk").session().state(Property.MISSED)).contains("1");
    }

    @Test
    void gateway_that_begins_again_knows_no_more_than_what_is_kept() {
        takes(house, report("incoming", 0), 3);
        String kept = known().text();
        takes(house, report("ended", 5), 4);
        house.reports.begin(DESK::equals, Map.of(DESK, kept));
        assertThat(known().text()).isEqualTo(kept);
        takes(house, report("ended", 5), 4);
        assertThat(house.phone("desk").session().state(Property.MISSED)).contains("1");
    }

    @Test
    void gateway_that_begins_keeps_what_it_knows_of_a_phone_that_no_gateway_has_heard() {
        house.get("zenith", "?phone=desk&event=incoming&callId=1");
        house.settle();
        house.reports.begin(DESK::equals, Map.of());
        assertThat(house.phone("desk").session().callState()).contains(CallState.RINGING);
    }

    @Test
    void report_of_a_phone_without_a_file_cannot_be_taken_in() {
        Report report = new Report(new PhoneId("gone"), "zenith", "incoming", Variables.NONE, time(0), id(0, 0));
        assertThat(house.reports.knows(report)).isFalse();
        assertThat(house.reports.take(report, new Position(0, false), sent).toCompletableFuture())
                .isCompletedExceptionally();
    }
}
