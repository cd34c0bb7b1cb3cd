package org.bellwire.console.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bellwire.api.Property;
import org.bellwire.api.port.Phones.Device;
import org.bellwire.api.port.Phones.PhoneStatus;
import org.bellwire.console.view.PhoneRows.Wish;
import org.junit.jupiter.api.Test;

final class PhoneRowsTest {

    private static final List<PhoneStatus> ALL = List.of(
            phone("bell", "htek", Map.of(Property.CALL, "ringing", Property.PEER_TAGS, "vip work"), Optional.empty()),
            phone("desk", "nfon", Map.of(Property.CALL, "connected", Property.MISSED, "3"), Optional.empty()),
            phone("hall", "htek", Map.of(Property.CALL, "idle", Property.PEER_NAME, "Ada"), Optional.empty()),
            phone("wrong", "htek", Map.of(), Optional.of("mac: is no MAC address")));

    private static PhoneStatus phone(String id, String vendor, Map<Property, String> states, Optional<String> fault) {
        return new PhoneStatus(
                id,
                "Phone " + id,
                vendor,
                Optional.empty(),
                Optional.empty(),
                false,
                true,
                states,
                Optional.empty(),
                Optional.empty(),
                fault,
                Device.UNKNOWN,
                "",
                Optional.empty());
    }

    private static JsonObject rows(Wish wish) {
        return JsonParser.parseString(PhoneRows.of(ALL, wish)).getAsJsonObject();
    }

    private static List<String> ids(Wish wish) {
        List<String> ids = new ArrayList<>();
        rows(wish)
                .getAsJsonArray("phones")
                .forEach(row -> ids.add(row.getAsJsonObject().get("id").getAsString()));
        return ids;
    }

    private static Wish wish(String filter, String vendor, Set<String> group, String tag, String sort) {
        return new Wish(filter, vendor, group, tag, sort, 0, 100);
    }

    @Test
    void filter_needs_every_word_anywhere() {
        assertThat(ids(wish("RINGING bell", "", Set.of(), "", "id"))).containsExactly("bell");
        assertThat(ids(wish("ada", "", Set.of(), "", "id"))).containsExactly("hall");
        assertThat(ids(wish("fault", "", Set.of(), "", "id"))).containsExactly("wrong");
        assertThat(ids(wish("nobody", "", Set.of(), "", "id"))).isEmpty();
    }

    @Test
    void vendor_group_and_tag_narrow_the_list() {
        assertThat(ids(wish("", "nfon", Set.of(), "", "id"))).containsExactly("desk");
        assertThat(ids(wish("", "", Set.of("hall", "desk"), "", "id"))).containsExactly("desk", "hall");
        assertThat(ids(wish("", "", Set.of(), "vip", "id"))).containsExactly("bell");
        assertThat(ids(wish("", "", Set.of(), "vi", "id"))).isEmpty();
    }

    @Test
    void tags_of_all_calls_are_told_to_choose_from() {
        assertThat(rows(wish("hall", "", Set.of(), "", "id")).get("tags")).hasToString("[\"vip\",\"work\"]");
    }

    @Test
    void who_rings_comes_first_by_state_and_who_missed_most_by_missed() {
        assertThat(ids(wish("", "", Set.of(), "", "state"))).containsExactly("bell", "desk", "wrong", "hall");
        assertThat(ids(wish("", "", Set.of(), "", "missed")).get(0)).isEqualTo("desk");
    }

    @Test
    void only_what_is_asked_for_is_sent() {
        JsonObject page = rows(new Wish("", "", Set.of(), "", "id", 1, 2));
        assertThat(page.get("total").getAsInt()).isEqualTo(4);
        assertThat(page.getAsJsonArray("phones")).hasSize(2);
        assertThat(ids(new Wish("", "", Set.of(), "", "id", 99, 2))).isEmpty();
    }

    @Test
    void hostile_name_is_a_value_and_nothing_else() {
        PhoneStatus hostile =
                phone("x", "htek", Map.of(Property.PEER_NAME, "\"},{\"id\":\"<img>\u2028"), Optional.empty());
        JsonObject page = JsonParser.parseString(PhoneRows.of(List.of(hostile), wish("", "", Set.of(), "", "id")))
                .getAsJsonObject();
        assertThat(page.getAsJsonArray("phones")).hasSize(1);
        assertThat(page.toString()).contains("\\\"},{\\\"id");
    }

    @Test
    void gateway_that_serves_a_phone_is_named_and_found() {
        PhoneStatus there = new PhoneStatus(
                "far",
                "",
                "htek",
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Device.UNKNOWN,
                "",
                Optional.of("gateway-2"));
        JsonObject page = JsonParser.parseString(
                        PhoneRows.of(List.of(there), wish("gateway-2", "", Set.of(), "", "id")))
                .getAsJsonObject();
        assertThat(page.getAsJsonArray("phones")
                        .get(0)
                        .getAsJsonObject()
                        .get("gateway")
                        .getAsString())
                .isEqualTo("gateway-2");
    }
}
