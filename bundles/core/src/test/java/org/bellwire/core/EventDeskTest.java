package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.bellwire.api.Message;
import org.bellwire.api.Variables;
import org.bellwire.api.config.Rate;
import org.bellwire.api.port.Reply;
import org.bellwire.core.phone.Phone;
import org.bellwire.core.registry.PhoneWatcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventDeskTest {

    private static final String OWN_TOKEN = "own-token-of-the-lobby-phone";
    private static final String LOBBY_ADDRESS = "192.0.2.10";

    private final House house = new House();

    @BeforeEach
    void write_files() {
        house.file("lobby", "vendor", "acme", "mac", "00:1f:c1:1a:8b:6c", "host", LOBBY_ADDRESS, "token", OWN_TOKEN);
        house.file("desk", "vendor", "acme", "mac", "00:1f:c1:00:00:02", "host", "192.0.2.11");
        house.file("bare", "vendor", "acme", "host", "192.0.2.12");
        house.file("other", "vendor", "zenith", "mac", "00:1f:c1:00:00:03", "host", "192.0.2.13");
        house.line.setReachable(false);
        house.settle();
        house.bus.forget();
    }

    @AfterEach
    void leave() {
        house.close();
    }

    private List<String> eventTopics() {
        return house.bus.topics().stream().filter(t -> t.contains("/event/")).toList();
    }

    private JsonObject event(String topic) {
        List<String> payloads = house.bus.payloads(topic);
        assertThat(payloads).as("events on " + topic).isNotEmpty();
        return JsonParser.parseString(payloads.get(payloads.size() - 1)).getAsJsonObject();
    }

    @Test
    void an_event_with_the_sites_token_and_a_mac_is_accepted() {
        assertThat(house.get("acme", "/incoming-call?mac=001FC11A8B6C")).isEqualTo(Reply.ACCEPTED);
        assertThat(eventTopics()).containsExactly("lobby/event/call_incoming");
    }

    @ParameterizedTest
    @ValueSource(strings = {"00:1F:C1:1A:8B:6C", "00-1f-c1-1a-8b-6c", "001fc11a8b6c", "001f.c11a.8b6c", "001FC11A8B6C"})
    void a_mac_matches_in_any_spelling_in_query_and_path(String mac) {
        assertThat(house.get("acme", "/off-hook?mac=" + mac)).isEqualTo(Reply.ACCEPTED);
        assertThat(house.get("acme", "/off-hook/" + mac)).isEqualTo(Reply.ACCEPTED);
        assertThat(house.get("acme", "/off-hook/" + mac + "/10.1.2.3")).isEqualTo(Reply.ACCEPTED);
        assertThat(eventTopics()).containsOnly("lobby/event/hook_off").hasSize(3);
        assertThat(house.bus.retained("lobby/state/ip")).contains("10.1.2.3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Off-Hook", "off-hook", "offhook", "OFFHOOK", "Off Hook"})
    void an_event_is_named_by_its_letters_only(String name) {
        assertThat(house.get("acme", "/" + name + "?phone=lobby")).isEqualTo(Reply.ACCEPTED);
        assertThat(eventTopics()).containsExactly("lobby/event/hook_off");
    }

    @Test
    void a_mac_goes_before_phone_and_address() {
        house.receive("acme", House.SITE_TOKEN, "/off-hook?mac=001fc1000002&phone=lobby", LOBBY_ADDRESS);
        assertThat(eventTopics()).containsExactly("desk/event/hook_off");
    }

    @Test
    void phone_goes_before_the_address() {
        house.receive("acme", House.SITE_TOKEN, "/off-hook?phone=desk", LOBBY_ADDRESS);
        assertThat(eventTopics()).containsExactly("desk/event/hook_off");
    }

    @Test
    void the_phones_own_token_goes_before_its_mac() {
        assertThat(house.get("acme", OWN_TOKEN, "/off-hook?mac=001fc1000002&phone=desk", "192.0.2.11"))
                .isEqualTo(Reply.ACCEPTED);
        assertThat(eventTopics()).containsExactly("lobby/event/hook_off");
    }

    @Test
    void the_address_tells_the_phone_when_exactly_one_is_there() {
        assertThat(house.get("acme", House.SITE_TOKEN, "/off-hook", LOBBY_ADDRESS))
                .isEqualTo(Reply.ACCEPTED);
        house.file("twin", "vendor", "acme", "host", LOBBY_ADDRESS);
        assertThat(house.get("acme", House.SITE_TOKEN, "/off-hook", LOBBY_ADDRESS))
                .isEqualTo(Reply.UNKNOWN_PHONE);
        house.delete("twin");
        assertThat(house.get("acme", House.SITE_TOKEN, "/off-hook", LOBBY_ADDRESS))
                .isEqualTo(Reply.ACCEPTED);
        assertThat(eventTopics()).containsExactly("lobby/event/hook_off", "lobby/event/hook_off");
    }

    @Test
    void an_unknown_mac_at_the_address_of_a_phone_with_another_mac_is_a_stranger() {
        assertThat(house.get("acme", House.SITE_TOKEN, "/off-hook?mac=001fc1ffffff", LOBBY_ADDRESS))
                .isEqualTo(Reply.UNKNOWN_PHONE);
        assertThat(eventTopics()).isEmpty();
    }

    @Test
    void an_unknown_mac_at_the_address_of_a_phone_without_one_is_that_phone() {
        assertThat(house.get("acme", House.SITE_TOKEN, "/off-hook?mac=001fc1ffffff", "192.0.2.12"))
                .isEqualTo(Reply.ACCEPTED);
        assertThat(eventTopics()).containsExactly("bare/event/hook_off");
    }

    @Test
    void an_unknown_phone_parameter_is_not_overruled_by_the_address() {
        assertThat(house.get("acme", House.SITE_TOKEN, "/off-hook?phone=nobody", LOBBY_ADDRESS))
                .isEqualTo(Reply.UNKNOWN_PHONE);
    }

    @Test
    void a_right_token_of_an_unknown_phone_goes_to_the_inbox() {
        assertThat(house.get("acme", "/off-hook?mac=001fc1ffffff&model=A1&firmware=2.0"))
                .isEqualTo(Reply.UNKNOWN_PHONE);
        house.settle();
        JsonObject stranger = JsonParser.parseString(
                        house.bus.retained("bridge/inbox").orElseThrow())
                .getAsJsonArray()
                .get(0)
                .getAsJsonObject();
        assertThat(stranger.get("vendor").getAsString()).isEqualTo("acme");
        assertThat(stranger.get("mac").getAsString()).isEqualTo("00:1f:c1:ff:ff:ff");
        assertThat(stranger.get("address").getAsString()).isEqualTo("192.0.2.99");
        assertThat(stranger.get("model").getAsString()).isEqualTo("A1");
        assertThat(stranger.get("firmware").getAsString()).isEqualTo("2.0");
        assertThat(stranger.get("events").getAsLong()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "nobody,site-token-of-this-house,/off-hook?mac=001fc11a8b6c",
        "acme,wrong,/off-hook?mac=001fc11a8b6c",
        "acme,'',/off-hook?mac=001fc11a8b6c",
        "zenith,own-token-of-the-lobby-phone,/x?event=incoming",
        "zenith,site-token-of-this-house,/x?event=incoming&mac=001fc11a8b6c"
    })
    void a_wrong_vendor_or_token_is_not_found_and_tells_nothing(String vendor, String token, String url) {
        assertThat(house.get(vendor, token, url, LOBBY_ADDRESS)).isEqualTo(Reply.NOT_FOUND);
        assertThat(house.bus.messages()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?mac=001fc11a8b6c", "/-?mac=001fc11a8b6c"})
    void a_request_that_names_no_event_is_refused(String url) {
        assertThat(house.get("acme", url)).isEqualTo(Reply.NO_EVENT);
    }

    @Test
    void a_vendor_that_names_its_event_in_a_variable_is_read_so() {
        assertThat(house.get("zenith", "?event=incoming&mac=001fc1000003&callId=TC@1"))
                .isEqualTo(Reply.ACCEPTED);
        assertThat(eventTopics()).containsExactly("other/event/call_incoming");
        assertThat(house.get("zenith", "?mac=001fc1000003")).isEqualTo(Reply.NO_EVENT);
        assertThat(house.get("zenith", "?event=$event&mac=001fc1000003")).isEqualTo(Reply.NO_EVENT);
    }

    @Test
    void a_phone_that_sends_more_than_its_rate_is_told_so_and_others_are_not() {
        house.rate(new Rate(0.001, 2));
        assertThat(house.get("acme", "/off-hook?phone=lobby")).isEqualTo(Reply.ACCEPTED);
        assertThat(house.get("acme", "/off-hook?phone=lobby")).isEqualTo(Reply.ACCEPTED);
        assertThat(house.get("acme", "/off-hook?phone=lobby")).isEqualTo(Reply.TOO_MANY);
        assertThat(house.get("acme", "/off-hook?phone=desk")).isEqualTo(Reply.ACCEPTED);
        assertThat(eventTopics()).hasSize(3);
    }

    @Test
    void an_event_is_accepted_only_when_the_broker_has_it() {
        house.bus.beSlow();
        CompletionStage<Reply> reply = house.receive("acme", House.SITE_TOKEN, "/off-hook?phone=lobby", "192.0.2.99");
        assertThat(reply.toCompletableFuture()).isNotDone();
        house.bus.acknowledge();
        assertThat(reply.toCompletableFuture()).isCompletedWithValue(Reply.ACCEPTED);
    }

    @Test
    void an_event_that_the_broker_does_not_take_is_not_promised() {
        house.bus.disconnect();
        assertThat(house.get("acme", "/off-hook?phone=lobby")).isEqualTo(Reply.UNAVAILABLE);
    }

    @Test
    void an_event_whose_derived_one_is_not_taken_is_not_promised() {
        house.get("zenith", "?event=incoming&phone=other");
        house.bus.refuse(message -> message.topic().path().endsWith("call_missed"));
        assertThat(house.get("zenith", "?event=ended&phone=other")).isEqualTo(Reply.UNAVAILABLE);
    }

    @Test
    void the_events_json_is_as_the_contract_says() {
        house.get(
                "acme",
                "/Incoming Call?phone=lobby&call_id=a84b4c76e667&remote=sip:42@10.0.0.9&display_remote=Peter&local=101");
        JsonObject json = event("lobby/event/call_incoming");
        String id = json.get("id").getAsString();
        assertThat(id).matches("[0-9A-HJKMNP-TV-Z]{26}");
        assertThat(json)
                .isEqualTo(JsonParser.parseString("{'event_type':'call_incoming','id':'" + id
                        + "','seq':1,'phone':'lobby','time':'2026-11-21T08:15:32.123Z','vendor':'acme',"
                        + "'vendor_event':'Incoming Call','derived':false,'late':false,"
                        + "'call':{'id':'a84b4c76e667','direction':'inbound','number':'42','name':'Peter','local':'101'},"
                        + "'params':{'phone':'lobby','call_id':'a84b4c76e667','remote':'sip:42@10.0.0.9',"
                        + "'display_remote':'Peter','local':'101'}}"));
    }

    @Test
    void an_event_that_speaks_of_no_call_has_none() {
        house.get("acme", "/Registered?phone=lobby");
        assertThat(event("lobby/event/account_registered").has("call")).isFalse();
        assertThat(house.bus.retained("lobby/state/registration")).contains("registered");
    }

    @Test
    void a_derived_event_follows_and_says_so() {
        house.get("zenith", "?event=incoming&phone=other&callId=1&number=42");
        house.get("zenith", "?event=ended&phone=other&callId=1");
        assertThat(eventTopics())
                .containsExactly("other/event/call_incoming", "other/event/call_ended", "other/event/call_missed");
        JsonObject ended = event("other/event/call_ended");
        JsonObject missed = event("other/event/call_missed");
        assertThat(ended.get("derived").getAsBoolean()).isFalse();
        assertThat(missed.get("derived").getAsBoolean()).isTrue();
        assertThat(missed.get("vendor_event").getAsString()).isEqualTo("ended");
        assertThat(missed.get("seq").getAsLong()).isEqualTo(3);
        assertThat(missed.getAsJsonObject("call").get("number").getAsString()).isEqualTo("42");
        assertThat(missed.get("id")).isNotEqualTo(ended.get("id"));
    }

    @Test
    void an_event_that_the_table_does_not_know_is_a_vendor_event() {
        assertThat(house.get("acme", "/brand-new-thing?phone=lobby&x=1")).isEqualTo(Reply.ACCEPTED);
        JsonObject json = event("lobby/event/vendor_event");
        assertThat(json.get("vendor_event").getAsString()).isEqualTo("brand-new-thing");
        assertThat(json.getAsJsonObject("params").get("x").getAsString()).isEqualTo("1");
    }

    @Test
    void secrets_never_come_into_the_params() {
        house.get(
                "acme",
                OWN_TOKEN,
                "/off-hook?token=abc&Password=geheim&api_token=xyz&PIN=1234&url=http://h/" + OWN_TOKEN + "/x&model=A1",
                LOBBY_ADDRESS);
        String json = house.bus.payloads("lobby/event/hook_off").get(0);
        assertThat(json).doesNotContain("abc", "geheim", "xyz", "1234", OWN_TOKEN);
        assertThat(event("lobby/event/hook_off").getAsJsonObject("params").keySet())
                .containsExactly("model");
        assertThat(house.bus.messages()).noneMatch(message -> message.payload().contains(OWN_TOKEN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/off-hook?x/%s/y=1", "/door-%s", "/off-hook?a%s=1"})
    void the_token_is_not_published_wherever_else_it_stands(String form) {
        String url = form.replace("%s", OWN_TOKEN);
        assertThat(house.get("acme", OWN_TOKEN, url, LOBBY_ADDRESS)).isEqualTo(Reply.ACCEPTED);
        assertThat(house.bus.messages()).noneMatch(message -> message.payload().contains(OWN_TOKEN));
    }

    @Test
    void the_token_is_no_event() {
        assertThat(house.get("acme", OWN_TOKEN, "/" + OWN_TOKEN, LOBBY_ADDRESS)).isEqualTo(Reply.NO_EVENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\",\"event_type\":\"hook_on",
                "+/#",
                "a/b/../c",
                "<script>alert(1)</script>",
                "\u2028\u2029",
                "\\u0022}",
                "\uD83D\uDE00 Grüße",
                "$SYS/x"
            })
    void a_hostile_name_stays_inside_the_json(String name) {
        Variables variables = new Variables.Builder()
                .add("phone", "lobby")
                .add("remote", name)
                .add("display_remote", name)
                .build();
        assertThatCode(() -> house.receive("acme", House.SITE_TOKEN, List.of("Incoming Call"), variables, "192.0.2.99"))
                .doesNotThrowAnyException();
        JsonObject json = event("lobby/event/call_incoming");
        assertThat(json.getAsJsonObject("params").get("display_remote").getAsString())
                .isEqualTo(name);
        assertThat(json.get("event_type").getAsString()).isEqualTo("call_incoming");
        assertThat(house.bus.topics()).allMatch(topic -> topic.matches("[a-z0-9_/-]+"));
        assertThat(house.bus.payloads("lobby/state/peer_name")).containsExactly(name.strip());
    }

    @Test
    void a_hostile_event_name_is_a_vendor_event_and_never_a_topic() {
        house.receive(
                "acme",
                House.SITE_TOKEN,
                List.of("x/#\",+"),
                new Variables.Builder().add("phone", "lobby").build(),
                "192.0.2.99");
        assertThat(eventTopics()).containsExactly("lobby/event/vendor_event");
        assertThat(event("lobby/event/vendor_event").get("vendor_event").getAsString())
                .isEqualTo("x/#\",+");
    }

    @Test
    void states_are_published_when_they_change_and_only_then() {
        house.get("acme", "/open-dnd?phone=lobby");
        house.get("acme", "/open-dnd?phone=lobby");
        house.get("acme", "/close-dnd?phone=lobby");
        assertThat(house.bus.payloads("lobby/state/dnd")).containsExactly("ON", "OFF");
        assertThat(house.bus.messages().stream().filter(m -> m.topic().path().contains("/state/")))
                .allMatch(Message::retained);
        assertThat(house.bus.messages().stream().filter(m -> m.topic().path().contains("/event/")))
                .noneMatch(Message::retained);
    }

    @Test
    void a_row_sets_states_beyond_those_of_its_event() {
        house.get("acme", "/mute?phone=lobby");
        house.get("acme", "/terminated?phone=lobby");
        assertThat(house.bus.payloads("lobby/state/mute")).containsExactly("ON", "OFF");
    }

    @Test
    void availability_and_states_come_before_their_event_and_what_is_new_of_the_phone_at_once_after_it() {
        house.get("acme", "/incoming-call?phone=lobby&call_id=1&model=A1");
        assertThat(house.bus.topics())
                .containsExactly(
                        "lobby/availability",
                        "lobby/state/direction",
                        "lobby/state/local",
                        "lobby/state/peer_number",
                        "lobby/state/peer_name",
                        "lobby/state/peer_tags",
                        "lobby/state/calls",
                        "lobby/state/missed",
                        "lobby/state/call",
                        "lobby/event/call_incoming");
        house.time.pass(Duration.ZERO);
        assertThat(house.bus.topics()).endsWith("lobby/event/call_incoming", "lobby/info");
        assertThat(house.bus.retained("lobby/availability")).contains("online");
    }

    @Test
    void states_and_order_are_kept_while_the_broker_is_away() {
        house.get("acme", "/incoming-call?phone=lobby&call_id=1&remote=42");
        house.bus.disconnect();
        house.get("acme", "/established?phone=lobby&call_id=1");
        house.get("acme", "/open-dnd?phone=lobby");
        assertThat(house.bus.retained("lobby/state/call")).contains("ringing");
        house.bus.connect();
        house.settle();
        assertThat(house.bus.retained("lobby/state/call")).contains("connected");
        assertThat(house.bus.retained("lobby/state/dnd")).contains("ON");
        assertThat(house.bus.retained("lobby/state/peer_number")).contains("42");
    }

    @Test
    void a_phone_says_its_model_and_firmware_in_its_info() {
        house.get("acme", "/registered?phone=bare&model=A1&firmware=2.0&mac=001fc1aaaaaa");
        house.settle();
        JsonObject info = JsonParser.parseString(house.bus.retained("bare/info").orElseThrow())
                .getAsJsonObject();
        assertThat(info.get("model").getAsString()).isEqualTo("A1");
        assertThat(info.get("firmware").getAsString()).isEqualTo("2.0");
        assertThat(info.get("mac").getAsString()).isEqualTo("00:1f:c1:aa:aa:aa");
        house.bus.forget();
        house.get("acme", "/registered?phone=bare&model=A1&firmware=2.0&mac=001fc1aaaaaa");
        house.settle();
        assertThat(house.bus.payloads("bare/info")).isEmpty();
    }

    @Test
    void an_event_of_a_phone_whose_file_is_not_read_yet_waits_for_it() {
        try (House starting = new House(House.pid("late"), House.pid("later"))) {
            var early = starting.receive("acme", "/off-hook?phone=late");
            var other = starting.receive("acme", "/off-hook?phone=other");
            starting.file("late", "vendor", "acme");
            assertThat(starting.get("acme", "/off-hook?phone=late")).isEqualTo(Reply.ACCEPTED);
            assertThat(early).isNotDone();
            assertThat(other).isNotDone();
            starting.delete("later");
            assertThat(early).isCompletedWithValue(Reply.ACCEPTED);
            assertThat(other).isCompletedWithValue(Reply.UNKNOWN_PHONE);
            assertThat(starting.get("acme", "/off-hook?phone=later")).isEqualTo(Reply.UNKNOWN_PHONE);
        }
    }

    @Test
    void an_event_does_not_wait_for_files_longer_than_a_phone_waits_for_its_answer() {
        try (House starting = new House(House.pid("late"))) {
            assertThat(starting.receive("acme", "/off-hook?phone=late"))
                    .succeedsWithin(Duration.ofSeconds(20))
                    .isEqualTo(Reply.UNAVAILABLE);
        }
    }

    @Test
    void a_phones_own_token_is_not_refused_while_files_are_still_read() {
        String own = "a-token-of-the-phone-alone";
        try (House starting = new House(House.pid("late"))) {
            var early = starting.receive("acme", own, "/off-hook", "192.0.2.99").toCompletableFuture();
            assertThat(early).isNotDone();
            starting.file("late", "vendor", "acme", "token", own);
            assertThat(early).isCompletedWithValue(Reply.ACCEPTED);
            assertThat(starting.get("acme", own, "/off-hook", "192.0.2.99")).isEqualTo(Reply.ACCEPTED);
            assertThat(starting.get("acme", "wrong", "/off-hook", "192.0.2.99")).isEqualTo(Reply.NOT_FOUND);
        }
    }

    @Test
    void a_file_that_never_comes_does_not_keep_strangers_out_of_the_inbox_for_good() {
        try (House starting = new House(House.pid("lost"))) {
            var early = starting.receive("acme", "/off-hook");
            assertThat(early).isNotDone();
            starting.time.pass(Duration.ofMinutes(2));
            assertThat(starting.get("acme", "/off-hook")).isEqualTo(Reply.UNKNOWN_PHONE);
            assertThat(early).isCompletedWithValue(Reply.UNKNOWN_PHONE);
        }
    }

    @Test
    void a_vendor_whose_feature_is_away_is_unavailable_to_its_phones_and_unknown_to_others() {
        house.registry.removeBinding(house.acme);
        assertThat(house.get("acme", "/off-hook?phone=lobby")).isEqualTo(Reply.UNAVAILABLE);
        assertThat(house.get("acme", "wrong", "/off-hook?phone=lobby", LOBBY_ADDRESS))
                .isEqualTo(Reply.NOT_FOUND);
        house.registry.addBinding(house.acme);
        assertThat(house.get("acme", "/off-hook?phone=lobby")).isEqualTo(Reply.ACCEPTED);
    }

    @Test
    void a_phone_whose_vendor_is_just_coming_is_no_stranger() {
        house.file("east", "vendor", "nadir").file("west", "vendor", "nadir");
        List<Reply> meanwhile = new ArrayList<>();
        house.registry.watch(new PhoneWatcher() {
            @Override
            public void appeared(Phone phone) {
                if (phone.id().equals("east") || phone.id().equals("west")) {
                    String other = phone.id().equals("east") ? "west" : "east";
                    meanwhile.add(house.get("nadir", "/off-hook?phone=" + other));
                }
            }

            @Override
            public void vanished(Phone phone) {
                // Not of interest.
            }
        });
        house.registry.addBinding(Acme.of("nadir", Acme.FULL));
        assertThat(meanwhile).containsExactly(Reply.UNAVAILABLE, Reply.ACCEPTED);
        assertThat(house.get("nadir", "/off-hook?phone=west")).isEqualTo(Reply.ACCEPTED);
    }
}
