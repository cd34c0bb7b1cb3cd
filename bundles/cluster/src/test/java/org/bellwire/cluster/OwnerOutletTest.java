package org.bellwire.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletionStage;
import org.bellwire.api.EventMessage;
import org.bellwire.api.EventType;
import org.bellwire.api.PhoneId;
import org.bellwire.testkit.FakeBus;
import org.junit.jupiter.api.Test;

class OwnerOutletTest {

    private static final Instant NOW = Instant.parse("2026-11-21T08:15:30Z");

    private final FakeBus bus = new FakeBus();
    private long nanos;
    private final OwnerOutlet outlet =
            new OwnerOutlet(bus, Duration.ofSeconds(30), Clock.fixed(NOW, ZoneOffset.UTC), () -> nanos);

    private static EventMessage event(int number, Instant time) {
        return new EventMessage(
                new PhoneId("lobby"), EventType.HOOK_OFF, "{\"n\":" + number + ",\"late\":false}", time);
    }

    private CompletionStage<Void> deliver(int number) {
        return outlet.deliver(event(number, NOW));
    }

    private void retry() {
        nanos += Duration.ofSeconds(1).toNanos();
        outlet.retry();
    }

    @Test
    void event_is_done_when_the_broker_has_it() {
        assertThat(deliver(1).toCompletableFuture()).isCompleted();
        assertThat(outlet.size()).isZero();
    }

    @Test
    void what_the_broker_does_not_take_is_published_again_in_order() {
        bus.disconnect();
        CompletionStage<Void> first = deliver(1);
        deliver(2);
        retry();
        assertThat(outlet.size()).isEqualTo(2);
        assertThat(first.toCompletableFuture()).isNotDone();
        bus.connect();
        deliver(3);
        assertThat(bus.topics()).as("before those that came before it").isEmpty();
        retry();
        assertThat(bus.payloads("lobby/event/hook_off"))
                .containsExactly("{\"n\":1,\"late\":false}", "{\"n\":2,\"late\":false}", "{\"n\":3,\"late\":false}");
        assertThat(outlet.size()).isZero();
    }

    /** Else those behind it would overtake it. */
    @Test
    void event_that_waits_long_for_a_busy_broker_is_not_published_again() {
        bus.beSlow();
        CompletionStage<Void> first = deliver(1);
        deliver(2);
        bus.passPatience();
        retry();
        assertThat(bus.payloads("lobby/event/hook_off")).hasSize(2);
        bus.acknowledge();
        assertThat(first.toCompletableFuture()).isCompleted();
        assertThat(outlet.size()).isZero();
    }

    @Test
    void what_the_lost_connection_had_is_published_again_in_order() {
        bus.beSlow();
        deliver(1);
        deliver(2);
        bus.disconnect();
        bus.connect();
        deliver(3);
        bus.forget();
        retry();
        assertThat(bus.payloads("lobby/event/hook_off"))
                .containsExactly("{\"n\":1,\"late\":false}", "{\"n\":2,\"late\":false}", "{\"n\":3,\"late\":false}");
    }

    @Test
    void old_event_is_history() {
        outlet.deliver(event(1, NOW.minusSeconds(31)));
        outlet.deliverLate(event(2, NOW));
        assertThat(bus.topics()).containsExactly("lobby/late/hook_off", "lobby/late/hook_off");
    }

    @Test
    void event_that_the_broker_never_takes_does_not_hold_up_the_others_for_ever() {
        bus.refuse(message -> message.payload().contains("\"n\":1,"));
        CompletionStage<Void> hopeless = deliver(1);
        deliver(2);
        for (int i = 0; i < 30; i++) {
            retry();
        }
        assertThat(hopeless.toCompletableFuture()).isCompleted();
        assertThat(bus.payloads("lobby/event/hook_off")).contains("{\"n\":2,\"late\":false}");
        assertThat(outlet.size()).isZero();
    }
}
