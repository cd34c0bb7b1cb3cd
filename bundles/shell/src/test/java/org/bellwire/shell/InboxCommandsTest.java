package org.bellwire.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.Property;
import org.bellwire.api.SiteId;
import org.bellwire.api.port.UnknownPhones.Adoption;
import org.bellwire.api.port.UnknownPhones.UnknownPhone;
import org.bellwire.shell.Shell.Printed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code phone:inbox}, {@code phone:adopt}, and what scripts read. */
class InboxCommandsTest {

    private final Shell shell = new Shell();

    @BeforeEach
    void fill() {
        shell.bindings.add(ShownPhones.acme());
        shell.phones.add(ShownPhones.lobby());
        shell.unknown.add(new UnknownPhone(
                "acme",
                Optional.of("00:1f:c1:1a:8b:6c"),
                "10.0.0.7",
                false,
                Optional.of("S5\u001b[31m00"),
                Optional.empty(),
                Instant.parse("2026-11-21T08:15:30Z"),
                Instant.parse("2026-11-21T08:15:31.123456789Z"),
                2,
                SiteId.OWN));
    }

    @AfterEach
    void close() {
        shell.close();
    }

    @Test
    void the_inbox_is_a_table_that_plays_no_tricks() {
        assertThat(shell.run("phone:inbox").out())
                .contains("MAC               | Vendor | Address  | Model")
                .contains("00:1f:c1:1a:8b:6c | acme   | 10.0.0.7 | S5[31m00 | -")
                .doesNotContain("\u001b");
    }

    @Test
    void an_empty_inbox_says_so() {
        shell.unknown.clear();
        assertThat(shell.run("phone:inbox").out()).isEqualTo("No unknown phone has reported.\n");
        assertThat(shell.run("phone:inbox --json").out()).isEqualTo("[]\n");
    }

    @Test
    void the_inbox_as_json_is_valid_and_whole() {
        Printed printed = shell.run("phone:inbox --json");
        JsonArray all = JsonParser.parseString(printed.out()).getAsJsonArray();
        assertThat(all.get(0).getAsJsonObject().get("model").getAsString()).isEqualTo("S5\u001b[31m00");
        assertThat(all.get(0).getAsJsonObject().get("firmware").isJsonNull()).isTrue();
        assertThat(all.get(0).getAsJsonObject().get("last_seen").getAsString())
                .as("to the millisecond, as in the topics")
                .isEqualTo("2026-11-21T08:15:31.123Z");
        assertThat(printed.out()).doesNotContain("\u001b");
    }

    @Test
    void adopting_tells_the_file() {
        Printed printed = shell.run("phone:adopt 001FC11A8B6C reception --name 'At the door' --vendor acme");
        assertThat(printed.out()).isEqualTo("adopted reception (acme, Name): etc/org.bellwire.phone-reception.cfg\n");
        assertThat(shell.adoptions)
                .containsExactly(new Adoption(
                        "001FC11A8B6C", Optional.of("acme"), Optional.of("reception"), Optional.of("At the door")));
    }

    @Test
    void adopting_needs_no_id() {
        shell.run("phone:adopt --name Door 00:1f:c1:1a:8b:6c");
        assertThat(shell.adoptions)
                .containsExactly(
                        new Adoption("00:1f:c1:1a:8b:6c", Optional.empty(), Optional.empty(), Optional.of("Door")));
    }

    @Test
    void adopting_what_is_not_there_fails() {
        shell.unknown.clear();
        assertThat(shell.run("phone:adopt 001fc11a8b6d").thrown()).hasValueSatisfying(e -> {
            assertThat(e).hasMessageContaining("is not in the inbox");
            assertThat(CommandFailure.status(e)).isEqualTo(1);
        });
    }

    @Test
    void the_list_as_json_has_the_same_keys_for_each_phone() {
        shell.phones.add(ShownPhones.of("broken", "gone", false, Optional.of("vendor: \u202e wrong")));
        Printed printed = shell.run("phone:list --json");
        JsonArray all = JsonParser.parseString(printed.out()).getAsJsonArray();
        assertThat(all).hasSize(2);
        JsonObject lobby = all.get(0).getAsJsonObject();
        JsonObject broken = all.get(1).getAsJsonObject();
        assertThat(lobby.keySet()).isEqualTo(broken.keySet());
        assertThat(lobby.get("id").getAsString()).isEqualTo("lobby");
        assertThat(lobby.getAsJsonObject("states").get("call").getAsString()).isEqualTo("ringing");
        assertThat(broken.get("fault").getAsString()).isEqualTo("vendor: \u202e wrong");
        assertThat(broken.get("mac").isJsonNull()).isTrue();
        assertThat(printed.err()).isEmpty();
    }

    @Test
    void an_empty_list_as_json_is_empty() {
        shell.phones.clear();
        assertThat(shell.run("phone:list --json").out()).isEqualTo("[]\n");
    }

    @Test
    void one_phone_as_json_tells_what_it_can() {
        shell.phones.set(0, ShownPhones.phone("lobby", Map.of(Property.PEER_NAME, "\u001b[2J\"")));
        for (String line : new String[] {"phone:show lobby --json", "phone:show --json lobby"}) {
            Printed printed = shell.run(line);
            JsonObject phone = JsonParser.parseString(printed.out()).getAsJsonObject();
            assertThat(phone.getAsJsonArray("commands")).hasSize(2);
            assertThat(phone.getAsJsonObject("states").get("peer_name").getAsString())
                    .isEqualTo("\u001b[2J\"");
            assertThat(printed.out()).doesNotContain("\u001b");
        }
    }
}
