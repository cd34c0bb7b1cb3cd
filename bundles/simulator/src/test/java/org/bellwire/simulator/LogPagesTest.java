package org.bellwire.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.bellwire.api.spi.EventLog;
import org.bellwire.api.spi.PhoneRequest;
import org.bellwire.simulator.WebRequest.Answer;
import org.junit.jupiter.api.Test;

/** The log of an invented vendor: {@code /open}, {@code /ask?ch=1&s=20}, {@code /close?ch=1}. */
class LogPagesTest {

    static final EventLog LOG = new EventLog(
                    new PhoneRequest("/open"),
                    20,
                    body -> Optional.of(new PhoneRequest("/ask").with("ch", body.replace("ch ", ""))),
                    body -> Optional.empty())
            .written(new EventLog.Form(
                    "/close",
                    "ch",
                    "s",
                    channel -> "ch " + channel,
                    entries -> "told "
                            + entries.stream().map(EventLog.Entry::event).collect(Collectors.joining(" ")),
                    "closed",
                    "gone"));

    private final AtomicLong nanos = new AtomicLong(TimeUnit.HOURS.toNanos(-1));
    private final LogPages pages = LogPages.of(Optional.of(LOG), nanos::get).orElseThrow();

    private String get(String target) {
        return pages.answer(target).map(Answer::body).orElse("no page");
    }

    private void happens(String event) {
        pages.add(new EventLog.Entry(event, Map.of()));
    }

    @Test
    void channel_tells_what_happens_after_it_was_opened_once_and_in_order() {
        happens("before");
        assertThat(get("/open")).isEqualTo("ch 1");
        happens("a");
        happens("b");
        assertThat(get("/ask?ch=1&s=20")).isEqualTo("told a b");
        assertThat(get("/ask?ch=1")).isEqualTo("told ");
    }

    @Test
    void each_reader_has_a_channel_of_its_own() {
        get("/open");
        get("/open");
        happens("a");
        assertThat(get("/ask?ch=2&s=0")).isEqualTo("told a");
        assertThat(get("/ask?ch=1&s=0")).isEqualTo("told a");
    }

    @Test
    void closed_or_unknown_channel_is_gone() {
        get("/open");
        assertThat(get("/close?ch=1")).isEqualTo("closed");
        assertThat(get("/close?ch=1")).isEqualTo("gone");
        for (String target : List.of("/ask?ch=1&s=20", "/ask", "/ask?ch=", "/ask?ch", "/ask?ch=../1&s=x")) {
            assertThat(get(target)).as(target).isEqualTo("gone");
        }
        assertThat(pages.isRead()).isFalse();
    }

    @Test
    void other_target_is_no_page_of_the_log() {
        assertThat(get("/")).isEqualTo("no page");
        assertThat(get("/opened")).isEqualTo("no page");
    }

    @Test
    void fifth_reader_ends_the_first() {
        for (int i = 0; i < LogPages.MAX_CHANNELS + 1; i++) {
            get("/open");
        }
        assertThat(get("/ask?ch=1")).isEqualTo("gone");
        assertThat(get("/ask?ch=2")).isEqualTo("told ");
    }

    @Test
    void channel_keeps_the_last_events_and_tells_some_of_them_at_a_time() {
        get("/open");
        for (int i = 0; i < LogPages.MAX_KEPT + 2; i++) {
            happens(String.valueOf(i));
        }
        assertThat(get("/ask?ch=1")).startsWith("told 2 3 ").endsWith(" " + (LogPages.MAX_TOLD + 1));
        int fetched = LogPages.MAX_TOLD;
        while (fetched < LogPages.MAX_KEPT) {
            fetched += get("/ask?ch=1").split(" ").length - 1;
        }
        assertThat(get("/ask?ch=1")).isEqualTo("told ");
    }

    @Test
    void channel_that_nobody_asks_is_dropped() {
        get("/open");
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(89));
        get("/ask?ch=1");
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(89));
        assertThat(pages.isRead()).isTrue();
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
        assertThat(pages.isRead()).isFalse();
        assertThat(get("/ask?ch=1")).isEqualTo("gone");
    }

    @Test
    void request_waits_for_what_happens_and_ends_when_another_asks_or_closes() throws Exception {
        var threads = Executors.newCachedThreadPool();
        try {
            get("/open");
            var first = CompletableFuture.supplyAsync(() -> get("/ask?ch=1&s=60"), threads);
            await().until(() -> pages.waiting() == 1);
            var second = CompletableFuture.supplyAsync(() -> get("/ask?ch=1&s=60"), threads);
            assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo("told ");
            await().until(() -> pages.waiting() == 1);
            happens("a");
            assertThat(second.get(20, TimeUnit.SECONDS)).isEqualTo("told a");
            var third = CompletableFuture.supplyAsync(() -> get("/ask?ch=1&s=60"), threads);
            await().until(() -> pages.waiting() == 1);
            get("/close?ch=1");
            assertThat(third.get(20, TimeUnit.SECONDS)).isEqualTo("gone");
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void vendor_without_a_log_or_without_its_form_has_no_pages() {
        assertThat(LogPages.of(Optional.empty(), nanos::get)).isEmpty();
        EventLog read = new EventLog(LOG.opening(), 20, LOG.channel(), LOG.reader());
        assertThat(LogPages.of(Optional.of(read), nanos::get)).isEmpty();
    }
}
