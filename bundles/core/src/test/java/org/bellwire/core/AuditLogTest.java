package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.bellwire.api.Topic;
import org.bellwire.api.port.CommandOrder;
import org.bellwire.api.port.Origin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AuditLogTest {

    private final House house = new House().file("lobby", "vendor", "acme", "host", "192.0.2.7");
    private final Logger audit = Logger.getLogger("org.bellwire.audit");

    @AfterEach
    void leave() {
        audit.setLevel(null);
        house.close();
    }

    private List<String> logged(String phone, String command, String payload, Origin origin) {
        house.log.forget();
        house.commands.carryOut(new CommandOrder(phone, command, payload, origin));
        return house.log.allOf("org.bellwire.audit");
    }

    @Test
    void line_tells_who_ordered_what_and_its_outcome() {
        assertThat(logged("lobby", "hangup", "PRESS", Origin.Shell.SHELL))
                .containsExactly("INFO phone lobby: hangup from shell: accepted");
        assertThat(logged("lobby", "dial", "0711 4;2", new Origin.Topic(new Topic("lobby/command/dial"))))
                .singleElement()
                .asString()
                .startsWith("INFO phone lobby: dial from lobby/command/dial: refused, a number is");
        assertThat(logged("lobby", "dial", "0711 42", Origin.Shell.SHELL))
                .containsExactly("INFO phone lobby: dial ****42 from shell: accepted");
        assertThat(logged("cellar", "dial", "0711421", Origin.Shell.SHELL))
                .containsExactly("INFO phone cellar: dial *****21 from shell: refused, there is no phone 'cellar'");
    }

    @Test
    void numbers_are_masked_at_info() {
        assertThat(logged("lobby", "transfer", "{\"number\":\"0711421\"}", Origin.Shell.SHELL))
                .containsExactly("INFO phone lobby: transfer *****21 from shell: accepted");
    }

    @Test
    void payload_is_whole_at_debug() {
        audit.setLevel(Level.FINE);
        assertThat(logged("lobby", "dial", "0711421", Origin.Shell.SHELL))
                .containsExactly(
                        "INFO phone lobby: dial *****21 from shell: accepted",
                        "FINE phone lobby: dial came as: 0711421");
    }

    @Test
    void nobody_can_forge_a_line() {
        audit.setLevel(Level.ALL);
        String forged = "x\r\nINFO phone lobby: dial from shell: accepted\u0085\u2028\u001b[2K\u202e\u0000";
        for (String command : List.of("dial", "key", "text", "dnd", forged)) {
            for (String payload : List.of(forged, "{\"value\":\"x\\nINFO\",\"call\":\"\\u2028\"}")) {
                assertThat(logged("lobby", command, payload, Origin.Shell.SHELL))
                        .isNotEmpty();
                assertThat(house.log.all())
                        .as(command)
                        .noneMatch(line -> line.codePoints()
                                .anyMatch(c -> Character.isISOControl(c)
                                        || Character.getType(c) == Character.FORMAT
                                        || Character.getType(c) == Character.LINE_SEPARATOR));
            }
        }
        assertThat(logged(forged, "dial", "42", Origin.Shell.SHELL).toString()).doesNotContain("\n");
    }

    @Test
    @Timeout(20) // a careless pattern took minutes, on the thread that serves the broker
    void lines_are_bounded() {
        audit.setLevel(Level.ALL);
        for (String part : List.of("a", "1", "a1b2c3 ")) {
            assertThat(logged("lobby", "text", part.repeat(100_000), Origin.Shell.SHELL))
                    .hasSize(2)
                    .allMatch(line -> line.length() < 600);
        }
    }
}
