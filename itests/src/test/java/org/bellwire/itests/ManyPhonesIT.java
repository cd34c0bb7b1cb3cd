package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A building full of phones with little typing: inbox, adoption, import, export, tail and provisioning, of the distribution. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ManyPhonesIT {

    private static final int PHONES = 300;
    private static final List<String> VENDORS = List.of("sangoma", "htek", "flyingvoice");

    private final Site site = Site.prepared("many-phones");

    @BeforeAll
    void start() {
        site.bellwire().set("org.bellwire.ingress", "rate.address", "2000/s, burst 2000");
        site.start();
    }

    @AfterAll
    void leave() {
        site.close();
    }

    private static String mac(int number) {
        return String.format(Locale.ROOT, "001fc1%06x", number);
    }

    private Program.Ended bellwire(String... words) {
        Program.Ended ended = site.bellwire().bellwire(words);
        assertThat(ended.exit()).as(ended.output()).isZero();
        return ended;
    }

    private Path file(String id) {
        return site.bellwire().etc("org.bellwire.phone-" + id + ".cfg");
    }

    @Test
    void three_hundred_phones_of_one_list_are_there_and_fetch_their_files() throws IOException {
        StringBuilder csv = new StringBuilder("\uFEFFid;vendor;name;mac;host\r\n");
        for (int i = 0; i < PHONES; i++) {
            csv.append(String.format(
                    Locale.ROOT,
                    "room-%03d;%s;\"Room %d; floor\";%s;127.1.%d.%d\r\n",
                    i,
                    VENDORS.get(i % 3),
                    i,
                    mac(i),
                    i / 250,
                    i % 250 + 1));
        }
        Path list = Files.writeString(site.bellwire().home().resolve("phones.csv"), csv);
        long begin = System.nanoTime();
        Program.Ended imported = bellwire("phone:import", list.toString());
        assertThat(imported.output()).contains(PHONES + " added, 0 changed, 0 unchanged");
        Waits.atMost(Duration.ofSeconds(30), "phone:list shows all")
                .until(() ->
                        JsonParser.parseString(bellwire("phone:list", "--json").output())
                                        .getAsJsonArray()
                                        .asList()
                                        .stream()
                                        .filter(phone -> phone.getAsJsonObject()
                                                        .get("id")
                                                        .getAsString()
                                                        .startsWith("room-")
                                                && phone.getAsJsonObject()
                                                        .get("fault")
                                                        .isJsonNull())
                                        .count()
                                == PHONES);
        long listed = System.nanoTime();
        for (int i = 0; i < PHONES; i++) {
            String name = VENDORS.get(i % 3).equals("flyingvoice") ? mac(i) + ".cfg" : "cfg" + mac(i) + ".xml";
            ActionUrlClient.Answer answer =
                    site.caller().gets("/provision/" + VENDORS.get(i % 3) + "/" + Distribution.TOKEN + "/" + name);
            assertThat(answer.status()).as(name).isEqualTo(200);
            assertThat(answer.body()).contains("/action/" + VENDORS.get(i % 3) + "/" + Distribution.TOKEN + "/");
        }
        long fetched = System.nanoTime();
        System.out.printf(
                "figure: %d phones of one CSV: typed 'bin/bellwire phone:import phones.csv' (%d characters); all in phone:list"
                        + " after %d ms; all %d files fetched in %d ms%n",
                PHONES,
                "bin/bellwire phone:import phones.csv".length(),
                (listed - begin) / 1_000_000,
                PHONES,
                (fetched - listed) / 1_000_000);
        assertThat(bellwire("phone:import", list.toString(), "--dry-run").output())
                .contains("0 added, 0 changed, " + PHONES + " unchanged");
        assertThat(Files.readString(file("room-007"))).contains("name = Room 7; floor");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("room-007"))))
                .endsWith("---");
    }

    @Test
    void an_exported_list_imports_as_unchanged_and_has_no_secret() throws IOException {
        site.add(PhoneFile.of("keeper", "htek")
                .with("mac", "001fc1aa0001")
                .with("user", "admin")
                .with("password", "never-shown-1"));
        String export = bellwire("phone:export").output();
        assertThat(export).contains("keeper,htek").doesNotContain("never-shown-1");
        Path list = Files.writeString(site.bellwire().home().resolve("export.csv"), export);
        assertThat(bellwire("phone:import", list.toString()).output()).contains("0 added, 0 changed");
        Files.writeString(list, export.replace("keeper,htek,,", "keeper,htek,Keeper of doors,"));
        bellwire("phone:import", list.toString());
        assertThat(Files.readString(file("keeper"))).contains("password = never-shown-1");
    }

    @Test
    void a_wrong_list_tells_all_its_faults_and_writes_nothing() throws IOException {
        Path list = Files.writeString(
                site.bellwire().home().resolve("wrong.csv"),
                "id,vendor,mac\nwrong-a,htek,001fc1bb0001\nwrong-b,nobody,x\nwrong-c,htek,00:1F:C1:BB:00:01\n");
        Program.Ended ended = site.bellwire().bellwire("phone:import", list.toString());
        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.output())
                .contains(
                        "line 3, column 2 (vendor)",
                        "line 3, column 3 (mac)",
                        "line 4, column 3 (mac): line 2",
                        "3 faults");
        assertThat(file("wrong-a")).doesNotExist();
    }

    @Test
    void an_unknown_phone_is_adopted_from_the_inbox() {
        assertThat(site.caller().reports("htek", "/Log%20On?mac=001fc1cc0001&model=UC924"))
                .isEqualTo(202);
        assertThat(bellwire("phone:inbox").output()).contains("00:1f:c1:cc:00:01", "UC924");
        assertThat(bellwire("phone:adopt", "001FC1CC0001", "new-desk").output()).contains("adopted new-desk");
        try (Listener listener = site.listener()) {
            listener.hears("bellwire/bridge/inbox", "[]", Duration.ofSeconds(10));
        }
        assertThat(site.caller().reports("htek", "/Log%20On?mac=001fc1cc0001")).isEqualTo(200);
    }

    @Test
    void tail_shows_events_as_they_come_and_ends_with_its_client() {
        site.add(PhoneFile.of("tailed", "htek").with("mac", "001fc1dd0001"));
        Path output = site.bellwire().home().resolve("outputs-tail.txt");
        try (Program tail = Program.start(
                site.bellwire().home(),
                output,
                Map.of(),
                List.of(site.bellwire().home().resolve("bin/bellwire").toString(), "phone:tail", "tail*"))) {
            Waits.atMost(Duration.ofSeconds(20), "a line while it runs").until(() -> {
                site.caller().reports("htek", "/Incoming%20Call?mac=001fc1dd0001&remote=sip:42@10.0.0.9&call_id=1");
                return Files.exists(output) && tail.output().contains("tailed  event  call_incoming 42");
            });
            assertThat(tail.isAlive()).isTrue();
            assertThat(tail.output()).doesNotContain("\u001b");
        }
    }

    @Test
    void all_files_of_a_vendor_go_into_a_folder() throws IOException {
        site.add(PhoneFile.of("folded", "sangoma").with("mac", "001fc1ee0001"));
        Path folder = site.bellwire().home().resolve("tftp");
        bellwire("phone:provision", "sangoma", "--all", folder.toString());
        assertThat(folder.resolve("cfg001fc1ee0001.xml")).content().contains("ActionUrl.IncomingCall");
    }

    @Test
    void what_is_not_there_is_answered_as_a_wrong_token_is() {
        List<ActionUrlClient.Answer> answers = new ArrayList<>();
        String token = Distribution.TOKEN;
        Stream.of(
                        "/provision/sangoma/" + token + "/other.xml",
                        "/provision/sangoma/wrongTokenOfTwentyTwoChar/cfg001fc1000000.xml",
                        "/provision/nfon/" + token + "/cfg001fc1000000.xml",
                        "/provision/nobody/" + token + "/cfg001fc1000000.xml",
                        "/provision/sangoma/" + token,
                        "/provision/sangoma/" + token + "/a/cfg001fc1000000.xml")
                .forEach(target -> answers.add(site.caller().gets(target)));
        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(404));
        assertThat(answers.stream().distinct()).hasSize(1);
    }

    @Test
    void an_unknown_phone_is_adopted_by_itself_where_the_file_says_so() throws IOException {
        site.bellwire().set("org.bellwire.ingress", "adopt", "auto");
        Waits.atMost(Duration.ofSeconds(20), "its file").until(() -> {
            int status = site.caller().reports("htek", "/Log%20On?mac=001fc1ff0001");
            return status == 200 || Files.exists(file("001fc1ff0001"));
        });
        assertThat(Files.readString(file("001fc1ff0001"))).contains("host = 127.0.0.1");
        site.bellwire().set("org.bellwire.ingress", "adopt", "off");
    }
}
