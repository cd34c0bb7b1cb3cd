package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bellwire.testkit.CaptureReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code bin/bellwire} as a script calls it: no terminal, no password. */
@ExtendWith(SharedSite.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ShellIT {

    private final Site site;
    private final RecordingPhone phone = RecordingPhone.http();

    ShellIT(Site site) {
        this.site = site;
    }

    @BeforeAll
    void add_phones() {
        site.add(PhoneFile.of("desk", "htek").with("mac", "001fc1000401").at(phone));
        assertThat(site.caller().reports("htek", "/Log%20On?mac=001fc1000401")).isEqualTo(200);
    }

    @AfterAll
    void leave() {
        phone.close();
    }

    @Test
    void config_commands_see_and_change_a_phones_file() {
        site.add(PhoneFile.of("config-desk", "htek").with("password", "never-shown-2"));
        assertThat(output("config:list", "(service.factoryPid=org.bellwire.phone)"))
                .contains("org.bellwire.phone~desk", "org.bellwire.phone~config-desk")
                .doesNotContain("never-shown-2");
        output("config:property-set", "--pid", "org.bellwire.phone-config-desk", "name", "Front");
        Waits.until(
                "the phone has its name",
                () -> output("phone:show", "config-desk").contains("Front"));
        assertThat(site.bellwire().etc("org.bellwire.phone-config-desk.cfg"))
                .content()
                .contains("name = Front", "password = never-shown-2");
        output("config:delete", "org.bellwire.phone-config-desk");
        Waits.until("the phone is gone", () -> !output("phone:list").contains("config-desk"));
    }

    private String output(String... command) {
        return site.bellwire().bellwire(command).output();
    }

    @Test
    void phone_list_shows_every_phone_in_two_seconds() {
        List<Program.Ended> lists = Stream.generate(() -> site.bellwire().bellwire("phone:list"))
                .limit(3)
                .toList();

        assertThat(lists).allSatisfy(list -> {
            assertThat(list.exit()).as(list.output()).isZero();
            assertThat(list.output()).contains("desk", "htek", "registered", "online");
        });
        Duration quickest = lists.stream()
                .map(Program.Ended::took)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        System.out.printf("figure: bin/bellwire phone:list: %d ms%n", quickest.toMillis());
        assertThat(quickest).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void phone_show_tells_of_one_phone() {
        Program.Ended show = site.bellwire().bellwire("phone:show", "desk");

        assertThat(show.exit()).as(show.output()).isZero();
        assertThat(show.output()).contains("desk", "htek", phone.host());
    }

    @Test
    void phone_urls_can_be_pasted() {
        Program.Ended urls = site.bellwire().bellwire("phone:urls", "desk");

        assertThat(urls.exit()).as(urls.output()).isZero();
        assertThat(urls.output())
                .contains("Incoming Call")
                .containsPattern("http://\\S+:" + site.bellwire().port() + "/action/htek/" + Distribution.TOKEN + "/");
    }

    @Test
    void phone_send_sends_and_tells_the_result() {
        phone.forget();

        Program.Ended sent = site.bellwire().bellwire("phone:send", "desk", "dial", "42");

        assertThat(sent.exit()).as(sent.output()).isZero();
        assertThat(sent.output()).contains("accepted");
        assertThat(phone.targets()).containsExactly("/Phone_ActionURL&Command=1&Number=42");
    }

    @Test
    void phone_send_that_is_refused_fails() {
        Program.Ended sent = site.bellwire().bellwire("phone:send", "desk", "dial", "unavailable");

        assertThat(sent.exit()).as(sent.output()).isEqualTo(1);
        assertThat(sent.output()).contains("refused");
    }

    @Test
    void phone_capture_writes_both_ways_without_secrets_and_is_read_back_as_samples() throws Exception {
        String mac = "001fc1000402";
        site.add(PhoneFile.of("captured", "htek")
                .with("mac", mac)
                .with("user", "boss")
                .with("password", "Hunter2Long")
                .at(phone));
        Path output = site.bellwire().home().resolve("outputs-capture.txt");
        try (Program capture = Program.start(
                site.bellwire().home(),
                output,
                Map.of(),
                List.of(site.bellwire().home().resolve("bin/bellwire").toString(), "phone:capture", "captured", "3"))) {
            Waits.until(
                    "it writes", () -> Files.exists(output) && capture.output().contains("writing to"));
            String rest = "/Incoming%20Call?mac=" + mac
                    + "&call_id=x1&remote=sip:471147@10.0.0.9&display_remote=Peter M%FCller";
            assertThat(site.caller().reports("htek", rest)).isEqualTo(200);
            assertThat(site.caller().reports("htek", "/hold?mac=" + mac + "&call_id=x1"))
                    .isEqualTo(200);
            site.bellwire().bellwire("phone:send", "captured", "dial", "471147");
            Waits.until("it ends", () -> !capture.isAlive());
        }
        Path file;
        try (Stream<Path> files = Files.list(site.bellwire().home().resolve("data/captures"))) {
            file = files.filter(each -> each.getFileName().toString().startsWith("captured-"))
                    .findFirst()
                    .orElseThrow();
        }
        String text = Files.readString(file);
        assertThat(text)
                .contains("> GET /action/htek/T/Incoming%20Call?mac=001fc1", "Authorization: Basic (left out)")
                .contains("> GET /Phone_ActionURL&Command=1&Number=")
                .doesNotContain(Distribution.TOKEN)
                .doesNotContain("471147")
                .doesNotContain("Peter")
                .doesNotContain("ller")
                .doesNotContain("Hunter2")
                .doesNotContain("boss");
        assertThat(CaptureReader.read(text))
                .hasSize(3)
                .allSatisfy(each -> assertThat(each.answer()).contains("200"));
        String replayed = CaptureReader.read(text)
                .get(0)
                .target()
                .replace("/action/htek/T/", "/")
                .replaceFirst("mac=[0-9a-f]{12}", "mac=" + mac);
        assertThat(site.caller().reports("htek", replayed)).isEqualTo(200);
    }

    @Test
    void wrong_words_fail_and_say_so() {
        Program.Ended nobody = site.bellwire().bellwire("phone:show", "nobody");
        Program.Ended command = site.bellwire().bellwire("phone:explode");
        Program.Ended nothing = site.bellwire().bellwire();

        assertThat(nobody.exit()).as(nobody.output()).isEqualTo(1);
        assertThat(nobody.output()).contains("nobody");
        assertThat(command.exit()).as(command.output()).isEqualTo(2);
        assertThat(nothing.exit()).as(nothing.output()).isEqualTo(2);
        assertThat(nothing.output()).contains("phone:list");
    }
}
