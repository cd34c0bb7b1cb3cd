package org.bellwire.homeassistant;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bellwire.api.CommandName;
import org.bellwire.api.port.Phones.Device;
import org.bellwire.api.port.Phones.PhoneStatus;
import org.bellwire.homeassistant.Transition.Outgoing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When what is announced, and when it is removed. */
class HomeAssistantTest {

    private static final String CALL = "homeassistant/sensor/bellwire_lobby_call/config";
    private static final String REBOOT = "homeassistant/button/bellwire_lobby_reboot/config";
    private static final String WHOLE = "homeassistant/device/bellwire_lobby/config";

    private final HomeScene scene = new HomeScene();

    @AfterEach
    void leave() {
        scene.close();
        assertThat(scene.broker.listeners()).isZero();
    }

    private JsonObject config(String topic) {
        return JsonParser.parseString(scene.broker.retained().get(topic)).getAsJsonObject();
    }

    private List<String> ofLobby() {
        return scene.broker.retained().keySet().stream()
                .filter(topic -> topic.contains("/bellwire_lobby"))
                .toList();
    }

    private void pass(int seconds) {
        scene.time.pass(Duration.ofSeconds(seconds));
    }

    @Test
    void a_phone_is_a_device_with_all_that_is_known_of_it() {
        scene.put(
                        "lobby",
                        "htek",
                        "Empfang",
                        Optional.of("00:1f:c1:1a:8b:6c"),
                        new Device(
                                Optional.of("UC926"), Optional.of("2.42"), Optional.of("http://192.0.2.7/"), Set.of()))
                .start();
        JsonObject device = config(CALL).getAsJsonObject("device");
        assertThat(device)
                .hasToString("{\"identifiers\":[\"bellwire_lobby\"],\"connections\":[[\"mac\",\"00:1f:c1:1a:8b:6c\"]],"
                        + "\"name\":\"Empfang\",\"manufacturer\":\"Htek UC series\",\"model\":\"UC926\",\"sw_version\":\"2.42\","
                        + "\"configuration_url\":\"http://192.0.2.7/\",\"via_device\":\"bellwire_bridge\"}");
    }

    @Test
    void the_gateway_comes_first_as_a_device_of_its_own() {
        scene.phone("lobby", "htek").start();
        assertThat(scene.broker.topics().get(0))
                .isEqualTo("homeassistant/binary_sensor/bellwire_bridge_connected/config");
        assertThat(config(scene.broker.topics().get(0))
                        .getAsJsonObject("device")
                        .has("via_device"))
                .isFalse();
    }

    @Test
    void everything_is_retained() {
        scene.phone("lobby", "htek").start();
        assertThat(scene.broker.published()).allMatch(Outgoing::retained);
    }

    @Test
    void commands_that_must_be_allowed_appear_where_they_are() {
        scene.phone("lobby", "htek", "Lobby", Optional.empty(), Set.of(CommandName.REBOOT))
                .start();
        assertThat(config(REBOOT).get("device_class").getAsString()).isEqualTo("restart");
        scene.phone("lobby", "htek", "Lobby", Optional.empty(), Set.of());
        pass(1);
        assertThat(ofLobby()).doesNotContain(REBOOT).contains(CALL);
    }

    @Test
    void a_group_has_the_states_of_a_phone_and_the_commands_of_all_its_members() {
        scene.phone("lobby", "htek")
                .phone("soft", "nfon")
                .group("all", "All phones", "lobby", "soft")
                .start();
        assertThat(scene.broker.retained().keySet())
                .filteredOn(topic -> topic.contains("bellwire_all_"))
                .containsExactlyInAnyOrder(
                        "homeassistant/binary_sensor/bellwire_all_busy/config",
                        "homeassistant/binary_sensor/bellwire_all_off_hook/config",
                        "homeassistant/binary_sensor/bellwire_all_ringing/config",
                        "homeassistant/sensor/bellwire_all_call/config",
                        "homeassistant/sensor/bellwire_all_peer_name/config",
                        "homeassistant/sensor/bellwire_all_peer_number/config",
                        "homeassistant/text/bellwire_all_dial/config");
    }

    @Test
    void a_groups_call_names_no_list_of_calls_which_a_group_does_not_have() {
        scene.phone("lobby", "htek").group("all", "All phones", "lobby").start();
        assertThat(scene.broker.retained().get("homeassistant/sensor/bellwire_lobby_call/config"))
                .contains("json_attributes_topic");
        assertThat(scene.broker.retained().get("homeassistant/sensor/bellwire_all_call/config"))
                .contains("bellwire/all/state/call")
                .doesNotContain("json_attributes");
    }

    @Test
    void two_phones_with_one_mac_stay_two_devices() {
        Optional<String> mac = Optional.of("00:1f:c1:1a:8b:6c");
        scene.put("a", "htek", "A", mac, Device.UNKNOWN)
                .put("b", "htek", "B", mac, Device.UNKNOWN)
                .start();
        assertThat(config("homeassistant/sensor/bellwire_a_call/config").toString())
                .contains("connections");
        assertThat(config("homeassistant/sensor/bellwire_b_call/config").toString())
                .doesNotContain("connections");
    }

    @Test
    void no_object_is_the_end_of_another_one_of_its_component() {
        for (EntityRow one : EntityTable.ROWS) {
            for (EntityRow other : EntityTable.ROWS) {
                assertThat(one.component().equals(other.component())
                                && one.object().endsWith("_" + other.object()))
                        .as(one.key() + " and " + other.key())
                        .isFalse();
            }
        }
    }

    @Test
    void what_has_not_changed_is_not_said_again() {
        scene.phone("lobby", "htek").start();
        scene.broker.forget();
        scene.phone("lobby", "htek");
        pass(60);
        assertThat(scene.broker.topics()).isEmpty();
    }

    @Test
    void a_phone_that_comes_or_changes_is_announced_at_once() {
        scene.start();
        scene.phone("lobby", "htek");
        pass(1);
        assertThat(ofLobby()).contains(CALL);
        scene.phone("lobby", "htek", "New name", Optional.empty(), Set.of());
        pass(1);
        assertThat(scene.broker.retained().get(CALL)).contains("New name");
    }

    @Test
    void a_phone_that_goes_is_removed_whole() {
        scene.phone("lobby", "htek").phone("desk", "htek").start();
        scene.removePhone("lobby");
        pass(5);
        assertThat(ofLobby()).isEmpty();
        assertThat(scene.broker.retained().keySet()).anyMatch(topic -> topic.contains("bellwire_desk"));
    }

    @Test
    void a_phone_whose_vendor_restarts_is_not_removed() {
        scene.phone("lobby", "htek").start();
        scene.broker.forget();
        scene.removePhone("lobby");
        pass(1);
        scene.phone("lobby", "htek");
        pass(60);
        assertThat(scene.broker.published()).isEmpty();
    }

    @Test
    void a_phone_that_went_away_while_bellwire_was_down_is_removed() {
        scene.phone("lobby", "htek")
                .phone("desk", "htek")
                .group("all", "All", "lobby")
                .start();
        scene.close();
        scene.removePhone("lobby");
        scene.removeGroup("all");
        scene.start();
        assertThat(ofLobby()).isEmpty();
        pass(30);
        assertThat(scene.broker.retained().keySet()).noneMatch(topic -> topic.contains("bellwire_all"));
    }

    @Test
    void a_capability_that_went_away_while_bellwire_was_down_is_removed() {
        for (String style : List.of("component", "device")) {
            scene.phone("lobby", "htek", "Lobby", Optional.empty(), Set.of(CommandName.REBOOT))
                    .start("style", style);
            scene.close();
            scene.phone("lobby", "htek", "Lobby", Optional.empty(), Set.of());
            scene.broker.forget();
            scene.start("style", style);
            assertThat(scene.broker.retained().toString()).doesNotContain("bellwire_lobby_reboot");
            scene.close();
        }
        assertThat(scene.broker.published())
                .as("a device is told which entity it has no more")
                .anyMatch(sent ->
                        sent.topic().equals(WHOLE) && sent.payload().contains("\"reboot\":{\"platform\":\"button\"}"));
    }

    @Test
    void what_another_gateway_owns_is_announced_by_that_one() {
        scene.phone("lobby", "htek")
                .phone("desk", "htek")
                .group("all", "All", "lobby", "desk")
                .owner("lobby", "gateway-2")
                .owner("all", "gateway-2")
                .start();
        assertThat(scene.broker.topics())
                .anyMatch(topic -> topic.contains("/bellwire_desk_"))
                .anyMatch(topic -> topic.contains("/bellwire_bridge_"))
                .noneMatch(topic -> topic.contains("/bellwire_lobby_") || topic.contains("/bellwire_all_"));
    }

    @Test
    void phone_that_comes_from_another_gateway_is_announced_even_if_it_was_before() {
        scene.phone("lobby", "htek").owner("lobby", HomeScene.OWN).start();
        scene.owner("lobby", "gateway-2");
        pass(1);
        scene.broker.forget();
        scene.phone("lobby", "htek", "Said by the other one", Optional.empty(), Set.of());
        pass(20);
        assertThat(scene.broker.topics()).isEmpty();
        scene.owner("lobby", HomeScene.OWN);
        pass(4);
        assertThat(scene.broker.topics())
                .as("the events that waited come first")
                .isEmpty();
        pass(2);
        assertThat(scene.broker.topics()).contains(CALL);
        scene.broker.forget();
        scene.owner("lobby", HomeScene.OWN);
        pass(20);
        assertThat(scene.broker.topics()).as("nothing changed").isEmpty();
    }

    @Test
    void phone_that_no_gateway_owns_for_a_moment_is_announced_once_this_one_does() {
        scene.phone("lobby", "htek").owner("lobby", PhoneStatus.NOBODY).start();
        assertThat(ofLobby()).isEmpty();
        scene.ownerUntold("lobby", HomeScene.OWN);
        pass(11);
        assertThat(ofLobby()).contains(CALL);
    }

    @Test
    void phone_that_goes_is_removed_by_its_owner_alone() {
        scene.phone("lobby", "htek").owner("lobby", HomeScene.OWN).start();
        scene.owner("lobby", "gateway-2");
        scene.removePhone("lobby");
        pass(20);
        assertThat(ofLobby()).contains(CALL);
        scene.owner("lobby", HomeScene.OWN);
        pass(20);
        assertThat(ofLobby()).isEmpty();
    }

    @Test
    void phone_of_another_gateway_whose_file_is_wrong_here_stays_announced() {
        scene.phone("lobby", "htek").owner("lobby", HomeScene.OWN).start();
        scene.owner("lobby", "gateway-2");
        scene.spoil("lobby");
        pass(20);
        assertThat(ofLobby()).contains(CALL);
        scene.owner("lobby", HomeScene.OWN);
        pass(20);
        assertThat(ofLobby()).isEmpty();
    }

    @Test
    void hundreds_of_phones_of_other_gateways_hold_up_none_of_this_one() {
        for (int i = 0; i < 350; i++) {
            String id = "a%03d".formatted(i);
            scene.phone(id, "htek").owner(id, "gateway-2");
        }
        scene.phone("lobby", "htek").start();
        assertThat(ofLobby()).contains(CALL);
    }

    @Test
    void two_phones_of_two_gateways_share_no_name_of_an_entity() {
        scene.phone("front-door", "htek")
                .phone("front_door", "htek")
                .owner("front-door", "gateway-2")
                .start();
        assertThat(scene.broker.retained().values())
                .anyMatch(config -> config.contains("sensor.bellwire_front_door_2_call"))
                .noneMatch(config -> config.contains("sensor.bellwire_front_door_call"));
    }

    @Test
    void nothing_is_removed_before_all_files_of_the_start_have_been_read() {
        scene.phone("lobby", "htek").start();
        scene.close();
        scene.removePhone("lobby");
        scene.complete(false);
        scene.start();
        assertThat(ofLobby()).contains(CALL);
        scene.phone("lobby", "htek");
        scene.complete(true);
        pass(60);
        assertThat(ofLobby()).contains(CALL);
    }

    @Test
    void nothing_is_removed_that_is_not_ours() {
        scene.phone("ghost", "htek").start();
        String ours = scene.broker.retained().getOrDefault("homeassistant/sensor/bellwire_ghost_call/config", "");
        scene.close();
        scene.removePhone("ghost");
        String topic = "homeassistant/sensor/bellwire_other_call/config";
        Map<String, String> others = Map.of(
                topic,
                ours.replace("bellwire_ghost", "bellwire_other").replace("\"bellwire/", "\"house2/"),
                "homeassistant/sensor/bellwire_x_call/config",
                ours,
                "homeassistant/sensor/bellwire_y_call/config",
                ours.replace("ghost", "y").replace("{\"name\":\"Bellwire\"", "{\"name\":\"Z\""),
                "homeassistant/sensor/bellwire_z_call/config",
                "no json",
                "homeassistant/sensor/kitchen/config",
                ours.replace("bellwire_ghost_call", "kitchen"));
        others.forEach(scene.broker::keep);
        scene.start();
        pass(60);
        assertThat(scene.broker.retained()).containsAllEntriesOf(others);
        assertThat(scene.broker.retained()).doesNotContainKey("homeassistant/sensor/bellwire_ghost_call/config");
    }

    @Test
    void everything_is_said_again_after_each_connect() {
        scene.phone("lobby", "htek").start();
        scene.disconnect();
        pass(1);
        scene.broker.retained().keySet().forEach(topic -> scene.broker.keep(topic, ""));
        scene.connect();
        pass(10);
        assertThat(ofLobby()).contains(CALL);
    }

    @Test
    void what_went_while_there_was_no_connection_is_removed_after_it() {
        scene.phone("lobby", "htek").start();
        scene.disconnect();
        scene.removePhone("lobby");
        pass(60);
        assertThat(ofLobby()).contains(CALL);
        scene.connect();
        pass(10);
        assertThat(ofLobby()).isEmpty();
    }

    @Test
    void a_birth_is_answered_after_a_random_moment_and_once_in_thirty_seconds() {
        scene.phone("lobby", "htek").start();
        scene.broker.forget();
        scene.broker.birth(false);
        scene.time.pass(Duration.ofMillis(100));
        assertThat(scene.broker.topics()).isEmpty();
        pass(4);
        assertThat(scene.broker.topics()).containsOnlyOnce(CALL);
        scene.broker.birth(false);
        scene.broker.birth(false);
        pass(20);
        assertThat(scene.broker.topics()).containsOnlyOnce(CALL);
        pass(12);
        assertThat(scene.broker.topics().stream().filter(CALL::equals)).hasSize(2);
    }

    @Test
    void a_birth_that_the_broker_kept_is_none() {
        scene.start();
        scene.broker.forget();
        scene.broker.birth(true);
        pass(60);
        assertThat(scene.broker.topics()).isEmpty();
    }

    @Test
    void a_change_of_style_lets_go_of_the_old_configs_first_and_removes_them_last() {
        scene.phone("lobby", "htek").start();
        scene.broker.forget();
        scene.set("style", "device");
        List<String> sent = scene.broker.published().stream()
                .filter(message ->
                        message.topic().equals(CALL) || message.topic().equals(WHOLE))
                .map(message -> message.topic() + " "
                        + message.payload()
                                .substring(0, Math.min(9, message.payload().length())))
                .toList();
        assertThat(sent).containsExactly(CALL + " {\"migrate", WHOLE + " {\"device\"", CALL + " ");
        scene.broker.forget();
        scene.set("style", "component");
        assertThat(scene.broker.published().get(2))
                .isEqualTo(new Outgoing("homeassistant/device/bellwire_bridge/config", "", true));
        assertThat(scene.broker.retained()).doesNotContainKey(WHOLE).containsKey(CALL);
    }

    @Test
    void a_style_that_was_changed_while_bellwire_was_down_migrates_too() {
        scene.phone("lobby", "htek").start();
        scene.close();
        scene.broker.forget();
        scene.start("style", "device");
        assertThat(scene.broker.published()).contains(new Outgoing(CALL, ConfigJson.MIGRATE, false));
        assertThat(scene.broker.retained()).containsKey(WHOLE).doesNotContainKey(CALL);
    }

    @Test
    void style_off_removes_everything() {
        scene.phone("lobby", "htek").group("all", "All", "lobby").start();
        scene.set("style", "off");
        assertThat(scene.broker.retained()).isEmpty();
    }

    @Test
    void another_prefix_takes_everything_along() {
        scene.phone("lobby", "htek").start();
        int before = scene.broker.retained().size();
        scene.set("prefix", "ha/north");
        assertThat(scene.broker.retained().keySet()).hasSize(before).allMatch(topic -> topic.startsWith("ha/north/"));
        scene.broker.forget();
        scene.broker.birth(false);
        pass(10);
        assertThat(scene.broker.topics()).hasSize(before);
    }

    @Test
    void a_wrong_file_changes_nothing() {
        scene.phone("lobby", "htek").start();
        scene.broker.forget();
        scene.set("prefix", "home/#");
        assertThat(scene.broker.topics()).isEmpty();
    }

    @Test
    void no_more_than_a_few_messages_wait_for_the_broker() {
        for (int i = 0; i < 200; i++) {
            scene.phone("p" + i, "htek");
        }
        scene.broker.beSlow();
        scene.start();
        assertThat(scene.broker.unacknowledged()).isEqualTo(ConfigSender.IN_FLIGHT);
        scene.broker.acknowledge();
        scene.time.pass(Duration.ofMillis(200));
        assertThat(scene.broker.unacknowledged()).isEqualTo(ConfigSender.IN_FLIGHT);
    }

    @Test
    void what_the_broker_did_not_take_is_tried_again() {
        scene.broker.refuse(CALL::equals);
        scene.phone("lobby", "htek").start();
        assertThat(ofLobby()).doesNotContain(CALL).isNotEmpty();
        scene.broker.refuse(topic -> false);
        pass(15);
        assertThat(ofLobby()).contains(CALL);
    }
}
