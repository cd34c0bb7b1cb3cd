package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bellwire.api.CommandName;
import org.bellwire.api.Property;
import org.bellwire.api.Scheme;
import org.bellwire.api.port.Phones.PhoneStatus;
import org.bellwire.api.port.Reply;
import org.bellwire.core.phone.Phone;
import org.bellwire.core.phone.PhoneSettings;
import org.bellwire.core.registry.PhoneFiles;
import org.bellwire.core.registry.PhoneWatcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneRegistryTest {

    private static final String TOKEN = "own-token-of-the-lobby-phone";

    private final House house = new House();

    @AfterEach
    void leave() {
        house.close();
    }

    private PhoneStatus status(String id) {
        return house.registry.find(id).orElseThrow();
    }

    @Test
    void a_right_file_is_a_phone_with_all_that_it_says() {
        house.file(
                "lobby",
                "vendor",
                "ACME",
                "name",
                "Lobby",
                "mac",
                "00-1F-C1-1A-8B-6C",
                "host",
                "[2001:db8::1]",
                "port",
                "8080",
                "scheme",
                "https",
                "user",
                "admin",
                "password",
                "p",
                "api.token",
                "t",
                "account",
                "1",
                "outgoing.uri",
                "3@192.168.20.22",
                "token",
                TOKEN,
                "tls.pin",
                "sha256:" + "AB:".repeat(31) + "AB",
                "allow",
                "reboot, Provision",
                "probe.s",
                "0");
        PhoneSettings settings = house.phone("lobby").settings();
        assertThat(settings.vendor()).isEqualTo("acme");
        assertThat(settings.mac().orElseThrow()).hasToString("00:1f:c1:1a:8b:6c");
        assertThat(settings.host()).contains("2001:db8::1");
        assertThat(settings.pin()).contains("ab".repeat(32));
        assertThat(settings.allow()).containsExactlyInAnyOrder(CommandName.REBOOT, CommandName.PROVISION);
        assertThat(settings.probeSeconds()).isZero();
        assertThat(settings.warnings()).isEmpty();
        var address = house.phone("lobby").address().orElseThrow();
        assertThat(address.port()).isEqualTo(8080);
        assertThat(address.scheme()).isEqualTo(Scheme.HTTPS);
        assertThat(status("lobby").fault()).isEmpty();
        assertThat(status("lobby").ownToken()).isTrue();
        assertThat(house.log.warnings()).isEmpty();
    }

    @Test
    void a_file_with_a_vendor_only_is_a_phone_with_the_usual_settings() {
        house.file("lobby", "vendor", "acme");
        PhoneSettings settings = house.phone("lobby").settings();
        assertThat(settings.name()).isEqualTo("lobby");
        assertThat(settings.probeSeconds()).isEqualTo(60);
        assertThat(house.phone("lobby").address()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({",80", "https,443", "http,80"})
    void a_port_that_the_file_does_not_name_follows_the_scheme(String scheme, int port) {
        house.file("lobby", "vendor", "acme", "host", "phone.example", "scheme", scheme == null ? "" : scheme);
        assertThat(house.phone("lobby").address().orElseThrow().port()).isEqualTo(port);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mac|00:1f:c1|MAC address",
                "mac|zz:1f:c1:1a:8b:6c|MAC address",
                "host|http://phone|without http://",
                "host|a b|host name",
                "host|phone/x|host name",
                "host|127.0.0.1:8080|a key of its own, port = 8080",
                "host|phone.example:80|a key of its own, port = 80",
                "host|[::1]:80|a key of its own, port = 80",
                "host|[fe80::1%eth0]:443|a key of its own, port = 443",
                "host|[::1|host name",
                "host|::1]|host name",
                "host|1::2::3|host name",
                "host|phone:|host name",
                "host|fe80::1%|host name",
                "host|phone,phone2|host name",
                "vendor|a b|name of a vendor",
                "port|0|65535",
                "port|http|whole number",
                "scheme|ftp|http or https",
                "token|short|22 to 128",
                "token|with blank and more than 22|22 to 128",
                "outgoing.uri|3@host&x=1|SIP address",
                "tls.pin|abcd|64 hexadecimal",
                "allow|fly|'fly'",
                "probe.s|-1|whole number",
                "probe.s|soon|whole number",
                "password|$[env:NO_SUCH]|environment"
            })
    void a_wrong_value_names_file_key_and_reason_once_and_hurts_nobody_else(String key, String value, String reason) {
        house.file("good", "vendor", "acme");
        house.file("lobby", "vendor", "acme", key, value);
        assertThat(house.registry.index().byId("lobby")).isEmpty();
        assertThat(house.fault("lobby")).startsWith(key + ": ").contains(reason);
        assertThat(house.log.warnings()).hasSize(1);
        assertThat(house.log.warnings().get(0)).contains("org.bellwire.phone-lobby.cfg", key, reason);
        assertThat(house.registry.index().byId("good")).isPresent();
        house.file("lobby", "vendor", "acme", key, value);
        assertThat(house.log.warnings()).as("the same fault again").hasSize(1);
        house.file("lobby", "vendor", "acme");
        assertThat(house.registry.index().byId("lobby")).isPresent();
        assertThat(house.log.lines()).anyMatch(line -> line.startsWith("INFO") && line.contains("ready"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "phone.example",
                "phone-7_a",
                "::",
                "::1",
                "[::1]",
                "2001:db8::1:8080",
                "[2001:DB8:0:0:0:0:0:1]",
                "1:2:3:4:5:6:7:8",
                "::ffff:192.0.2.1",
                "fe80::1%eth0",
                "[fe80::1%25]",
                "fe80::1%no-such-interface.7"
            })
    void a_name_and_any_form_of_an_address_is_a_host(String host) {
        house.file("lobby", "vendor", "acme", "host", host);
        assertThat(house.fault("lobby")).isEmpty();
        assertThat(house.phone("lobby").settings().host()).contains(host.replaceAll("^\\[|]$", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "admin:geheim@192.0.2.1",
                "geheim@phone.example:80",
                "http://admin:geheim@phone/x",
                "geheim@",
                "geheim a@b"
            })
    void a_host_with_a_password_before_it_is_refused_without_repeating_it(String host) {
        house.file("lobby", "vendor", "acme", "host", host);
        assertThat(house.fault("lobby")).startsWith("host: ").doesNotContain("geheim");
        assertThat(house.log.lines()).noneMatch(line -> line.contains("geheim"));
    }

    @Test
    void a_file_of_any_number_and_length_of_keys_and_values_stays_short_in_log_and_list() {
        String[] many = new String[80_000];
        for (int i = 0; i < many.length; i++) {
            many[i] = "k" + i;
        }
        house.file("many", many);
        assertThat(house.fault("many")).contains("40000 keys");
        house.file(
                "long",
                "vendor",
                "acme",
                "name",
                "n".repeat(60_000),
                "user",
                "u".repeat(60_000),
                "k".repeat(60_000),
                "x");
        assertThat(house.fault("long"))
                .contains("name: has more than 255 characters", "user: ")
                .hasSizeLessThan(300);
        house.file("list", "vendor", "acme", "allow", "x,".repeat(30_000));
        assertThat(house.fault("list")).contains("more faults").hasSizeLessThan(1500);
        assertThat(house.log.warnings()).hasSize(3).allMatch(line -> line.length() < 2000);
    }

    @Test
    void a_secret_in_the_wrong_line_is_not_repeated() {
        house.file("lobby", "vendor", "acme", "geheim@host", "x", "mein geheim", "");
        assertThat(house.fault("lobby")).doesNotContain("geheim").contains("no such key");
    }

    @Test
    void a_wrong_secret_is_not_quoted() {
        house.file("lobby", "vendor", "acme", "token", "my secret");
        assertThat(house.fault("lobby")).doesNotContain("my secret");
        assertThat(house.log.lines()).noneMatch(line -> line.contains("my secret"));
    }

    @Test
    void every_fault_of_a_file_is_named_at_once() {
        house.file("lobby", "mac", "x", "port", "y");
        assertThat(house.fault("lobby")).contains("vendor: ", "mac: ", "port: ");
    }

    @Test
    void a_key_that_there_is_not_is_warned_of_and_does_no_harm() {
        house.file(
                "lobby",
                "vendor",
                "acme",
                "hots",
                "192.0.2.1",
                "service.pid",
                "x",
                "felix.fileinstall.filename",
                "file:/etc/org.bellwire.phone-lobby.cfg",
                "org.apache.karaf.features.configKey",
                "x");
        assertThat(house.registry.index().byId("lobby")).isPresent();
        assertThat(house.fault("lobby")).isEqualTo("hots: no such key, it is ignored");
        assertThat(house.log.warnings()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bridge", "Lobby", "a b", "-x", "ü"})
    void a_file_name_that_is_no_id_says_so(String name) {
        house.file(name, "vendor", "acme");
        assertThat(house.fault(name)).startsWith("file name: ");
        assertThat(house.registry.index().all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "org.bellwire.phone~lobby,,lobby",
        "org.bellwire.phone.8d1c,file:/opt/etc/org.bellwire.phone-lobby.cfg,lobby",
        "org.bellwire.phone.8d1c,org.bellwire.phone-a-b_c.config,a-b_c"
    })
    void the_id_is_what_stands_behind_the_dash_of_the_file_name(String pid, String file, String id) {
        Map<String, Object> properties = file == null ? Map.of() : Map.of("felix.fileinstall.filename", file);
        assertThat(PhoneFiles.idOf(pid, properties)).isEqualTo(id);
        assertThat(PhoneFiles.fileOf(pid, properties)).startsWith("org.bellwire.phone-" + id);
    }

    @Test
    void a_name_in_utf_8_is_read_right_although_the_container_reads_latin_1() {
        String misread = new String("Empfang Müller".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        house.file("lobby", "vendor", "acme", "name", misread);
        assertThat(status("lobby").name()).isEqualTo("Empfang Müller");
    }

    @Test
    void a_phone_whose_vendor_is_not_installed_says_which_feature_to_install_and_waits() {
        house.file("lobby", "vendor", "nadir");
        assertThat(house.fault("lobby")).contains("vendor", "feature:install bellwire-nadir");
        assertThat(house.log.warnings()).hasSize(1);
        house.registry.addBinding(Acme.of("nadir", Acme.FULL));
        assertThat(house.registry.index().byId("lobby")).isPresent();
        assertThat(house.fault("lobby")).isEmpty();
        assertThat(house.log.warnings()).hasSize(1);
    }

    @Test
    void a_vendor_that_goes_takes_its_phones_and_their_topics_and_brings_them_back() {
        house.file("lobby", "vendor", "acme").file("other", "vendor", "zenith").settle();
        house.get("acme", "/open-dnd?phone=lobby");
        house.registry.removeBinding(house.acme);
        house.settle();
        assertThat(house.fault("lobby")).contains("feature:install bellwire-acme");
        assertThat(house.bus.retained()).doesNotContainKey("lobby/info").containsKey("other/info");
        house.registry.addBinding(house.acme);
        house.settle();
        assertThat(house.bus.retained("lobby/state/dnd")).contains("ON");
    }

    @Test
    void a_newer_binding_of_a_vendor_is_taken_over_in_either_order() {
        house.file("lobby", "vendor", "acme");
        house.get("acme", "/open-dnd?phone=lobby");
        Acme newer = Acme.of("acme", Acme.BY_ROLE);
        house.registry.addBinding(newer);
        house.registry.removeBinding(house.acme);
        assertThat(house.phone("lobby").binding()).isSameAs(newer);
        assertThat(house.get("acme", "/ring?phone=lobby")).isEqualTo(Reply.ACCEPTED);
        assertThat(house.phone("lobby").state(Property.DND)).contains("ON");
    }

    @Test
    void an_edit_keeps_what_is_known_of_the_phone() {
        house.file("lobby", "vendor", "acme", "name", "A").settle();
        house.get("acme", "/incoming-call?phone=lobby&call_id=1");
        house.file("lobby", "vendor", "acme", "name", "B").settle();
        assertThat(house.phone("lobby").state(Property.CALL)).contains("ringing");
        assertThat(status("lobby").name()).isEqualTo("B");
        assertThat(status("lobby").online()).isTrue();
        assertThat(house.bus.retained("lobby/info").orElseThrow()).contains("\"name\":\"B\"");
        assertThat(house.bus.topics().stream().filter("lobby/state/call"::equals))
                .as("never cleared between")
                .allMatch(topic -> house.bus.payloads(topic).stream().noneMatch(String::isEmpty));
    }

    @Test
    void an_edit_to_another_vendor_starts_anew_and_clears_the_old_topics() {
        house.file("lobby", "vendor", "acme").settle();
        house.get("acme", "/open-dnd?phone=lobby");
        house.file("lobby", "vendor", "zenith").settle();
        assertThat(house.bus.retained("lobby/state/dnd")).isEmpty();
        assertThat(house.bus.retained("lobby/info").orElseThrow()).contains("zenith");
        assertThat(house.get("zenith", "?event=incoming&phone=lobby")).isEqualTo(Reply.ACCEPTED);
    }

    @Test
    void an_edit_that_goes_wrong_takes_the_phone_away_until_it_is_right() {
        house.file("lobby", "vendor", "acme", "host", "192.0.2.10").settle();
        house.file("lobby", "vendor", "acme", "host", "http://x").settle();
        assertThat(house.get("acme", "/off-hook?phone=lobby")).isEqualTo(Reply.UNKNOWN_PHONE);
        assertThat(house.bus.retained()).doesNotContainKey("lobby/info");
        house.file("lobby", "vendor", "acme", "host", "192.0.2.10").settle();
        assertThat(house.get("acme", "/off-hook?phone=lobby")).isEqualTo(Reply.ACCEPTED);
    }

    @ParameterizedTest
    @CsvSource({"mac,00:1f:c1:1a:8b:6c,001FC11A8B6C", "token,own-token-of-the-lobby-phone,own-token-of-the-lobby-phone"
    })
    void the_second_phone_with_the_same_waits_until_the_first_gives_it_up(String key, String value, String same) {
        house.file("lobby", "vendor", "acme", key, value);
        house.file("twin", "vendor", "acme", key, same);
        assertThat(house.fault("twin")).isEqualTo(key + ": phone 'lobby' has the same");
        assertThat(house.registry.index().byId("lobby")).isPresent();
        house.file("lobby", "vendor", "acme");
        assertThat(house.fault("twin")).isEmpty();
        assertThat(house.registry.index().byId("twin")).isPresent();
        house.file("lobby", "vendor", "acme", key, value);
        assertThat(house.fault("lobby")).contains("phone 'twin' has the same");
        house.delete("twin");
        assertThat(house.fault("lobby")).isEmpty();
    }

    @Test
    void what_an_edit_changes_is_found_by_the_new_and_no_more_by_the_old() {
        house.file("lobby", "vendor", "acme", "mac", "001fc1000001", "host", "192.0.2.10", "token", TOKEN);
        house.file("lobby", "vendor", "acme", "mac", "001fc1000002", "host", "192.0.2.11");
        assertThat(house.get("acme", "/off-hook?mac=001fc1000002")).isEqualTo(Reply.ACCEPTED);
        assertThat(house.get("acme", "/off-hook?mac=001fc1000001")).isEqualTo(Reply.UNKNOWN_PHONE);
        assertThat(house.get("acme", House.SITE_TOKEN, "/off-hook", "192.0.2.11"))
                .isEqualTo(Reply.ACCEPTED);
        assertThat(house.get("acme", House.SITE_TOKEN, "/off-hook", "192.0.2.10"))
                .isEqualTo(Reply.UNKNOWN_PHONE);
        assertThat(house.get("acme", TOKEN, "/off-hook", "192.0.2.11")).isEqualTo(Reply.NOT_FOUND);
    }

    @Test
    void phones_are_listed_by_id_wrong_ones_too() {
        house.file("b", "vendor", "acme").file("c", "vendor", "nadir").file("a", "port", "x");
        assertThat(house.registry.all()).extracting(PhoneStatus::id).containsExactly("a", "b", "c");
        assertThat(house.registry.bindings()).extracting(b -> b.info().id()).containsExactly("acme", "zenith");
    }

    @Test
    void who_watches_hears_of_every_phone_and_of_nothing_afterwards() {
        house.file("lobby", "vendor", "acme");
        List<String> heard = new ArrayList<>();
        PhoneWatcher watcher = new PhoneWatcher() {
            @Override
            public void appeared(Phone phone) {
                heard.add("+" + phone.id());
            }

            @Override
            public void vanished(Phone phone) {
                heard.add("-" + phone.id());
            }
        };
        house.registry.watch(watcher);
        house.file("desk", "vendor", "acme").delete("desk").delete("never-there");
        house.registry.unwatch(watcher);
        house.file("late", "vendor", "acme");
        assertThat(heard).containsExactly("+lobby", "+desk", "-desk");
    }

    @Test
    void who_hears_of_a_phone_finds_it_as_it_is_now() {
        List<String> names = new ArrayList<>();
        PhoneWatcher watcher = new PhoneWatcher() {
            @Override
            public void appeared(Phone phone) {
                changed(phone, phone);
            }

            @Override
            public void changed(Phone phone, Phone before) {
                house.registry.working(phone.id()).ifPresent(found -> names.add(found.name()));
            }

            @Override
            public void vanished(Phone phone) {
                names.add("-");
            }
        };
        house.registry.watch(watcher);
        house.file("desk", "vendor", "acme", "name", "Desk").file("desk", "vendor", "acme", "name", "New desk");
        house.registry.unwatch(watcher);
        assertThat(names).containsExactly("Desk", "New desk");
    }

    @Test
    void a_phone_works_if_its_file_is_right_and_its_vendor_there_whatever_is_odd_in_it() {
        house.file("lobby", "vendor", "acme", "colour", "red")
                .file("desk", "vendor", "nobody")
                .file("hall", "vendor", "acme", "mac", "x");
        assertThat(status("lobby").fault()).isPresent();
        assertThat(house.registry.working("lobby")).contains(status("lobby"));
        assertThat(house.registry.working("desk")).isEmpty();
        assertThat(house.registry.working("hall")).isEmpty();
    }

    @Test
    void the_registry_is_complete_once_the_files_of_the_start_have_been_read() {
        try (House starting = new House(House.pid("late"))) {
            assertThat(starting.registry.isComplete()).isFalse();
            starting.file("late", "vendor", "acme");
            assertThat(starting.registry.isComplete()).isTrue();
        }
    }
}
