package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.bellwire.api.PhoneId;
import org.bellwire.api.config.Rate;
import org.bellwire.api.config.Secret;
import org.bellwire.api.port.Gateway;
import org.bellwire.api.port.Ingest;
import org.bellwire.api.port.Limit;
import org.bellwire.api.port.PhoneClient.Answer;
import org.bellwire.api.port.PhoneClient.Kind;
import org.bellwire.api.port.Refusal;
import org.bellwire.api.port.Reply;
import org.bellwire.api.port.Report;
import org.bellwire.core.event.EventPolling;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Phones whose events are read from their logs. */
class EventPollingTest {

    private static final String OPEN = "door /open";
    private static final String PULL = "door /pull?ID=7";
    private static final Answer CHANNEL = Answer.of(Kind.OK, 200).saying("ID=7");
    private static final Answer GONE = Answer.of(Kind.FAILED, 200, "no such channel");
    private static final Answer DEAD = Answer.of(Kind.UNREACHABLE, "no connection");

    private final House house = new House();
    private Rate rate = Rate.OF_A_PHONE;
    private final EventPolling polling = new EventPolling(
            house.registry,
            house.line,
            house.events,
            house.retained,
            house.ownership,
            house.time.timing(),
            Optional.of(new Ingress()),
            Optional.of(house.counters));

    /** A cluster in which this gateway owns all phones as long as that is so. */
    private record OwnedWhile(BooleanSupplier owned) implements Ingest {
        @Override
        public CompletionStage<Void> take(Report report) {
            throw new IllegalStateException("nothing is reported");
        }

        @Override
        public boolean owns(PhoneId phone) {
            return owned.getAsBoolean();
        }

        @Override
        public boolean ownsFirst() {
            return false;
        }
    }

    private final class Ingress implements Gateway {
        @Override
        public String host() {
            return "gateway";
        }

        @Override
        public int port() {
            return 8087;
        }

        @Override
        public Secret token() {
            return new Secret(House.SITE_TOKEN);
        }

        @Override
        public Rate phoneRate() {
            return rate;
        }
    }

    @BeforeEach
    void begin() {
        house.registry.addBinding(new Logged());
        house.line.setReachable(false);
        polling.open();
    }

    @AfterEach
    void leave() {
        polling.stop();
        house.close();
    }

    private void file(String id, String... more) {
        String[] usual = {"vendor", "logged", "host", "192.0.2.50", "probe.s", "0"};
        String[] all = new String[usual.length + more.length];
        System.arraycopy(usual, 0, all, 0, usual.length);
        System.arraycopy(more, 0, all, usual.length, more.length);
        house.file(id, all);
    }

    /** The channel is open, and the phone waits for something to happen. */
    private CompletableFuture<Answer> opened() {
        house.line.answers(CHANNEL);
        CompletableFuture<Answer> next = house.line.answersLater();
        file("door", "long.poll", "true");
        pass(1);
        return next;
    }

    private void pass(int seconds) {
        house.time.pass(Duration.ofSeconds(seconds));
    }

    private static Answer log(String... lines) {
        return Answer.of(Kind.OK, 200).saying("LOG\n" + String.join("\n", lines));
    }

    private List<String> events() {
        return house.bus.topics().stream()
                .filter(topic -> topic.contains("/event/"))
                .toList();
    }

    @Test
    void phone_is_not_asked_for_its_log_unless_its_file_says_so() {
        file("door");
        pass(60);
        assertThat(house.line.sent()).isEmpty();
    }

    @Test
    void events_of_the_log_are_published_as_reported_ones_in_their_order() {
        CompletableFuture<Answer> next = opened();
        assertThat(house.line.sent()).containsExactly(OPEN, PULL);
        CompletableFuture<Answer> after = house.line.answersLater();
        next.complete(log("Bell", "Ring call=4 remote=sip:42@10.0.0.9", "Talk call=4", "News what=1"));
        assertThat(events())
                .containsExactly(
                        "door/event/door_bell",
                        "door/event/call_incoming",
                        "door/event/call_connected",
                        "door/event/vendor_event");
        assertThat(house.bus.retained("door/state/call")).contains("connected");
        assertThat(house.bus.retained("door/state/peer_number")).contains("42");
        assertThat(house.bus.retained("door/availability")).contains("online");
        assertThat(house.bus.payloads("door/event/vendor_event").get(0)).contains("\"News\"", "\"what\":\"1\"");
        assertThat(house.line.sent()).as("one request at a time").containsExactly(OPEN, PULL, PULL);
        assertThat(after).isNotDone();
    }

    @Test
    void log_is_read_by_the_gateway_that_owns_the_phone_alone() {
        AtomicBoolean owned = new AtomicBoolean();
        house.ownership.setCluster(new OwnedWhile(owned::get));
        file("door", "long.poll", "true");
        pass(60);
        assertThat(house.line.sent()).isEmpty();
        owned.set(true);
        house.line.answers(CHANNEL);
        CompletableFuture<Answer> next = house.line.answersLater();
        pass(3);
        assertThat(house.line.sent()).containsExactly(OPEN, PULL);
        owned.set(false);
        next.complete(log("Bell"));
        pass(60);
        assertThat(house.line.sent()).as("not asked again").hasSize(2);
        assertThat(events()).as("its owner has a channel of its own").isEmpty();
        owned.set(true);
        house.line.answers(CHANNEL);
        pass(3);
        assertThat(house.line.sent()).as("a new channel").startsWith(OPEN, PULL, OPEN, PULL);
    }

    @Test
    void secrets_in_the_log_are_published_nowhere() {
        house.tokens.site(() -> Optional.of(new Secret(House.SITE_TOKEN)));
        opened().complete(log("Bell code=4711 key=x " + "who=" + House.SITE_TOKEN));
        assertThat(house.bus.payloads("door/event/door_bell").get(0)).doesNotContain("4711", House.SITE_TOKEN);
    }

    @Test
    void channel_that_is_gone_is_opened_again() {
        CompletableFuture<Answer> next = opened();
        house.line.answers(CHANNEL);
        house.line.answersLater();
        next.complete(GONE);
        pass(1);
        assertThat(house.line.sent()).containsExactly(OPEN, PULL, OPEN, PULL);
    }

    @Test
    void channel_is_kept_over_a_short_break_and_given_up_before_what_it_keeps_is_late() {
        CompletableFuture<Answer> next = opened();
        CompletableFuture<Answer> second = house.line.answersLater();
        next.complete(DEAD);
        pass(1);
        assertThat(house.line.sent()).containsExactly(OPEN, PULL, PULL);
        pass(31);
        house.line.answers(CHANNEL);
        house.line.answersLater();
        second.complete(DEAD);
        pass(2);
        assertThat(house.line.sent()).containsExactly(OPEN, PULL, PULL, OPEN, PULL);
    }

    @Test
    void dead_phone_is_asked_less_and_less_and_told_of_once() {
        for (int i = 0; i < 100; i++) {
            house.line.answers(DEAD);
        }
        file("door", "long.poll", "true");
        pass(10 * 60);
        assertThat(house.line.sent()).hasSizeBetween(10, 20);
        assertThat(house.log.warnings())
                .filteredOn(line -> line.contains("door"))
                .hasSize(1);
    }

    @Test
    void refused_password_is_shown_once_an_hour() {
        house.line.answers(Answer.of(Kind.UNAUTHORIZED, 401, "wrong password"));
        file("door", "long.poll", "true");
        pass(3590);
        assertThat(house.line.sent()).containsExactly(OPEN);
        assertThat(house.log.warnings()).anyMatch(line -> line.contains("door") && line.contains("wrong password"));
        house.line.answers(CHANNEL);
        house.line.answersLater();
        pass(20);
        assertThat(house.line.sent()).containsExactly(OPEN, OPEN, PULL);
    }

    @Test
    void phone_that_does_not_wait_is_asked_once_a_second() {
        CompletableFuture<Answer> next = opened();
        for (int i = 0; i < 50; i++) {
            house.line.answers(log());
        }
        next.complete(log());
        pass(10);
        assertThat(house.line.sent()).hasSizeBetween(10, 13);
    }

    @Test
    void event_that_cannot_be_promised_now_waits_and_nothing_overtakes_it() {
        CompletableFuture<Answer> next = opened();
        house.bus.disconnect();
        next.complete(log("Bell", "Ring call=4"));
        pass(3);
        assertThat(house.line.sent()).as("nothing more is fetched").containsExactly(OPEN, PULL);
        house.bus.connect();
        house.bus.forget();
        house.line.answersLater();
        pass(1);
        assertThat(events()).containsExactly("door/event/door_bell", "door/event/call_incoming");
    }

    private static Answer bells(int count) {
        return log(Collections.nCopies(count, "Bell").toArray(String[]::new));
    }

    @Test
    void log_is_bound_to_the_rate_that_action_URLs_have_and_loses_nothing_that_fits_in_a_while() {
        rate = new Rate(2, 3);
        CompletableFuture<Answer> next = opened();
        house.line.answersLater();
        next.complete(bells(9));
        assertThat(events()).as("what may come at once").hasSize(3);
        pass(1);
        assertThat(events()).hasSize(5);
        pass(2);
        assertThat(events()).hasSize(9);
        assertThat(house.counters.count(Refusal.PHONE_RATE)).isZero();
        assertThat(house.line.sent()).as("nothing is fetched before").containsExactly(OPEN, PULL, PULL);
    }

    @Test
    void changed_rate_is_taken_on_at_once() {
        rate = new Rate(1, 1);
        CompletableFuture<Answer> next = opened();
        house.line.answersLater();
        next.complete(bells(5));
        assertThat(events()).hasSize(1);
        rate = new Rate(100, 100);
        pass(1);
        assertThat(events()).hasSize(5);
    }

    @Test
    void events_that_are_too_many_are_counted_as_429_and_told_of_once_an_hour() {
        rate = new Rate(1, 1);
        CompletableFuture<Answer> next = opened();
        CompletableFuture<Answer> second = house.line.answersLater();
        house.line.answersLater();
        next.complete(bells(60));
        pass(11);
        int taken = events().size();
        assertThat(taken).isBetween(10, 12);
        assertThat(house.counters.count(Refusal.PHONE_RATE)).isEqualTo(60 - taken);
        second.complete(bells(60));
        pass(11);
        assertThat(house.log.warnings())
                .filteredOn(line -> line.contains("door") && line.contains("rate.phone"))
                .hasSize(1);
    }

    @Test
    void action_URLs_and_the_log_of_a_phone_have_one_bound_together() {
        rate = new Rate(0.001, 3);
        CompletableFuture<Answer> next = opened();
        house.line.answersLater();
        next.complete(bells(2));
        house.rate(rate);
        assertThat(house.get("logged", "Bell?phone=door")).isEqualTo(Reply.ACCEPTED);
        assertThat(house.get("logged", "Bell?phone=door")).isEqualTo(Reply.TOO_MANY);
    }

    @Test
    void log_counts_for_the_rate_of_the_site_of_its_phone() {
        house.site("acme", "token", "token-of-the-site-acme", "rate", "2/s, burst 3");
        house.line.answers(CHANNEL);
        house.line.answers(bells(5));
        house.line.answersLater();
        file("door", "long.poll", "true", "site", "acme");
        pass(0);
        assertThat(events()).hasSize(3);
        pass(1);
        assertThat(events()).hasSize(5);
    }

    @Test
    void file_that_changes_moves_the_poll_and_one_that_goes_ends_it() {
        opened();
        house.line.answers(CHANNEL);
        CompletableFuture<Answer> moved = house.line.answersLater();
        house.file("door", "vendor", "logged", "host", "192.0.2.51", "probe.s", "0", "long.poll", "true");
        pass(1);
        assertThat(house.line.addresses().get(3).host()).isEqualTo("192.0.2.51");
        assertThat(house.line.sent()).containsExactly(OPEN, PULL, OPEN, PULL);
        house.delete("door");
        moved.complete(log("Bell"));
        pass(60);
        assertThat(events()).isEmpty();
        assertThat(house.line.sent()).hasSize(4);
    }

    @Test
    void other_name_in_the_file_is_no_reason_to_ask_anew() {
        CompletableFuture<Answer> next = opened();
        file("door", "long.poll", "true", "name", "Gate");
        pass(1);
        assertThat(house.line.sent()).containsExactly(OPEN, PULL);
        house.line.answersLater();
        next.complete(log("Bell"));
        assertThat(events()).containsExactly("door/event/door_bell");
    }

    @Test
    void key_that_is_taken_out_ends_it() {
        CompletableFuture<Answer> next = opened();
        file("door");
        next.complete(log("Bell"));
        pass(60);
        assertThat(events()).isEmpty();
        assertThat(house.line.sent()).hasSize(2);
    }

    @Test
    void fault_of_a_reader_harms_nobody() {
        CompletableFuture<Answer> next = opened();
        house.line.answers(CHANNEL);
        house.line.answers(log("Bell"));
        house.line.answersLater();
        next.complete(Answer.of(Kind.OK, 200).saying("fault"));
        pass(5);
        assertThat(events()).containsExactly("door/event/door_bell");
    }

    @Test
    void phone_without_a_log_says_that_the_key_does_nothing() {
        house.file("desk", "vendor", "acme", "host", "192.0.2.11", "long.poll", "true");
        pass(1);
        assertThat(house.log.warnings()).anyMatch(line -> line.contains("desk") && line.contains("long.poll"));
    }

    @Test
    void hundred_and_first_phone_waits_until_another_goes() {
        for (int i = 0; i < 102; i++) {
            house.line.answersLater();
        }
        for (int i = 0; i <= 100; i++) {
            file("p" + i, "long.poll", "true");
        }
        pass(1);
        assertThat(house.line.sent()).hasSize(100).doesNotContain("p100 /open");
        assertThat(house.log.warnings()).anyMatch(line -> line.contains("p100") && line.contains("action URLs"));
        house.delete("p3");
        pass(1);
        assertThat(house.line.sent()).hasSize(101).contains("p100 /open");
        assertThat(Limit.LONG_POLLS.wire()).isEqualTo("long_polls");
    }
}
