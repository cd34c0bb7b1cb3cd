package org.bellwire.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.bellwire.api.CallInfo;
import org.bellwire.api.Direction;
import org.bellwire.api.EventMessage;
import org.bellwire.api.EventType;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Result;
import org.bellwire.api.port.BuildingTopics.Arrival;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.CommandOrder;
import org.bellwire.api.port.PhoneEvent;
import org.bellwire.api.port.PhoneListener;
import org.bellwire.api.port.RemotePhones;
import org.bellwire.api.port.RemoteTriggers;
import org.bellwire.api.port.Reply;
import org.bellwire.api.port.TriggerOrder;
import org.bellwire.api.port.Triggers.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Triggers of a gateway that is one of several. */
class ClusterTriggerTest {

    private static final TriggerOrder BELL =
            new TriggerOrder("door", false, "{\"kind\":\"mqtt\",\"topic\":\"door/bell\"}");
    private static final TriggerOrder END =
            new TriggerOrder("door", true, "{\"kind\":\"mqtt\",\"topic\":\"door/end\"}");

    private boolean alone;
    private final TriggerSite site = new TriggerSite(() -> alone);
    private final List<TriggerOrder> log = new ArrayList<>();
    private final Others others = new Others();

    ClusterTriggerTest() {
        site.file(
                "door",
                "topic",
                "door/bell",
                "payload",
                "ring",
                "cancel.topic",
                "door/end",
                "phones",
                "hall",
                "dial",
                "10");
    }

    @AfterEach
    void close() {
        site.close();
    }

    /** The other gateways. */
    private static final class Others implements RemoteTriggers, RemotePhones {

        private final List<TriggerOrder> sent = new ArrayList<>();
        private final Map<Set<PhoneId>, PhoneListener> watched = new HashMap<>();
        private boolean reachable = true;
        private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

        @Override
        public boolean send(TriggerOrder order) {
            sent.add(order);
            return reachable;
        }

        @Override
        public CompletionStage<Outcome> ask(TriggerOrder order) {
            sent.add(order);
            return outcome;
        }

        @Override
        public CompletionStage<Result> send(CommandOrder order) {
            throw new AssertionError("core sends commands");
        }

        @Override
        public Bus.Subscription watch(PhoneListener listener) {
            throw new AssertionError("of all phones a trigger wants to hear only its own");
        }

        @Override
        public Bus.Subscription watch(Set<PhoneId> phones, PhoneListener listener) {
            watched.put(phones, listener);
            return () -> watched.remove(phones);
        }

        @Override
        public CompletionStage<Void> heard() {
            return CompletableFuture.completedStage(null);
        }

        @Override
        public Optional<State> find(PhoneId phone) {
            return Optional.empty();
        }
    }

    private CompletableFuture<Outcome> carriesOut(TriggerOrder order, Duration age) {
        CompletableFuture<Outcome> outcome = site.triggers.carryOut(order, age).toCompletableFuture();
        site.thread.run();
        return outcome;
    }

    private void joins() {
        site.triggers.join(others, others);
    }

    @Test
    void gateway_that_does_not_hear_for_all_listens_to_nothing() {
        assertThat(site.filters()).isEmpty();
        site.says("door/bell", "ring");
        assertThat(site.orders()).isEmpty();
    }

    @Test
    void gateway_that_hears_for_all_writes_into_the_log_and_does_nothing_else() {
        Bus.Subscription hearing = site.triggers.listen(log::add);
        assertThat(site.filters()).containsExactly("door/bell", "door/end");
        site.says("door/bell", "ring").says("door/bell", "else").says("door/end", "x");
        assertThat(log).containsExactly(BELL, END);
        assertThat(site.orders()).isEmpty();
        hearing.close();
        assertThat(site.filters()).isEmpty();
    }

    @Test
    void what_the_broker_kept_or_repeats_does_not_come_into_the_log() {
        site.triggers.listen(log::add);
        site.arrives(new Arrival("door/bell", "ring", true, false))
                .arrives(new Arrival("door/bell", "ring ", false, true));
        assertThat(log).isEmpty();
        assertThat(site.outcomes("door")).containsExactly("ignored", "ignored");
    }

    @Test
    void file_that_comes_while_it_hears_is_listened_to_and_one_that_goes_is_not() {
        site.triggers.listen(log::add);
        site.file("gate", "topic", "gate/bell", "phones", "hall", "dial", "10");
        assertThat(site.filters()).contains("gate/bell");
        site.delete("gate");
        assertThat(site.filters()).doesNotContain("gate/bell");
    }

    @Test
    void later_hearer_is_not_disturbed_by_the_end_of_the_one_before() {
        Bus.Subscription first = site.triggers.listen(order -> {
            throw new AssertionError("nobody hears by it any more");
        });
        site.triggers.listen(log::add);
        first.close();
        site.says("door/bell", "ring");
        assertThat(log).containsExactly(BELL);
    }

    @Test
    void order_from_the_log_is_carried_out_and_tells_what_fired_it() {
        CompletableFuture<Outcome> outcome = carriesOut(BELL, Duration.ofSeconds(9));
        assertThat(site.orders()).containsExactly("hall dial 10");
        site.reports("hall", EventType.CALL_CONNECTED, "1", "10");
        assertThat(outcome).isCompletedWithValueMatching(end -> end.outcome().equals("answered"));
        assertThat(site.last("door").get("fired_by")).isEqualTo(JsonParser.parseString(BELL.firedBy()));
        assertThat(site.last("door").get("took_ms").getAsLong()).isEqualTo(9_000);
    }

    @Test
    void order_that_is_more_than_ten_seconds_old_is_ignored() {
        assertThat(carriesOut(BELL, Duration.ofSeconds(11)))
                .isCompletedWithValueMatching(end -> end.outcome().equals("ignored"));
        assertThat(site.orders()).isEmpty();
        assertThat(site.last("door").get("detail").getAsString()).startsWith("late");
    }

    @Test
    void order_for_a_trigger_that_has_no_file_here_is_ignored() {
        assertThat(carriesOut(new TriggerOrder("gate", false, "{}"), Duration.ZERO))
                .isCompletedWithValueMatching(end -> end.detail().orElse("").contains("no trigger 'gate'"));
    }

    @Test
    void cancelling_from_the_log_hangs_up() {
        carriesOut(BELL, Duration.ZERO);
        carriesOut(END, Duration.ZERO);
        assertThat(site.orders()).containsExactly("hall dial 10", "hall hangup PRESS");
        assertThat(site.outcomes("door")).containsExactly("cancelled");
    }

    @Test
    void phone_of_another_gateway_is_followed_while_the_trigger_runs() {
        joins();
        carriesOut(BELL, Duration.ZERO);
        assertThat(others.watched).containsOnlyKeys(Set.of(new PhoneId("hall")));
        PhoneListener listener = others.watched.values().iterator().next();
        CallInfo call = new CallInfo(
                Optional.of("1"),
                Optional.empty(),
                Optional.of(Direction.OUTBOUND),
                Optional.of("10"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        for (EventType type : List.of(EventType.CALL_CONNECTED, EventType.CALL_ENDED)) {
            listener.event(new PhoneEvent(
                    new EventMessage(new PhoneId("hall"), type, "{\"late\":false}", Instant.EPOCH), call));
            site.thread.run();
        }
        assertThat(site.outcomes("door")).containsExactly("answered");
        assertThat(others.watched).as("nothing of it stands any more").isEmpty();
    }

    @Test
    void nobody_is_followed_after_the_end_of_the_triggers() {
        joins();
        carriesOut(BELL, Duration.ZERO);
        assertThat(others.watched).hasSize(1);
        site.triggers.stop();
        assertThat(others.watched).isEmpty();
    }

    @Test
    void request_goes_the_way_to_all() {
        assertThat(site.get("door", false, Map.of())).as("without the cluster").isEqualTo(Reply.UNAVAILABLE);
        joins();
        assertThat(site.get("door", true, Map.of("button", "2"))).isEqualTo(Reply.ACCEPTED);
        assertThat(site.get("gate", false, Map.of())).isEqualTo(Reply.NOT_FOUND);
        others.reachable = false;
        assertThat(site.get("door", false, Map.of())).isEqualTo(Reply.UNAVAILABLE);
        assertThat(others.sent).first().satisfies(order -> {
            assertThat(order.cancel()).isTrue();
            assertThat(order.firedBy()).contains("\"kind\":\"http\"", "\"button\":\"2\"");
        });
        assertThat(site.orders()).isEmpty();
    }

    @Test
    void shell_goes_the_same_way_and_waits_for_the_end() {
        assertThat(site.triggers.fire("door").toCompletableFuture())
                .as("without the cluster")
                .isCompletedWithValueMatching(end -> end.detail().orElse("").contains("the cluster is not there"));
        joins();
        CompletableFuture<Outcome> outcome = site.triggers.fire("door").toCompletableFuture();
        assertThat(others.sent).containsExactly(new TriggerOrder("door", false, "{\"kind\":\"shell\"}"));
        assertThat(outcome).isNotDone();
        others.outcome.completeExceptionally(new Bus.Undelivered("nobody knows"));
        assertThat(outcome).isCompletedWithValue(new Outcome("failed", Optional.of("nobody knows"), List.of()));
    }

    @Test
    void gateway_that_becomes_one_of_several_acts_no_more_by_itself() {
        alone = true;
        site.file("gate", "topic", "gate/bell", "phones", "hall", "dial", "10");
        site.says("gate/bell", "x");
        assertThat(site.orders()).hasSize(1);
        alone = false;
        site.says("gate/bell", "y");
        assertThat(site.orders()).hasSize(1);
        site.triggers.listen(log::add);
        site.says("gate/bell", "z");
        assertThat(log).hasSize(1);
        assertThat(site.orders()).hasSize(1);
    }
}
