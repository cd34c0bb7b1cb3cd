package org.bellwire.mqtt.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.bellwire.api.Message;
import org.bellwire.api.Topic;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.LimitLog;
import org.bellwire.testkit.CapturedLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Connections that a broker closes over what was published, one after the other. */
class RefusedMessageSearchTest {

    private static final String LARGE = "x".repeat(3000);

    private final CapturedLog log = new CapturedLog();
    private final LimitLog limits = new LimitLog(
            LoggerFactory.getLogger(RefusedMessageSearchTest.class)::warn, () -> Counters.NONE, 600, System::nanoTime);
    private long now;
    private final RefusedMessageSearch fatal = new RefusedMessageSearch(() -> now, limits);
    private FakeChannel wire = new FakeChannel();
    private PublishWindow window = window();

    @AfterEach
    void closeLog() {
        log.close();
    }

    private PublishWindow window() {
        return new PublishWindow(wire, () -> now, new WindowRules(fatal, limits, TimeUnit.SECONDS.toNanos(10)));
    }

    private void connect() {
        wire = new FakeChannel();
        window = window();
        window.offer(BridgeStatus.ONLINE);
        wire.acknowledge(1);
    }

    private PendingPublish offer(String path, String payload) {
        return window.offerPatiently(Message.of(new Topic(path), payload));
    }

    private void hangUp() {
        window.close("the connection was lost", true);
    }

    @Test
    void large_message_that_was_under_way_at_two_losses_is_left_out_and_named() {
        for (int i = 0; i < 2; i++) {
            connect();
            assertThat(offer("bridge/inbox", LARGE)).isNotDone();
            hangUp();
        }
        connect();
        assertThat(offer("bridge/inbox", LARGE).isHopeless()).isTrue();
        assertThat(offer("bridge/inbox", "small")).isNotDone();
        assertThat(offer("p/info", LARGE + LARGE).isHopeless())
                .as("as large, so as fatal")
                .isTrue();
        assertThat(log.lines("WARN"))
                .singleElement()
                .asString()
                .contains("bridge/inbox with 3012 bytes", "max_packet_size");
    }

    @Test
    void fatal_message_among_others_is_found_by_sending_them_one_by_one() {
        connect();
        for (int i = 0; i < 20; i++) {
            offer("p" + i + "/state/call", "idle");
        }
        offer("bridge/inbox", LARGE);
        hangUp();
        connect();
        IntStream.range(0, 20).forEach(i -> offer("p" + i + "/state/call", "idle"));
        offer("bridge/inbox", LARGE);
        for (int i = 0; i < 20; i++) {
            assertThat(wire.sent()).hasSize(2 + i);
            wire.acknowledge(1);
        }
        hangUp();
        connect();
        assertThat(offer("bridge/inbox", LARGE).isHopeless()).isTrue();
        assertThat(offer("p1/state/call", "idle").isHopeless()).isFalse();
    }

    @Test
    void fatal_message_that_comes_behind_others_that_are_new_is_found_too() {
        connect();
        offer("bridge/inbox", LARGE);
        hangUp();
        connect();
        for (int i = 0; i < 50; i++) {
            offer("p" + i + "/info", "after each connect");
        }
        offer("bridge/inbox", LARGE);
        offer("bridge/health", "and something behind it");
        for (int i = 0; i < 50; i++) {
            wire.acknowledge(1);
        }
        hangUp();
        connect();
        assertThat(offer("bridge/inbox", LARGE).isHopeless()).isTrue();
    }

    @Test
    void message_of_ordinary_size_is_left_out_only_after_a_third_loss_alone() {
        connect();
        offer("p/event/other", LARGE);
        wire.acknowledge(1);
        for (int i = 0; i < 3; i++) {
            assertThat(offer("p/event/e", "small")).isNotDone();
            hangUp();
            connect();
        }
        assertThat(offer("p/event/e", "small").isHopeless()).isTrue();
        assertThat(offer("p/event/other", LARGE).isHopeless()).isFalse();
    }

    @Test
    void losses_that_have_nothing_to_do_with_messages_leave_none_out() {
        Random random = new Random(3);
        for (int round = 0; round < 20; round++) {
            connect();
            List<PendingPublish> sent = IntStream.range(0, 30)
                    .mapToObj(i -> offer("p" + i + "/state/call", "idle"))
                    .toList();
            assertThat(sent).noneMatch(PendingPublish::isHopeless);
            for (int i = random.nextInt(29); i > 0; i--) {
                wire.acknowledge(1);
            }
            hangUp();
            now += TimeUnit.SECONDS.toNanos(5);
        }
        assertThat(log.lines("WARN")).isEmpty();
    }

    @Test
    void our_first_word_is_never_left_out() {
        for (int i = 0; i < 10; i++) {
            window.offer(BridgeStatus.ONLINE);
            assertThat(wire.sent()).containsExactly("online");
            hangUp();
            wire = new FakeChannel();
            window = window();
        }
    }

    @Test
    void what_was_left_out_is_tried_again_after_some_hours_and_with_other_settings() {
        loseTwice();
        now += TimeUnit.HOURS.toNanos(7);
        assertThat(offer("bridge/inbox", LARGE).isHopeless()).isFalse();
        loseTwice();
        fatal.forget();
        assertThat(offer("bridge/inbox", LARGE).isHopeless()).isFalse();
    }

    private void loseTwice() {
        for (int i = 0; i < 2; i++) {
            connect();
            offer("bridge/inbox", LARGE);
            hangUp();
        }
        connect();
        assertThat(offer("bridge/inbox", LARGE).isHopeless()).isTrue();
    }
}
