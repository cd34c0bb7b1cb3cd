package org.bellwire.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.bellwire.api.PhoneId;
import org.bellwire.api.port.Groups;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GroupCommandsTest {

    private final Shell shell = new Shell();

    @BeforeEach
    void fill() {
        shell.phones.add(ShownPhones.lobby());
        shell.groups.add(new Groups.Group(
                "floor2", "Second floor", List.of(new PhoneId("lobby"), new PhoneId("desk")), Optional.empty()));
        shell.groups.add(new Groups.Group("broken", "broken", List.of(), Optional.of("phones: is missing")));
    }

    @AfterEach
    void close() {
        shell.close();
    }

    @Test
    void group_is_shown_with_its_phones() {
        assertThat(shell.run("phone:show floor2").out()).contains("Second floor", "group", "lobby", "desk");
    }

    @Test
    void what_is_wrong_with_a_group_is_shown() {
        assertThat(shell.run("phone:show broken").out()).contains("phones: is missing");
    }

    @Test
    void group_as_json_has_its_phones() {
        assertThat(shell.run("phone:show floor2 --json").out())
                .isEqualToIgnoringWhitespace("{\"id\":\"floor2\",\"name\":\"Second floor\",\"kind\":\"group\","
                        + "\"phones\":[\"lobby\",\"desk\"],\"fault\":null}");
    }
}
