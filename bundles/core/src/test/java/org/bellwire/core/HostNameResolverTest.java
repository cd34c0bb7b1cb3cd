package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bellwire.api.port.Reply;
import org.bellwire.core.registry.HostNameResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostNameResolverTest {

    private static final Duration MINUTE = Duration.ofSeconds(61);

    private final Map<String, List<String>> server = new TreeMap<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private House house = new House();
    private HostNameResolver names = names();
    private int asked;

    @AfterEach
    void leave() {
        names.stop();
        house.close();
    }

    private HostNameResolver names() {
        HostNameResolver resolver =
                new HostNameResolver(house.registry, this::lookUp, waiting::add, house.time.timing());
        resolver.open();
        return resolver;
    }

    private InetAddress[] lookUp(String name) throws UnknownHostException {
        asked++;
        if (!server.containsKey(name)) {
            throw new UnknownHostException(name);
        }
        List<InetAddress> found = new ArrayList<>();
        for (String address : server.get(name)) {
            found.add(InetAddress.getByName(address));
        }
        return found.toArray(InetAddress[]::new);
    }

    /** Lets the name server answer all that was asked. */
    private void answer() {
        List<Runnable> now = List.copyOf(waiting);
        waiting.clear();
        now.forEach(Runnable::run);
    }

    private Reply reportFrom(String address) {
        return house.get("acme", House.SITE_TOKEN, "/off-hook", address);
    }

    @Test
    void a_phone_with_a_name_is_known_by_each_address_of_the_name() {
        server.put("phone.example", List.of("192.0.2.7", "2001:db8::7"));
        house.file("lobby", "vendor", "acme", "host", "Phone.Example");
        answer();
        assertThat(reportFrom("192.0.2.7")).isEqualTo(Reply.ACCEPTED);
        assertThat(reportFrom("2001:db8::7")).isEqualTo(Reply.ACCEPTED);
        assertThat(reportFrom("192.0.2.8")).isEqualTo(Reply.UNKNOWN_PHONE);
    }

    @Test
    void no_report_asks_the_name_server_or_waits_for_it() {
        house.file("lobby", "vendor", "acme", "host", "phone.example");
        assertThat(reportFrom("192.0.2.7")).isEqualTo(Reply.UNKNOWN_PHONE);
        assertThat(asked).isZero();
    }

    @Test
    void an_answer_is_kept_for_a_minute_and_then_asked_for_again() {
        server.put("phone.example", List.of("192.0.2.7"));
        house.file("lobby", "vendor", "acme", "host", "phone.example");
        answer();
        house.time.pass(Duration.ofSeconds(58));
        answer();
        assertThat(asked).isEqualTo(1);
        server.put("phone.example", List.of("192.0.2.8"));
        house.time.pass(Duration.ofSeconds(3));
        answer();
        assertThat(reportFrom("192.0.2.7")).isEqualTo(Reply.UNKNOWN_PHONE);
        assertThat(reportFrom("192.0.2.8")).isEqualTo(Reply.ACCEPTED);
    }

    @Test
    void a_name_server_that_fails_leaves_the_last_answer_for_half_an_hour() {
        server.put("phone.example", List.of("192.0.2.7"));
        house.file("lobby", "vendor", "acme", "host", "phone.example");
        answer();
        server.clear();
        for (int i = 0; i < 29; i++) {
            house.time.pass(MINUTE);
            answer();
        }
        assertThat(reportFrom("192.0.2.7")).isEqualTo(Reply.ACCEPTED);
        for (int i = 0; i < 5; i++) {
            house.time.pass(MINUTE);
            answer();
        }
        assertThat(reportFrom("192.0.2.7")).isEqualTo(Reply.UNKNOWN_PHONE);
        assertThat(house.log.warnings()).hasSizeBetween(1, 5).allMatch(line -> line.contains("phone.example"));
    }

    @Test
    void a_name_that_waits_for_its_answer_is_not_asked_again() {
        house.file("lobby", "vendor", "acme", "host", "phone.example");
        house.file("desk", "vendor", "acme", "host", "phone.example");
        house.time.pass(Duration.ofMinutes(10));
        assertThat(waiting).hasSize(1);
    }

    @Test
    void an_address_that_two_phones_have_is_of_none_also_when_one_has_it_by_name() {
        server.put("phone.example", List.of("192.0.2.7"));
        house.file("lobby", "vendor", "acme", "host", "phone.example")
                .file("twin", "vendor", "acme", "host", "192.0.2.7");
        answer();
        assertThat(reportFrom("192.0.2.7")).isEqualTo(Reply.UNKNOWN_PHONE);
        house.delete("twin");
        assertThat(reportFrom("192.0.2.7")).isEqualTo(Reply.ACCEPTED);
    }

    @Test
    void an_edit_keeps_the_addresses_of_a_name_and_drops_those_of_another() {
        server.put("phone.example", List.of("192.0.2.7"));
        house.file("lobby", "vendor", "acme", "host", "phone.example");
        answer();
        house.file("lobby", "vendor", "acme", "host", "phone.example", "name", "Lobby");
        assertThat(reportFrom("192.0.2.7")).isEqualTo(Reply.ACCEPTED);
        house.file("lobby", "vendor", "acme", "host", "other.example", "name", "Lobby");
        assertThat(reportFrom("192.0.2.7")).isEqualTo(Reply.UNKNOWN_PHONE);
    }

    @Test
    void a_phone_that_is_gone_is_not_asked_for_any_more() {
        server.put("phone.example", List.of("192.0.2.7"));
        house.file("lobby", "vendor", "acme", "host", "phone.example").delete("lobby");
        answer();
        assertThat(reportFrom("192.0.2.7")).isEqualTo(Reply.UNKNOWN_PHONE);
        house.time.pass(Duration.ofMinutes(5));
        assertThat(waiting).isEmpty();
    }

    @Test
    void a_stranger_that_turns_out_to_be_a_phone_with_a_name_leaves_the_inbox() {
        server.put("phone.example", List.of("192.0.2.7"));
        house.file("lobby", "vendor", "acme", "host", "phone.example");
        reportFrom("192.0.2.7");
        house.settle();
        assertThat(house.bus.retained("bridge/inbox").orElseThrow()).contains("192.0.2.7");
        answer();
        house.settle();
        assertThat(house.bus.retained("bridge/inbox")).contains("[]");
    }

    @Test
    void addresses_are_not_asked_for() {
        house.file("lobby", "vendor", "acme", "host", "192.0.2.7")
                .file("desk", "vendor", "acme", "host", "fe80::1%none");
        assertThat(waiting).isEmpty();
    }

    @Test
    void a_report_at_the_start_waits_for_the_first_answer() {
        begin_with("lobby");
        server.put("phone.example", List.of("192.0.2.7"));
        house.file("lobby", "vendor", "acme", "host", "phone.example");
        var early = house.receive("acme", House.SITE_TOKEN, "/off-hook", "192.0.2.7")
                .toCompletableFuture();
        assertThat(early).isNotDone();
        answer();
        assertThat(early).isCompletedWithValue(Reply.ACCEPTED);
    }

    @Test
    void a_report_at_the_start_does_not_wait_for_a_name_server_that_is_dead() {
        begin_with("lobby");
        house.file("lobby", "vendor", "acme", "host", "phone.example");
        var early = house.receive("acme", House.SITE_TOKEN, "/off-hook", "192.0.2.7")
                .toCompletableFuture();
        assertThat(early).isNotDone();
        house.time.pass(Duration.ofSeconds(3));
        assertThat(early).isCompletedWithValue(Reply.UNKNOWN_PHONE);
    }

    private void begin_with(String id) {
        names.stop();
        house.close();
        house = new House(House.pid(id));
        names = names();
    }
}
