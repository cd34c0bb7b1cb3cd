package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The three roles of docs/examples/mosquitto at a real mosquitto, with a Bellwire that logs in with its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MosquittoRolesIT {

    private static final Path EXAMPLE = Path.of("../docs/examples/mosquitto");
    private static final String MAC = "001fc1000b01";

    private final Path folder = Scratch.folder("roles");
    private final Mosquitto broker = broker();
    private final Distribution bellwire = Distribution.unpack(folder, broker);
    private final RecordingPhone phone = RecordingPhone.http();
    private final Listener watcher;
    private final Listener reader;
    private final Listener rules;
    private final Listener itself;

    MosquittoRolesIT() {
        broker.start();
        watcher = Listener.as(broker, "watcher", "#");
        reader = Listener.as(broker, "reader", "#");
        rules = Listener.as(broker, "rules", "#");
        itself = Listener.as(broker, "bellwire", "#");
    }

    /** As shipped, but for port and paths, and with one more user who sees all. */
    private Mosquitto broker() {
        try {
            Path passwords = folder.resolve("passwords");
            Files.writeString(
                    folder.resolve("acl"),
                    Files.readString(EXAMPLE.resolve("acl")) + "\nuser watcher\ntopic readwrite #\n");
            Files.writeString(passwords, "");
            for (String user : List.of("bellwire", "reader", "rules", "watcher")) {
                Program.Ended ended = Program.run(
                        folder,
                        Map.of(),
                        Duration.ofSeconds(10),
                        List.of("mosquitto_passwd", "-b", passwords.toString(), user, Listener.password(user)));
                assertThat(ended.exit()).as(ended.output()).isZero();
            }
            return Mosquitto.configured(
                    folder,
                    Files.readString(EXAMPLE.resolve("mosquitto.conf")).replace("/etc/mosquitto/", folder + "/"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeAll
    void start() {
        bellwire.set("org.bellwire.mqtt", "user", "bellwire");
        bellwire.set("org.bellwire.mqtt", "password", Listener.password("bellwire"));
        bellwire.write(PhoneFile.of("reception", "htek").with("mac", MAC).at(phone));
        bellwire.start();
        reader.hears("bellwire/bridge/status", "online", Duration.ofSeconds(20));
        reader.first("bellwire/reception/info");
        // It is online before it has asked for commands, and what is sent until then is sent to nobody.
        Waits.until("Bellwire listens to commands", () -> {
            rules.command("nobody", "hangup", "PRESS");
            return rules.all("bellwire/nobody/result/hangup").findAny().isPresent();
        });
    }

    @AfterAll
    void end() {
        bellwire.close();
        List.of(watcher, reader, rules, itself).forEach(Listener::close);
        phone.close();
        broker.close();
    }

    private Listener role(String name) {
        return switch (name) {
            case "bellwire" -> itself;
            case "reader" -> reader;
            default -> rules;
        };
    }

    /** mosquitto accepts what it drops. It has dealt with it when it acknowledges, so what comes later is behind it. */
    private boolean writes(String role, String topic) {
        int mark = watcher.mark();
        role(role).publish(topic, "tried");
        watcher.publish("mark", "");
        watcher.after(mark).first("mark", any -> true);
        return !watcher.after(mark).all(topic).isEmpty();
    }

    private boolean reads(String role, String topic) {
        Listener who = role(role);
        String behind = role.equals("bellwire") ? "building/mark" : "bellwire/nobody/info";
        int mark = who.mark();
        watcher.publish(topic, "told");
        watcher.publish(behind, "mark");
        who.after(mark).first(behind, any -> true);
        return !who.after(mark).all(topic).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "bellwire, bellwire/nobody/state/call",
        "bellwire, bellwire/nobody/event/call_incoming",
        "bellwire, bellwire/nobody/late/call_incoming",
        "bellwire, bellwire/nobody/result/dial",
        "bellwire, bellwire/nobody/availability",
        "bellwire, bellwire/nobody/info",
        "bellwire, bellwire/bridge/health",
        "bellwire, bellwire/bridge/trigger/front-door",
        "bellwire, homeassistant/sensor/bellwire_nobody_call/config",
        "bellwire, homeassistant/device/bellwire_nobody/config",
        "rules, bellwire/nobody/command/dial",
        "rules, homeassistant/status",
        "rules, building/front-door/bell"
    })
    void role_may_write(String role, String topic) {
        assertThat(writes(role, topic)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "bellwire, bellwire/nobody/command/dial",
        "bellwire, homeassistant/status",
        "bellwire, building/front-door/bell",
        "reader, bellwire/nobody/state/call",
        "reader, bellwire/nobody/command/dial",
        "reader, bellwire/bridge/status",
        "reader, homeassistant/status",
        "reader, building/front-door/bell",
        "rules, bellwire/nobody/state/call",
        "rules, bellwire/nobody/event/call_incoming",
        "rules, bellwire/nobody/result/dial",
        "rules, bellwire/bridge/status",
        "rules, bellwire/nobody/command/open",
        "rules, bellwire/nobody/command/reboot",
        "rules, bellwire/nobody/command/provision",
        "rules, homeassistant/sensor/bellwire_nobody_call/config"
    })
    void role_may_not_write(String role, String topic) {
        assertThat(writes(role, topic)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "bellwire, bellwire/nobody/command/dial",
        "bellwire, bellwire/nobody/command/open",
        "bellwire, homeassistant/status",
        "bellwire, homeassistant/sensor/bellwire_nobody_call/config",
        "bellwire, building/front-door/bell",
        "reader, bellwire/nobody/state/call",
        "reader, bellwire/nobody/event/call_incoming",
        "reader, bellwire/nobody/result/dial",
        "reader, bellwire/bridge/trigger/front-door",
        "reader, homeassistant/sensor/bellwire_nobody_call/config",
        "rules, bellwire/nobody/state/call",
        "rules, bellwire/nobody/event/call_incoming",
        "rules, bellwire/nobody/result/dial",
        "rules, bellwire/bridge/trigger/front-door",
        "rules, homeassistant/sensor/bellwire_nobody_call/config",
        "rules, building/front-door/opened"
    })
    void role_may_read(String role, String topic) {
        assertThat(reads(role, topic)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "bellwire, bellwire/nobody/state/call",
        "reader, bellwire/nobody/command/dial",
        "reader, building/front-door/bell",
        "rules, bellwire/nobody/command/dial"
    })
    void role_may_not_read(String role, String topic) {
        assertThat(reads(role, topic)).isFalse();
    }

    @Test
    void nobody_gets_in_without_a_password() {
        assertThat(Listener.mayLogIn(broker, "", "")).isFalse();
        assertThat(Listener.mayLogIn(broker, "rules", "wrong")).isFalse();
        assertThat(Listener.mayLogIn(broker, "rules", Listener.password("rules")))
                .isTrue();
    }

    @Test
    void readers_and_rules_follow_a_call_that_a_phone_reports() {
        int mark = reader.mark();
        bellwire.caller().reports("htek", "/Incoming%20Call?mac=" + MAC + "&call_id=r1&remote=42");

        reader.after(mark).first("bellwire/reception/event/call_incoming", any -> true);
        rules.hears("bellwire/reception/state/peer_number", "42");
        bellwire.caller().reports("htek", "/Call%20Terminated?mac=" + MAC + "&call_id=r1");
    }

    @Test
    void only_rules_that_may_command_have_a_phone_dial() {
        phone.forget();
        int mark = rules.mark();
        reader.command("reception", "dial", "666");
        rules.command("reception", "dial", "42");

        assertThat(rules.after(mark)
                        .first("bellwire/reception/result/dial", any -> true)
                        .status())
                .isEqualTo("accepted");
        assertThat(phone.targets()).hasSize(1).first().asString().contains("42").doesNotContain("666");
    }
}
