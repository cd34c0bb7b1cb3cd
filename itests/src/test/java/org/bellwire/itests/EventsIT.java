package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** From an action URL to the topics, beyond what the vendors' rows show. */
@ExtendWith(SharedSite.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EventsIT {

    private static final String OWN_TOKEN = "thisPhonesOwnTokenOf26Char";

    private final Site site;
    private final Listener listener;
    private final InetAddress doorAddress = Loopback.anyAddress();

    EventsIT(Site site) {
        this.site = site;
        listener = site.listener();
    }

    @BeforeAll
    void add_phones() {
        site.add(
                PhoneFile.of("reception", "htek").with("name", "Empfang Süd").with("mac", "00:1F:C1:1A:8B:6C"),
                PhoneFile.of("office", "auerswald").with("mac", "00-09-52-00-00-01"),
                PhoneFile.of("door", "htek").with("host", doorAddress.getHostAddress()),
                PhoneFile.of("secret", "htek").with("token", OWN_TOKEN),
                PhoneFile.of("odd", "htek").with("mac", "001fc1000002"),
                PhoneFile.of("missing", "htek").with("mac", "001fc1000003"),
                PhoneFile.of("quiet", "htek").with("mac", "001fc1000005"),
                PhoneFile.of("asleep", "htek").with("mac", "001fc1000007"),
                PhoneFile.of("bell", "htek").with("mac", "001fc1000008"),
                PhoneFile.of("order", "htek").with("mac", "001fc1000006"));
    }

    @AfterAll
    void leave() {
        listener.close();
    }

    private ActionUrlClient anyone() {
        return site.caller().from(Loopback.anyAddress());
    }

    private int reports(String event, String mac, String more) {
        return anyone().reports("htek", "/" + event + "?mac=" + mac + more);
    }

    @Test
    void event_carries_what_the_contract_says() {
        int status = reports(
                "Incoming%20Call",
                "001fc11a8b6c",
                "&call_id=a84b4c76e667&remote=sip:42@10.0.0.9&display_remote=Peter&local=101&active_user=1"
                        + "&model=UC926&firmware=2.42");

        assertThat(status).isEqualTo(200);
        JsonObject event =
                listener.first("bellwire/reception/event/call_incoming").json();
        assertThat(event.get("phone").getAsString()).isEqualTo("reception");
        assertThat(event.get("vendor_event").getAsString()).isEqualTo("Incoming Call");
        assertThat(event.get("derived").getAsBoolean()).isFalse();
        assertThat(event.get("late").getAsBoolean()).isFalse();
        assertThat(event.get("id").getAsString()).matches("[0-9A-HJKMNP-TV-Z]{26}");
        assertThat(event.get("time").getAsString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        JsonObject call = event.getAsJsonObject("call");
        assertThat(call.get("id").getAsString()).isEqualTo("a84b4c76e667");
        assertThat(call.get("direction").getAsString()).isEqualTo("inbound");
        assertThat(call.get("number").getAsString()).isEqualTo("42");
        assertThat(call.get("name").getAsString()).isEqualTo("Peter");
        assertThat(call.get("local").getAsString()).isEqualTo("101");
        assertThat(event.getAsJsonObject("params").get("remote").getAsString()).isEqualTo("sip:42@10.0.0.9");
        assertThat(event.toString()).doesNotContain(Distribution.TOKEN);
        listener.hears("bellwire/reception/state/peer_number", "42");
        listener.hears("bellwire/reception/state/peer_name", "Peter");
        listener.hears("bellwire/reception/availability", "online");
    }

    @Test
    void info_tells_what_the_phone_is_and_can() {
        JsonObject info = listener.first("bellwire/reception/info").json();

        assertThat(info.get("id").getAsString()).isEqualTo("reception");
        assertThat(info.get("name").getAsString()).isEqualTo("Empfang Süd");
        assertThat(info.get("vendor").getAsString()).isEqualTo("htek");
        assertThat(info.getAsJsonArray("events").toString()).contains("call_incoming", "call_missed");
        assertThat(info.getAsJsonArray("states").toString())
                .contains("\"call\"", "off_hook")
                .doesNotContain("door");
        assertThat(info.getAsJsonArray("commands").toString())
                .contains("\"dial\"", "\"key\"")
                .doesNotContain("\"text\"");
    }

    @Test
    void bridge_info_tells_of_the_gateway_and_no_secret() {
        ReceivedMessage info = listener.first("bellwire/bridge/info");

        assertThat(info.retained()).isTrue();
        assertThat(info.json().keySet()).contains("version", "instance", "gateways", "vendors", "phones", "started");
        assertThat(info.payload()).doesNotContain(Distribution.TOKEN);
        assertThat(listener.newest("bellwire/bridge/status")).contains("online");
    }

    @Test
    void phone_is_offline_until_its_first_sign() {
        listener.hears("bellwire/asleep/availability", "offline");

        assertThat(reports("Onhook", "001fc1000007", "")).isEqualTo(200);

        listener.hears("bellwire/asleep/availability", "online");
    }

    @Test
    void retained_topics_are_retained_and_events_are_not() {
        assertThat(reports("Open%20DND", "001fc11a8b6c", "")).isEqualTo(200);
        listener.first("bellwire/reception/event/dnd_on");
        try (Listener newcomer = site.listener()) {
            newcomer.hears("bellwire/reception/state/dnd", "ON");
            assertThat(List.of("state/dnd", "availability", "info"))
                    .allMatch(topic ->
                            newcomer.first("bellwire/reception/" + topic).retained());
            assertThat(newcomer.everything())
                    .filteredOn(ReceivedMessage::retained)
                    .noneMatch(heard -> heard.topic().contains("/event/"));
        }
    }

    @Test
    void inbound_call_that_was_never_connected_is_missed_after_its_end() {
        reports("Incoming%20Call", "001fc1000003", "&call_id=m1&remote=42");
        reports("Call%20Terminated", "001fc1000003", "&call_id=m1");

        ReceivedMessage missed = listener.first("bellwire/missing/event/call_missed");
        ReceivedMessage ended = listener.first("bellwire/missing/event/call_ended");
        assertThat(missed.json().get("derived").getAsBoolean()).isTrue();
        assertThat(missed.json().get("seq").getAsLong())
                .isEqualTo(ended.json().get("seq").getAsLong() + 1);
        assertThat(missed.nanos()).isGreaterThanOrEqualTo(ended.nanos());
        listener.hears("bellwire/missing/state/call", "idle");
        listener.hears("bellwire/missing/state/calls", "[]");
        listener.hears("bellwire/missing/state/peer_number", "");
    }

    @Test
    void connected_of_a_held_call_is_resumed_where_the_vendor_has_no_word_for_it() {
        for (String event : new String[] {"incoming", "connected", "holding", "connected"}) {
            assertThat(anyone().reports("auerswald", "?event=" + event + "&callId=TC@7&mac=000952000001"))
                    .isEqualTo(200);
        }

        ReceivedMessage resumed = listener.first("bellwire/office/event/call_resumed");
        assertThat(resumed.json().get("derived").getAsBoolean()).isTrue();
        assertThat(resumed.text("vendor_event")).isEqualTo("connected");
        listener.hears("bellwire/office/state/call", "connected");
    }

    @Test
    void call_id_of_a_query_may_be_encoded_or_not() {
        assertThat(anyone().reports("auerswald", "?event=incoming&callId=TC%4042&mac=000952000001"))
                .isEqualTo(200);

        ReceivedMessage event = listener.after(0)
                .first("bellwire/office/event/call_incoming", h -> h.payload().contains("TC@42"));
        assertThat(event.json().getAsJsonObject("call").get("id").getAsString()).isEqualTo("TC@42");
    }

    @Test
    void phone_is_known_by_mac_and_ip_in_the_path() {
        int mark = listener.mark();

        assertThat(anyone().reports("htek", "/Offhook/00-1f-c1-1a-8b-6c/192.168.1.9"))
                .isEqualTo(200);

        assertThat(listener.after(mark)
                        .first("bellwire/reception/event/hook_off", any -> true)
                        .payload())
                .contains("192.168.1.9");
    }

    @Test
    void phone_is_known_by_its_id_its_own_token_or_its_address() {
        assertThat(anyone().reports("htek", "/Offhook?phone=quiet")).isEqualTo(200);
        assertThat(anyone().withToken(OWN_TOKEN).reports("htek", "/Offhook")).isEqualTo(200);
        assertThat(site.caller().from(doorAddress).reports("htek", "/Offhook")).isEqualTo(200);

        listener.first("bellwire/quiet/event/hook_off");
        listener.first("bellwire/secret/event/hook_off");
        listener.first("bellwire/door/event/hook_off");
    }

    @Test
    void event_that_no_table_knows_is_a_vendor_event() {
        assertThat(reports("Coffee%20Ready", "001fc1000002", "&cups=2")).isEqualTo(200);

        ReceivedMessage event = listener.first("bellwire/odd/event/vendor_event");
        assertThat(event.text("vendor_event")).isEqualTo("Coffee Ready");
        assertThat(event.json().getAsJsonObject("params").get("cups").getAsString())
                .isEqualTo("2");
    }

    @Test
    void events_of_a_phone_arrive_in_order_and_are_numbered() {
        IntStream.range(0, 40)
                .forEach(i -> assertThat(reports(i % 2 == 0 ? "Offhook" : "Onhook", "001fc1000006", "&n=" + i))
                        .isEqualTo(200));

        Waits.until("40 events", () -> orderOf().size() == 40);
        assertThat(orderOf()).isSorted().doesNotHaveDuplicates();
        assertThat(orderOf().get(39) - orderOf().get(0)).isEqualTo(39);
    }

    @Test
    void one_report_arrives_in_the_promised_order_with_call_and_the_event_last() {
        String ring = "&call_id=o1&remote=sip:42@10.0.0.9&display_remote=Peter&local=101";
        assertThat(reports("Incoming%20Call", "001fc1000008", ring)).isEqualTo(200);

        listener.first("bellwire/bell/event/call_incoming");
        List<String> topics = listener.everything().stream()
                .map(ReceivedMessage::topic)
                .filter(topic -> topic.matches("bellwire/bell/(state|event)/.*"))
                .map(topic -> topic.substring("bellwire/bell/".length()))
                .toList();
        assertThat(topics)
                .containsSubsequence(
                        "state/direction",
                        "state/local",
                        "state/peer_number",
                        "state/peer_name",
                        "state/peer_tags",
                        "state/calls",
                        "state/busy",
                        "state/missed",
                        "state/call",
                        "event/call_incoming")
                .endsWith("state/call", "event/call_incoming");
    }

    private java.util.List<Long> orderOf() {
        return listener.everything().stream()
                .filter(h -> h.topic().startsWith("bellwire/order/event/hook_"))
                .map(h -> h.json().get("seq").getAsLong())
                .toList();
    }

    @Test
    void own_token_is_good_for_its_own_phone_only() {
        int mark = listener.mark();

        assertThat(anyone().withToken(OWN_TOKEN).reports("htek", "/Onhook?mac=001fc11a8b6c"))
                .isEqualTo(200);

        listener.after(mark).first("bellwire/secret/event/hook_on", any -> true);
        assertThat(listener.after(mark).all("bellwire/reception/event/hook_on")).isEmpty();
    }

    @Test
    void name_from_outside_never_becomes_a_topic() {
        int mark = listener.mark();

        assertThat(reports(
                        "Incoming%20Call", "001fc1000002", "&call_id=t1&remote=%2B%23%2F&display_remote=a%2Fb%2F%23"))
                .isEqualTo(200);

        listener.after(mark).first("bellwire/odd/event/call_incoming", any -> true);
        assertThat(listener.everything())
                .allMatch(heard -> heard.topic().matches("bellwire/[a-z0-9_-]+/[a-z_]+(/[a-z0-9_-]+)?"));
    }
}
