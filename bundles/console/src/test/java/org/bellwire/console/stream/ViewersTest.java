package org.bellwire.console.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ViewersTest {

    private final AtomicLong nanos = new AtomicLong();
    private final EventFeed feed = new EventFeed("start");
    private final Viewers viewers = new Viewers(feed, Runnable::run, nanos::get);

    private static final class FakeOutlet implements Outlet {
        private final StringBuilder got = new StringBuilder();
        private boolean ready = true;
        private boolean ended;

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public void write(byte[] bytes) {
            got.append(new String(bytes, StandardCharsets.UTF_8));
        }

        @Override
        public void flush() {
            // nothing is held back
        }

        @Override
        public void end() {
            ended = true;
        }
    }

    private FakeOutlet join(Optional<String> lastId) {
        FakeOutlet outlet = new FakeOutlet();
        viewers.join(outlet, "", lastId, 0).ifPresent(viewers::goOn);
        return outlet;
    }

    @Test
    void viewer_sees_what_happens_from_now_on() {
        viewers.tell("event", "{\"n\":1}");
        FakeOutlet outlet = join(Optional.empty());
        viewers.tell("event", "{\"n\":2}");
        assertThat(outlet.got).contains("event: event\ndata: {\"n\":2}\n\n").doesNotContain("{\"n\":1}");
    }

    @Test
    void viewer_who_comes_back_sees_what_he_missed() {
        viewers.tell("event", "{\"n\":1}");
        viewers.tell("event", "{\"n\":2}");
        viewers.tell("event", "{\"n\":3}");
        assertThat(join(Optional.of("start-1")).got)
                .contains("{\"n\":2}", "{\"n\":3}")
                .doesNotContain("{\"n\":1}", "reset");
    }

    @Test
    void new_viewer_sees_the_last_of_what_happened_if_he_asks_for_it() {
        viewers.tell("event", "{\"n\":1}");
        viewers.tell("event", "{\"n\":2}");
        FakeOutlet outlet = new FakeOutlet();
        viewers.join(outlet, "", Optional.empty(), 1).ifPresent(viewers::goOn);
        assertThat(outlet.got).contains("{\"n\":2}").doesNotContain("{\"n\":1}");
    }

    @Test
    void viewer_of_another_start_is_told_to_begin_anew() {
        viewers.tell("event", "{\"n\":1}");
        assertThat(join(Optional.of("other-1")).got).contains("event: reset");
        assertThat(join(Optional.of("start-99")).got).contains("event: reset");
    }

    @Test
    void viewer_who_missed_more_than_is_kept_is_told_to_begin_anew() {
        for (int i = 0; i < EventFeed.MOST + 10; i++) {
            viewers.tell("event", "{}");
        }
        assertThat(join(Optional.of("start-5")).got).contains("event: reset");
        assertThat(join(Optional.of("start-10")).got).doesNotContain("event: reset");
    }

    @Test
    void what_is_kept_is_bounded_in_bytes() {
        String large = "\"" + "x".repeat(100_000) + "\"";
        for (int i = 0; i < 100; i++) {
            viewers.tell("event", large);
        }
        assertThat(feed.after(0, 1000)).hasSizeBetween(15, 21);
    }

    @Test
    void viewer_who_does_not_read_is_dropped_and_holds_up_nobody() {
        FakeOutlet slow = join(Optional.empty());
        FakeOutlet quick = join(Optional.empty());
        slow.ready = false;
        for (int i = 0; i < EventFeed.MOST + 10; i++) {
            viewers.tell("event", "{\"n\":" + i + "}");
        }
        assertThat(quick.got).contains("{\"n\":" + (EventFeed.MOST + 9) + "}");
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(31));
        viewers.tidy(any -> true);
        assertThat(slow.ended).isTrue();
        assertThat(quick.ended).isFalse();
    }

    @Test
    void viewer_who_reads_again_too_late_is_dropped() {
        FakeOutlet slow = join(Optional.empty());
        slow.ready = false;
        for (int i = 0; i < EventFeed.MOST + 10; i++) {
            viewers.tell("event", "{}");
        }
        slow.ready = true;
        viewers.tell("event", "{}");
        assertThat(slow.ended).isTrue();
        assertThat(viewers.count()).isZero();
    }

    @Test
    void viewer_who_is_logged_out_is_dropped() {
        FakeOutlet outlet = join(Optional.empty());
        viewers.tidy(any -> false);
        assertThat(outlet.ended).isTrue();
    }

    @Test
    void hostile_text_cannot_end_a_frame() {
        FakeOutlet outlet = join(Optional.empty());
        viewers.tell("event", "{\"a\":1}\n\nevent: forged\ndata: {}");
        assertThat(outlet.got.toString()).doesNotContain("\nevent: forged");
    }

    @Test
    void there_are_so_many_streams_at_most() {
        for (int i = 0; i < Viewers.MOST; i++) {
            join(Optional.empty());
        }
        assertThat(viewers.isFull()).isTrue();
        assertThat(viewers.join(new FakeOutlet(), "", Optional.empty(), 0)).isEmpty();
        assertThat(viewers.count()).isEqualTo(Viewers.MOST);
    }
}
