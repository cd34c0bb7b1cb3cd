package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bellwire.api.CommandName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every vendor whose devices open doors: what may go over the wire, and what must not. */
@ExtendWith(SharedSite.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StationsIT {

    /** More at once than four a minute. */
    private static final int ORDERS = 8;

    private final Site site;
    private final Listener listener;
    private final Map<String, RecordingPhone> stations = new HashMap<>();

    StationsIT(Site site) {
        this.site = site;
        listener = site.listener();
    }

    static Stream<String> vendors() {
        return Vendors.bindings().stream()
                .filter(binding -> binding.commands().names().contains(CommandName.OPEN))
                .map(binding -> binding.info().id());
    }

    @BeforeAll
    void add_stations() {
        site.add(vendors()
                .flatMap(vendor -> Stream.of(
                        station("shut", vendor),
                        station("silent", vendor).with("allow", "open"),
                        station("busy", vendor).with("allow", "open"),
                        station("ringing", vendor),
                        station("idle", vendor)))
                .toList());
    }

    private PhoneFile station(String kind, String vendor) {
        String id = "door-" + kind + "-" + vendor;
        RecordingPhone phone = RecordingPhone.http();
        stations.put(id, phone);
        return PhoneFile.of(id, vendor)
                .with("user", "admin")
                .with("password", "wontTell")
                .with("outgoing.uri", "door@10.0.0.9")
                .at(phone);
    }

    @AfterAll
    void leave() {
        listener.close();
        stations.values().forEach(RecordingPhone::close);
    }

    private RecordingPhone at(String station) {
        return Objects.requireNonNull(stations.get(station));
    }

    @ParameterizedTest
    @MethodSource("vendors")
    void door_is_not_opened_where_the_file_does_not_allow_it(String vendor) {
        ReceivedMessage result = listener.commanded("door-shut-" + vendor, "open", "PRESS");

        assertThat(result.status()).as(result.payload()).isEqualTo("refused");
        assertThat(result.payload()).contains("allow = open");
        assertThat(orders(at("door-shut-" + vendor))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("vendors")
    void station_that_takes_the_request_and_is_silent_is_asked_once(String vendor) {
        RecordingPhone station = at("door-silent-" + vendor).silent();

        ReceivedMessage result = listener.commanded("door-silent-" + vendor, "open", "PRESS");

        assertThat(result.status()).as(result.payload()).isEqualTo("unreachable");
        station.answering(RecordingPhone.OK);
        ReceivedMessage next = listener.commanded("door-silent-" + vendor, "hangup", "PRESS");
        assertThat(next.status()).as(next.payload()).isEqualTo("accepted");
        assertThat(orders(station)).as("the opening and the next command").hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("vendors")
    void door_opens_by_one_request_at_the_rate_of_openings_and_the_audit_log_tells_it(String vendor) {
        String id = "door-busy-" + vendor;
        int mark = listener.mark();
        for (int i = 0; i < ORDERS; i++) {
            listener.command(id, "open", "{\"value\":\"PRESS\",\"id\":\"order-" + i + "\"}");
        }
        List<ReceivedMessage> results = IntStream.range(0, ORDERS)
                .mapToObj(i -> listener.after(mark)
                        .first(
                                "bellwire/" + id + "/result/open",
                                one -> one.text("id").equals("order-" + i)))
                .toList();

        long opened =
                results.stream().filter(one -> one.status().equals("accepted")).count();
        assertThat(opened).isBetween(1L, ORDERS - 1L);
        assertThat(orders(at(id))).hasSize((int) opened);
        assertThat(results).filteredOn(one -> !one.status().equals("accepted")).allSatisfy(one -> {
            assertThat(one.status()).isEqualTo("refused");
            assertThat(one.payload()).contains("rate.open");
        });
        assertThat(site.bellwire().log()).contains("phone " + id + ": open from");
    }

    @ParameterizedTest
    @MethodSource("vendors")
    void trigger_has_the_station_call_and_its_cancellation_hangs_up(String vendor) {
        String id = "door-ringing-" + vendor;
        RecordingPhone station = at(id);
        site.bellwire()
                .write("org.bellwire.trigger-" + id + ".cfg", "phones = " + id + "\ndial = 5550107\ncooldown.s = 0\n");
        Waits.until("the trigger", () -> site.caller().reports("trigger", "/" + id + "/cancel") == 200);
        station.forget();

        assertThat(site.caller().reports("trigger", "/" + id + "?button=1")).isEqualTo(200);
        Waits.until("a call", () -> !orders(station).isEmpty());
        assertThat(site.caller().reports("trigger", "/" + id + "/cancel")).isEqualTo(200);
        Waits.until("its end", () -> orders(station).size() > 1);

        assertThat(orders(station).get(0)).contains("5550107");
        assertThat(orders(station).get(1)).isEqualTo(hangUp(vendor));
        site.bellwire().delete("org.bellwire.trigger-" + id + ".cfg");
    }

    /** The same request as on command, which the vendor's rows show. */
    private String hangUp(String vendor) {
        String other = "door-idle-" + vendor;
        RecordingPhone station = at(other);
        ReceivedMessage result = listener.commanded(other, "hangup", "PRESS");
        assertThat(result.status()).as(result.payload()).isEqualTo("accepted");
        List<String> targets = orders(station);
        return targets.get(targets.size() - 1);
    }

    /** What the station was told to do; Bellwire also asks it for its state when it comes online. */
    private static List<String> orders(RecordingPhone station) {
        return station.targets().stream()
                .filter(target -> !target.contains("/status"))
                .toList();
    }
}
