package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.bellwire.api.Property;
import org.bellwire.api.port.Reply;
import org.bellwire.api.runtime.Timing;
import org.bellwire.core.persist.StatePersister;
import org.bellwire.testkit.ManualTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatePersisterTest {

    private static final Duration SOON = Duration.ofMillis(20);
    private static final String NADIR = "{\"form\":1,\"vendor\":\"nadir\",\"states\":{\"dnd\":\"ON\"}}";

    private final FakePhoneStates store = new FakePhoneStates();
    private House house = new House(store);

    @AfterEach
    void leave() {
        house.close();
    }

    private House lobby(String... keysAndValues) {
        return house.file("lobby", keysAndValues.length == 0 ? new String[] {"vendor", "acme"} : keysAndValues);
    }

    private void told(String event) {
        String separator = event.contains("?") ? "&" : "?";
        assertThat(house.get("acme", "/" + event + separator + "phone=lobby")).isEqualTo(Reply.ACCEPTED);
    }

    /** Another process goes on with what was kept, after a time in which nobody listened. */
    private void restart(Duration absence) {
        store.lastKept(ManualTime.START.minus(absence));
        House before = house;
        house = new House(store);
        before.log.close();
    }

    private void killAndRestart() {
        restart(Duration.ofSeconds(5));
    }

    private Optional<String> state(Property property) {
        return house.phone("lobby").state(property);
    }

    @Test
    void event_is_kept_a_moment_later() {
        lobby();
        told("open-dnd");
        assertThat(store.text("lobby")).isEmpty();
        house.time.pass(SOON);
        assertThat(store.text("lobby").orElseThrow()).contains("\"dnd\":\"ON\"");
    }

    @Test
    void state_is_known_again_before_the_first_event_and_published() {
        lobby();
        told("open-dnd?model=A1&firmware=7");
        house.time.pass(SOON);
        killAndRestart();
        lobby();
        assertThat(state(Property.DND)).contains("ON");
        house.settle();
        assertThat(house.bus.retained("lobby/state/dnd")).contains("ON");
        assertThat(house.bus.retained("lobby/info").orElseThrow()).contains("\"model\":\"A1\"", "\"firmware\":\"7\"");
        assertThat(house.bus.retained("lobby/availability")).contains("offline");
    }

    @Test
    void toggle_is_decided_by_the_state_of_before_the_restart() {
        lobby("vendor", "acme", "host", "192.0.2.10");
        told("open-dnd");
        house.time.pass(SOON);
        killAndRestart();
        lobby("vendor", "acme", "host", "192.0.2.10");
        var on = house.send("lobby", "dnd", "ON").toCompletableFuture();
        assertThat(on.join().detail().orElse("")).contains("already");
        assertThat(house.line.sent()).isEmpty();
        house.send("lobby", "dnd", "OFF");
        assertThat(house.line.sent()).containsExactly("lobby /key?value=DND");
    }

    @Test
    void call_that_rang_before_the_restart_is_missed_once_after_it() {
        house.file("lobby", "vendor", "zenith");
        house.get("zenith", "/?event=incoming&callId=1&number=42&phone=lobby");
        house.time.pass(SOON);
        killAndRestart();
        house.file("lobby", "vendor", "zenith");
        assertThat(state(Property.CALL)).contains("ringing");
        assertThat(state(Property.PEER_NUMBER)).contains("42");
        for (int i = 0; i < 2; i++) {
            house.get("zenith", "/?event=ended&callId=1&phone=lobby");
        }
        assertThat(house.bus.payloads("lobby/event/call_missed")).hasSize(1);
        assertThat(state(Property.CALL)).contains("idle");
    }

    @Test
    void held_call_is_resumed_over_a_restart() {
        house.file("lobby", "vendor", "zenith");
        house.get("zenith", "/?event=incoming&callId=1&phone=lobby");
        house.get("zenith", "/?event=connected&callId=1&phone=lobby");
        house.get("zenith", "/?event=held&callId=1&phone=lobby");
        house.time.pass(SOON);
        killAndRestart();
        house.file("lobby", "vendor", "zenith");
        house.get("zenith", "/?event=connected&callId=1&phone=lobby");
        assertThat(house.bus.payloads("lobby/event/call_resumed")).hasSize(1);
    }

    @Test
    void call_of_before_a_long_absence_is_over_and_no_longer_believed_in_ever_after() {
        house.file("lobby", "vendor", "zenith");
        house.get("zenith", "/?event=incoming&callId=1&number=42&phone=lobby");
        house.time.pass(SOON);
        restart(StatePersister.ABSENCE);
        house.file("lobby", "vendor", "zenith").settle();
        assertThat(house.bus.retained("lobby/state/call")).contains("idle");
        assertThat(house.bus.retained("lobby/state/calls")).contains("[]");
        assertThat(house.bus.retained("lobby/state/busy")).contains("OFF");
        assertThat(state(Property.PEER_NUMBER)).contains("");
        house.get("zenith", "/?event=ended&callId=1&phone=lobby");
        assertThat(house.bus.payloads("lobby/event/call_missed")).isEmpty();
        killAndRestart();
        house.file("lobby", "vendor", "zenith");
        assertThat(state(Property.CALL)).contains("idle");
    }

    @Test
    void states_outlive_a_long_absence() {
        lobby();
        told("open-dnd");
        house.time.pass(SOON);
        restart(Duration.ofDays(400));
        lobby();
        assertThat(state(Property.DND)).contains("ON");
    }

    @Test
    void call_of_a_phone_whose_file_comes_long_after_the_start_is_over() {
        house.file("lobby", "vendor", "zenith");
        house.get("zenith", "/?event=incoming&callId=1&phone=lobby");
        house.time.pass(SOON);
        killAndRestart();
        house.time.pass(StatePersister.ABSENCE);
        house.file("lobby", "vendor", "zenith");
        assertThat(state(Property.CALL)).contains("idle");
    }

    @Test
    void clock_that_went_far_back_is_as_a_long_absence() {
        house.file("lobby", "vendor", "zenith");
        house.get("zenith", "/?event=incoming&callId=1&phone=lobby");
        house.time.pass(SOON);
        restart(Duration.ofDays(-1));
        house.file("lobby", "vendor", "zenith");
        assertThat(state(Property.CALL)).contains("idle");
    }

    @Test
    void clean_stop_keeps_what_happened_last() {
        lobby();
        told("open-dnd");
        house.persister.stop();
        assertThat(store.text("lobby")).isPresent();
    }

    @Test
    void deleted_phone_is_forgotten_and_begins_anew() {
        lobby();
        told("open-dnd");
        house.time.pass(SOON);
        house.delete("lobby");
        house.time.pass(Duration.ofSeconds(1));
        assertThat(store.text("lobby")).isEmpty();
        lobby();
        assertThat(state(Property.DND)).isEmpty();
    }

    @Test
    void phone_that_is_made_again_at_once_begins_anew() {
        lobby();
        told("open-dnd");
        house.time.pass(SOON);
        house.delete("lobby");
        lobby();
        assertThat(state(Property.DND)).isEmpty();
        house.time.pass(Duration.ofSeconds(1));
        killAndRestart();
        lobby();
        assertThat(state(Property.DND)).isEmpty();
    }

    @Test
    void phone_of_another_vendor_begins_anew_and_stays_so() {
        lobby();
        told("open-dnd");
        house.time.pass(SOON);
        house.file("lobby", "vendor", "zenith");
        house.time.pass(Duration.ofSeconds(1));
        assertThat(store.text("lobby")).isEmpty();
        lobby();
        assertThat(state(Property.DND)).isEmpty();
    }

    @Test
    void edited_file_that_was_wrong_for_a_while_keeps_what_is_known() {
        lobby();
        told("open-dnd");
        house.time.pass(SOON);
        house.file("lobby", "vendor", "acme", "port", "x");
        house.time.pass(Duration.ofSeconds(1));
        killAndRestart();
        house.file("lobby", "vendor", "acme", "port", "x");
        lobby();
        assertThat(state(Property.DND)).contains("ON");
    }

    @Test
    void vendor_that_is_not_installed_for_a_while_keeps_what_is_known() {
        lobby();
        told("open-dnd");
        house.registry.removeBinding(house.acme);
        house.time.pass(Duration.ofSeconds(1));
        assertThat(store.text("lobby")).isPresent();
        killAndRestart();
        house.registry.removeBinding(house.acme);
        lobby();
        house.registry.addBinding(house.acme);
        assertThat(state(Property.DND)).contains("ON");
    }

    @Test
    void phone_that_does_not_come_back_is_forgotten_some_time_after_the_start() {
        store.put("gone", "{}");
        lobby("vendor", "acme", "port", "wrong, but there");
        store.put("lobby", "kept for when the file is right");
        house.time.pass(Duration.ofMinutes(9));
        assertThat(store.text("gone")).isPresent();
        house.time.pass(Duration.ofMinutes(2));
        assertThat(store.text("gone")).isEmpty();
        assertThat(store.text("lobby")).isPresent();
    }

    @Test
    void damaged_text_is_no_more_than_a_line_for_the_curious() {
        store.put("lobby", "{\"form\":1,\"vendor\":\"acme\",\"states\":{\"dnd\":[[");
        lobby();
        assertThat(state(Property.DND)).isEmpty();
        assertThat(house.log.warnings()).isEmpty();
        told("open-dnd");
        assertThat(state(Property.DND)).contains("ON");
    }

    @Test
    void many_events_of_one_phone_are_kept_at_once() {
        lobby();
        for (int i = 0; i < 100; i++) {
            told(i % 2 == 0 ? "open-dnd" : "close-dnd");
        }
        house.time.pass(Duration.ofSeconds(1));
        assertThat(store.commits()).containsExactly(1);
        assertThat(store.text("lobby").orElseThrow()).contains("\"dnd\":\"OFF\"");
    }

    @Test
    void many_phones_are_kept_in_parts_with_pauses_twenty_times_as_long() {
        for (int i = 0; i < 1200; i++) {
            house.file("p" + i, "vendor", "acme");
            house.get("acme", "/open-dnd?phone=p" + i);
        }
        FakePhoneStates slow = new FakePhoneStates();
        AtomicLong worked = new AtomicLong();
        slow.costs(() -> worked.addAndGet(100_000_000));
        Timing usual = house.time.timing();
        StatePersister persister = new StatePersister(
                house.registry,
                slow,
                new Timing(usual.clock(), () -> usual.nanos().getAsLong() + worked.get(), usual.timer()));
        persister.open();
        house.time.pass(SOON);
        assertThat(slow.commits()).containsExactly(500);
        house.time.pass(Duration.ofMillis(1999));
        assertThat(slow.commits()).containsExactly(500);
        house.time.pass(Duration.ofMillis(1));
        assertThat(slow.commits()).containsExactly(500, 500);
        house.time.pass(Duration.ofSeconds(2));
        assertThat(slow.commits()).containsExactly(500, 500, 200);
        assertThat(slow.phones()).hasSize(1200);
        persister.stop();
    }

    @Test
    void full_disk_hinders_no_event_and_what_happened_meanwhile_is_kept_afterwards() {
        lobby();
        store.full(true);
        told("open-dnd");
        house.time.pass(Duration.ofMinutes(2));
        told("off-hook");
        store.full(false);
        house.time.pass(Duration.ofSeconds(11));
        String kept = store.text("lobby").orElseThrow();
        assertThat(JsonParser.parseString(kept)
                        .getAsJsonObject()
                        .getAsJsonObject("states")
                        .keySet())
                .contains("dnd", "off_hook");
        house.persister.stop();
        store.full(true);
        told("close-dnd");
        house.persister.stop();
    }

    @Test
    void store_that_comes_again_learns_what_happened_without_it() {
        lobby();
        told("open-dnd");
        house.persister.stop();
        FakePhoneStates other = new FakePhoneStates();
        ManualTime time = new ManualTime();
        StatePersister again = new StatePersister(house.registry, other, time.timing());
        again.open();
        time.pass(SOON);
        assertThat(other.text("lobby")).isEqualTo(store.text("lobby"));
        again.stop();
    }

    @Test
    void nothing_is_read_in_the_monitor_of_the_registry() {
        List<String> read = new ArrayList<>();
        store.reading(id -> read.add(id + (Thread.holdsLock(house.registry) ? " in the monitor" : "")));
        store.put("lobby", NADIR);
        house.file("lobby", "vendor", "nadir", "name", "A").file("lobby", "vendor", "nadir", "name", "B");
        house.registry.addBinding(Acme.of("nadir", Acme.FULL));
        assertThat(house.phone("lobby").state(Property.DND)).contains("ON");
        assertThat(read).containsExactly("lobby", "lobby");
        house.persister.stop();
        StatePersister again = new StatePersister(house.registry, store, new ManualTime().timing());
        again.open();
        house.file("desk", "vendor", "acme");
        again.stop();
        assertThat(read).containsExactly("lobby", "lobby", "lobby", "desk");
    }

    @Test
    void a_phone_that_is_there_before_the_store_learns_what_it_knew() {
        store.put("lobby", NADIR);
        house.persister.stop();
        house.registry.addBinding(Acme.of("nadir", Acme.FULL));
        house.file("lobby", "vendor", "nadir");
        StatePersister again = new StatePersister(house.registry, store, new ManualTime().timing());
        again.open();
        assertThat(house.phone("lobby").state(Property.DND)).contains("ON");
        again.stop();
    }

    @Test
    void a_disk_that_is_slow_holds_up_no_other_phone() throws InterruptedException {
        lobby();
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        store.reading(id -> {
            asked.countDown();
            await(answer);
        });
        store.put("desk", NADIR.replace("nadir", "acme"));
        Thread files = new Thread(() -> house.file("desk", "vendor", "acme"));
        files.start();
        try {
            await(asked);
            told("open-dnd");
            assertThat(house.registry.find("lobby")).isPresent();
            assertThat(house.registry.find("desk")).isEmpty();
            assertThat(house.registry.all()).hasSize(1);
        } finally {
            answer.countDown();
            files.join();
        }
        assertThat(house.phone("desk").state(Property.DND)).contains("ON");
    }

    @Test
    void a_phone_is_found_while_the_registry_is_busy() throws InterruptedException {
        lobby();
        CountDownLatch answer = new CountDownLatch(1);
        synchronized (house.registry) {
            Thread other = new Thread(() -> {
                if (house.registry.find("lobby").isPresent()) {
                    answer.countDown();
                }
            });
            other.start();
            await(answer);
            other.join();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void quiet_minutes_are_signs_of_life() {
        lobby();
        List<Integer> before = store.commits();
        house.time.pass(Duration.ofMinutes(3));
        assertThat(store.commits()).isEqualTo(before);
        assertThat(store.keeps()).isEqualTo(3);
    }
}
