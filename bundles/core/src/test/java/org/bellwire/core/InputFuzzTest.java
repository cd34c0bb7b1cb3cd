package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.PhoneId;
import org.bellwire.api.config.Cfg;
import org.bellwire.api.config.CfgException;
import org.bellwire.core.command.CommandPayload;
import org.bellwire.core.common.Moment;
import org.bellwire.core.files.CfgText;
import org.bellwire.core.files.UnreadableFileException;
import org.bellwire.core.persist.PhoneSnapshotJson;
import org.bellwire.core.phone.PhoneSettings;
import org.bellwire.core.phone.PhoneSnapshot;
import org.bellwire.testkit.Fuzzing;
import org.junit.jupiter.api.Test;

/** What core reads of others, mutated: commands, phones' files, what was kept of a phone. */
class InputFuzzTest {

    private static final Moment NOW = new Moment(Instant.ofEpochMilli(1_800_000_000_000L), 0);
    private static final String KEPT =
            "{\"form\":\"1\",\"vendor\":\"acme\",\"model\":\"M\",\"firmware\":\"1\",\"mac\":\"001fc11a8b6c\",\"lastEvent\":\"call_incoming\",\"lastEventTime\":\"1700000000000\",\"states\":{\"dnd\":\"ON\",\"mute\":\"OFF\",\"registration\":\"registered\"}"
                    + ",\"calls\":[{\"id\":\"a\",\"state\":\"ringing\",\"direction\":\"inbound\",\"number\":\"42\",\"name\":\"P\",\"local\":\"1\",\"account\":\"1\",\"connected\":\"false\",\"since\":\"1700000000000\"}],\"ended\":[]}";
    private static final PhoneId LOBBY = new PhoneId("lobby");

    @Test
    void no_command_does_harm() {
        Fuzzing.of("command payload")
                .from(
                        "42",
                        "PRESS",
                        "+49 (30) 12-34",
                        "{\"number\":\"42\",\"account\":\"1\",\"id\":\"kitchen-7\",\"expires\":\"2026-11-21T08:15:30Z\"}",
                        "{\"value\":\"ON\"}",
                        "{\"value\":true}",
                        "{\"number\":2001.0}",
                        "{\"number\":\"45\",\"call\":\"TC@1\",\"kind\":\"blind\",\"other\":\"TC@2\"}",
                        "{\"value\":[{\"a\":null},1e9,-0]}",
                        "\"42\"")
                .with(
                        "{",
                        "}",
                        "[",
                        "]",
                        "\"",
                        "\\u0000",
                        "\\",
                        ":",
                        ",",
                        "null",
                        "true",
                        "1e999999999",
                        "-0",
                        "007",
                        "0.1",
                        "\"id\":",
                        "\"value\":",
                        "\"expires\":",
                        "\"number\":",
                        "{\"a\":",
                        "2026-11-21T08:15:30+99:99",
                        "+1000000000-12-31T23:59:59Z",
                        "//",
                        "/*",
                        "#",
                        "\uFEFF",
                        "😀",
                        "\u2028")
                .run(InputFuzzTest::command);
    }

    private static Object command(byte[] input) {
        CommandPayload.Reading reading = CommandPayload.read(new String(input, StandardCharsets.UTF_8));
        assertThat(reading.payload().isPresent()).isEqualTo(reading.fault().isEmpty());
        assertThat(reading.fault()).hasSizeLessThan(1_000);
        return reading.payload()
                        .map(payload -> payload.number().isPresent() + " "
                                + payload.call().isPresent())
                + reading.fault().replaceAll("[^a-z ]", "");
    }

    @Test
    void no_phone_file_does_harm() {
        Fuzzing.of("cfg reader")
                .from(
                        "vendor = htek\nname = Lobby\nmac = 00:1f:c1:1a:8b:6c\nhost = 10.0.0.9\nport=8080\nscheme: https\n",
                        "\uFEFFvendor = htek\r\npassword = a\\\\b\r\ntoken = abcdefghijklmnopqrstuv\r\nallow = reboot, provision\r\n",
                        "! comment\n# comment\nvendor = acme\nhost = [fe80::1%eth0]\nprobe.s = 0\ntls.pin = sha256/"
                                + "0f".repeat(32),
                        "outgoing.uri = 3@192.168.20.22\nuser = a\\\n  b\nname = \\u00fc\\t\\q\n")
                .with(
                        "vendor",
                        "host",
                        "mac",
                        "token",
                        "password",
                        "api.token",
                        "tls.pin",
                        "allow",
                        "probe.s",
                        "=",
                        ":",
                        " ",
                        "\\",
                        "\\u",
                        "\\u00",
                        "\\uZZZZ",
                        "\\\n",
                        "\n",
                        "\r",
                        "\r\n",
                        "\f",
                        "#",
                        "!",
                        "\0",
                        "\uFEFF",
                        "$[env:HOME]",
                        "$[secret:x]",
                        "::",
                        "[",
                        "%",
                        "@",
                        "ä",
                        "a=b\n")
                .allocating(1 << 20, 250)
                .run(InputFuzzTest::file);
    }

    private static Object file(byte[] input) {
        try {
            CfgText text = CfgText.parse(input);
            PhoneSettings settings =
                    PhoneSettings.parse("org.bellwire.phone-lobby.cfg", LOBBY, text.values(), text.oddities());
            return settings.vendor().isEmpty() + " " + text.oddities().size();
        } catch (UnreadableFileException | CfgException e) {
            assertThat(String.valueOf(e.getMessage())).hasSizeLessThan(10_000);
            return e.getClass().getSimpleName() + String.valueOf(e.getMessage()).replaceAll("[^a-z: ]", "");
        }
    }

    @Test
    void nothing_that_was_kept_of_a_phone_does_harm() {
        assertThat(kept(KEPT.getBytes(StandardCharsets.UTF_8))).isNotEqualTo("nothing");
        Fuzzing.of("what is kept of a phone")
                .from(
                        KEPT,
                        "{\"form\":\"1\",\"vendor\":\"acme\",\"states\":{},\"calls\":[]}",
                        "{\"form\":\"2\",\"vendor\":\"acme\"}")
                .with(
                        "{",
                        "}",
                        "[",
                        "]",
                        "\"",
                        ":",
                        ",",
                        "null",
                        "\"calls\":[",
                        "\"states\":{",
                        "9223372036854775808",
                        "-1",
                        "1e99",
                        "[[[[[[[[",
                        "{\"a\":",
                        "\\ud800",
                        "\0")
                .run(InputFuzzTest::kept);
    }

    private static Object kept(byte[] input) {
        Optional<PhoneSnapshot> known = PhoneSnapshotJson.read(new String(input, StandardCharsets.UTF_8), "acme", NOW);
        known.ifPresent(all -> PhoneSnapshotJson.write("acme", all));
        return known.map(all -> all.states().size() + " " + all.calls()).orElse("nothing");
    }

    @Test
    void no_value_of_a_file_does_harm() {
        Fuzzing.of("values of a cfg file")
                .from("20/s, burst 50", "300/min", "tcp://10.0.0.9:1883", "1, 2,3 ,,4", "on", "65535")
                .with("/s", "/min", "burst", ",", " ", "-", "9999999999", "0", "1e9", "0x10", "ä", "\0")
                .run(InputFuzzTest::value);
    }

    private static Object value(byte[] input) {
        Cfg cfg = Cfg.of("some.cfg", Map.of("a", new String(input, StandardCharsets.UTF_8)));
        cfg.integer("a", 1, 0, 10);
        cfg.list("a");
        cfg.text("a");
        cfg.secret("a");
        try {
            cfg.check();
            return "right";
        } catch (CfgException e) {
            return String.valueOf(e.getMessage()).replaceAll("[^a-z]", "");
        }
    }
}
