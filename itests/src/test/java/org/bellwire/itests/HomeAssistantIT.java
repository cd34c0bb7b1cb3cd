package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bellwire.api.EventType;
import org.bellwire.testkit.DiscoveryRules;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What appears in Home Assistant by itself, from the distribution as it is shipped. */
@Tag("alone")
final class HomeAssistantIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String GROUP = "org.bellwire.group-all.cfg";
    private static final String PID = "org.bellwire.homeassistant";

    private final Site site = Site.prepared("homeassistant");

    @AfterEach
    void leave() {
        site.close();
    }

    private static PhoneFile phone(String vendor) {
        return PhoneFile.of("my-" + vendor, vendor).with("mac", Rows.mac("my-" + vendor));
    }

    private Listener anotherHome() {
        return site.listener().hearsAlso("homeassistant/#");
    }

    /** What the broker keeps of a device's configs, as a newcomer is told. */
    private static Map<String, String> configs(Listener listener) {
        Map<String, String> configs = new TreeMap<>();
        listener.everything().stream()
                .filter(heard -> heard.topic().startsWith("homeassistant/")
                        && heard.topic().endsWith("/config"))
                .forEach(heard -> configs.put(heard.topic(), heard.payload()));
        configs.values().removeIf(String::isEmpty);
        return configs;
    }

    private static boolean has(Listener listener, String part) {
        return configs(listener).keySet().stream().anyMatch(topic -> topic.contains(part));
    }

    @Test
    void phones_of_all_vendors_appear_come_again_on_birth_and_go_in_every_way() {
        List<String> vendors = Vendors.ids();
        vendors.forEach(vendor -> site.bellwire().write(phone(vendor)));
        site.bellwire().write(GROUP, "name = All phones\nphones = my-*\n");
        String first = "my-" + vendors.get(0);
        String second = "my-" + vendors.get(1);
        String last = "my-" + vendors.get(vendors.size() - 1);
        try (Listener home = anotherHome()) {
            site.start();
            Waits.atMost(LONG, "the last phone appears")
                    .until(() ->
                            has(home, "/bellwire_" + last + "_redial/") || has(home, "/bellwire_" + last + "_dial/"));
            vendors.forEach(vendor -> Waits.atMost(LONG, vendor + " appears")
                    .until(() -> has(home, "/bellwire_my-" + vendor + "_event/")));
            Waits.atMost(LONG, "the group appears").until(() -> has(home, "/bellwire_all_call/"));
            everyRuleIsKept(home);

            int mark = home.mark();
            home.publish("homeassistant/status", "online");
            home.after(mark)
                    .first("homeassistant/event/bellwire_" + first + "_event/config", again -> !again.retained());

            site.bellwire().delete(phone(vendors.get(0)).fileName());
            Waits.atMost(LONG, first + " is gone").until(() -> !has(home, "/bellwire_" + first + "_"));

            site.bellwire().program().terminate();
            assertThat(site.bellwire().program().ends(Duration.ofSeconds(15))).isTrue();
            assertThat(has(home, "/bellwire_" + second + "_event/"))
                    .as("a stop removes nothing")
                    .isTrue();
            site.bellwire().delete(phone(vendors.get(1)).fileName());
            site.start();
            Waits.atMost(LONG, second + " is gone").until(() -> !has(home, "/bellwire_" + second + "_"));
            assertThat(has(home, "/bellwire_" + last + "_event/")).isTrue();

            Set<String> single = DiscoveryRules.ids(configs(home));
            site.bellwire().set(PID, "style", "device");
            Waits.atMost(LONG, "one config for each device")
                    .until(() -> configs(home).keySet().stream().allMatch(topic -> topic.contains("/device/")));
            assertThat(configs(home)).hasSize(vendors.size()); // two are gone, the gateway and the group are two
            assertThat(DiscoveryRules.ids(configs(home))).as("rule 19").isEqualTo(single);
            assertThat(DiscoveryRules.broken(configs(home), eventsOf(vendors))).isEmpty();

            site.bellwire().set(PID, "style", "off");
            Waits.atMost(LONG, "nothing").until(() -> configs(home).isEmpty());
        }
    }

    /** All rules over what is announced, with what phones of all vendors report in each word of their documents. */
    private void everyRuleIsKept(Listener home) {
        List<String> vendors = Vendors.ids();
        for (Rows.EventRow row : Rows.events()) {
            String phone = "my-" + row.vendor();
            String report =
                    row.report().replace(Rows.mac(row.phone()), Rows.mac(phone)).replace(row.phone(), phone);
            site.caller().from(Loopback.anyAddress()).reports(row.vendor(), report);
        }
        vendors.forEach(vendor -> home.first("bellwire/my-" + vendor + "/event/" + lastOf(vendor)));
        home.first("bellwire/all/state/peer_number");
        Map<String, List<String>> recorded = home.everything().stream()
                .filter(heard -> heard.topic().startsWith("bellwire/"))
                .collect(Collectors.groupingBy(
                        ReceivedMessage::topic, Collectors.mapping(ReceivedMessage::payload, Collectors.toList())));
        Map<String, String> configs = configs(home);
        List<String> broken = DiscoveryRules.broken(configs, eventsOf(vendors), recorded);
        assertThat(broken).isEmpty();
        System.out.printf(
                Locale.ROOT,
                "figure: %d phones of all vendors, a group and the gateway are %d configs, %d of them valid by all rules,"
                        + " with %d messages of theirs; %d characters typed%n",
                vendors.size(),
                configs.size(),
                configs.size() - broken.size(),
                recorded.values().stream().mapToInt(List::size).sum(),
                vendors.stream().mapToInt(v -> ("vendor = " + v).length()).sum() + "phones = my-*".length());
    }

    /** The event by which a vendor's rows are over; a station may have no calls. */
    private static String lastOf(String vendor) {
        EventType last = Vendors.binding(vendor).events().reports(EventType.CALL_ENDED)
                ? EventType.CALL_ENDED
                : EventType.DOOR_OPENED;
        return last.wire();
    }

    private static Map<String, Set<String>> eventsOf(List<String> vendors) {
        return vendors.stream()
                .collect(Collectors.toMap(
                        vendor -> "bellwire_my-" + vendor,
                        vendor -> Vendors.binding(vendor).events().events().stream()
                                .map(EventType::wire)
                                .collect(Collectors.toSet())));
    }

    @Test
    void events_are_delayed_by_so_much_while_many_phones_are_announced() {
        int phones = Integer.getInteger("bellwire.announced", 300);
        Load.files(phones).forEach(file -> site.bellwire().write(file));
        site.start();
        String last = "homeassistant/event/bellwire_load-" + (phones - 1) + "_event/config";
        Duration enough = Duration.ofSeconds(120 + phones / 10);
        try (Listener home = site.listener().hearsAlso("homeassistant/event/+/config")) {
            Waits.atMost(enough, "all are announced").until(() -> configs(home).size() >= phones);
            Waits.atMost(enough, "the last one, too")
                    .until(() -> home.newest(last).isPresent());
            long alone;
            try (Load load = Load.start(site.caller(), 50, 200)) {
                load.promises(2000, LONG);
                alone = p99(load);
            }
            int mark = home.mark();
            long begin = System.nanoTime();
            home.publish("homeassistant/status", "online");
            Waits.atMost(enough, "the first is announced again").until(() -> events(home, mark) > 0);
            try (Load load = Load.start(site.caller(), 50, 200)) {
                Waits.atMost(enough, "all are announced again").until(() -> events(home, mark) >= phones);
                System.out.printf(
                        Locale.ROOT,
                        "figure: 200 events/s beside %d phones: p99 %.1f ms alone, %.1f ms while all are announced (%d s, %d events)%n",
                        phones,
                        alone / 1e6,
                        p99(load) / 1e6,
                        Duration.ofNanos(System.nanoTime() - begin).toSeconds(),
                        load.told().size());
                assertThat(load.told()).allMatch(told -> told.status() == 200);
            }
        }
    }

    private static long events(Listener home, int mark) {
        return home.everything().stream()
                .skip(mark)
                .filter(heard -> heard.topic().startsWith("homeassistant/event/"))
                .count();
    }

    private static long p99(Load load) {
        List<Long> took =
                load.told().stream().map(told -> told.took().toNanos()).sorted().toList();
        return took.get(took.size() * 99 / 100);
    }
}
