package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.port.Contacts.Contact;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What contacts add to events and states. */
class ContactsInEventsTest {

    private final House house = new House();

    @BeforeEach
    void write_files() {
        house.file("desk", "vendor", "zenith");
        contacts(Map.of("42", new Contact("Anna Muster", List.of("family", "vip"))));
        house.settle();
    }

    private void contacts(Map<String, Contact> known) {
        house.contacts.use(number -> Optional.ofNullable(known.get(number)));
    }

    @AfterEach
    void leave() {
        house.close();
    }

    private JsonObject event(String event, String type) {
        house.get("zenith", "?phone=desk&event=" + event);
        List<String> payloads = house.bus.payloads("desk/event/" + type);
        return JsonParser.parseString(payloads.get(payloads.size() - 1)).getAsJsonObject();
    }

    private String state(String property) {
        return house.bus.retained("desk/state/" + property).orElse("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"incoming", "outgoing"})
    void the_contact_of_the_other_party_names_the_call_in_both_directions(String way) {
        JsonObject json = event(way + "&callId=1&number=42&name=A.M.", "call_" + way);
        JsonObject call = json.getAsJsonObject("call");
        assertThat(call.get("name").getAsString()).isEqualTo("Anna Muster");
        assertThat(call.get("contact")).hasToString("{\"name\":\"Anna Muster\",\"tags\":[\"family\",\"vip\"]}");
        assertThat(json.getAsJsonObject("params").get("name").getAsString()).isEqualTo("A.M.");
    }

    @Test
    void states_name_the_contact_and_its_tags_until_the_call_is_over() {
        event("incoming&callId=1&number=42&name=A.M.", "call_incoming");
        assertThat(state("peer_name")).isEqualTo("Anna Muster");
        assertThat(state("peer_tags")).isEqualTo("family vip");
        assertThat(state("calls")).contains("Anna Muster");
        event("ended&callId=1", "call_ended");
        assertThat(state("peer_name")).isEmpty();
        assertThat(state("peer_tags")).isEmpty();
    }

    @Test
    void without_a_contact_the_phones_name_stays() {
        JsonObject call =
                event("incoming&callId=1&number=43&name=Peter", "call_incoming").getAsJsonObject("call");
        assertThat(call.get("name").getAsString()).isEqualTo("Peter");
        assertThat(call.has("contact")).isFalse();
        assertThat(state("peer_name")).isEqualTo("Peter");
        assertThat(state("peer_tags")).isEmpty();
    }

    @Test
    void contacts_that_change_during_a_call_rename_it_within_seconds() {
        event("incoming&callId=1&number=42&name=A.M.", "call_incoming");
        contacts(Map.of("42", new Contact("Anna Neu", List.of())));
        house.time.pass(Duration.ofSeconds(10));
        assertThat(state("peer_name")).isEqualTo("Anna Neu");
        assertThat(state("peer_tags")).isEmpty();
    }
}
