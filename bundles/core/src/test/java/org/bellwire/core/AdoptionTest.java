package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.bellwire.api.SiteId;
import org.bellwire.api.Variables;
import org.bellwire.api.port.ActionUrl.Newcomer;
import org.bellwire.api.port.Limit;
import org.bellwire.api.port.PhoneFileEditor.NotWritten;
import org.bellwire.api.port.Reply;
import org.bellwire.api.port.UnknownPhones;
import org.bellwire.api.port.UnknownPhones.Adopted;
import org.bellwire.api.port.UnknownPhones.Adoption;
import org.bellwire.api.port.UnknownPhones.UnknownPhone;
import org.bellwire.core.event.AutoAdoption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the inbox to a phone's file, by hand and by itself. */
class AdoptionTest {

    private static final Newcomer WELCOME = new Newcomer(false, true);

    @TempDir
    Path folder;

    private House house;

    @BeforeEach
    void build() {
        house = House.in(folder);
    }

    @AfterEach
    void leave() {
        house.close();
    }

    private Reply reports(String vendor, Optional<String> mac, String model, String peer) {
        Variables variables = mac.map(digits -> Variables.NONE.with("mac", digits))
                .orElse(Variables.NONE)
                .with("model", model)
                .with("firmware", "1.0");
        return house.receive(vendor, House.SITE_TOKEN, List.of("off-hook"), variables, peer)
                .toCompletableFuture()
                .getNow(Reply.UNAVAILABLE);
    }

    private Reply reports(String digits, String peer) {
        return reports("acme", Optional.of(digits), "S500", peer);
    }

    private String file(String id) throws IOException {
        return Files.readString(folder.resolve("org.bellwire.phone-" + id + ".cfg"));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private static String digits(int number) {
        return String.format(Locale.ROOT, "001fc1%06x", number);
    }

    @Test
    void the_inbox_tells_all_of_an_unknown_phone() {
        reports("001fc11a8b6c", "192.0.2.5");
        reports("001fc11a8b6c", "192.0.2.6");
        UnknownPhone phone = house.unknown.all().get(0);
        assertThat(house.unknown.all()).hasSize(1);
        assertThat(phone.vendor()).isEqualTo("acme");
        assertThat(phone.mac()).contains("00:1f:c1:1a:8b:6c");
        assertThat(phone.address()).isEqualTo("192.0.2.6");
        assertThat(phone.model()).contains("S500");
        assertThat(phone.events()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"001fc11a8b6c", "00:1F:C1:1A:8B:6C", " 00-1f-c1-1a-8b-6c"})
    void adopting_writes_vendor_name_mac_and_host(String spelling) throws Exception {
        reports("001fc11a8b6c", "192.0.2.5");
        house.unknown.adopt(new Adoption(spelling, Optional.empty(), Optional.of("lobby"), Optional.empty()));
        assertThat(file("lobby")).isEqualTo("""
                vendor = acme
                name = lobby
                mac = 00:1f:c1:1a:8b:6c
                host = 192.0.2.5
                """);
        assertThat(files()).hasSize(1);
    }

    @Test
    void without_an_id_the_mac_is_it() throws Exception {
        reports("001fc11a8b6c", "192.0.2.5");
        Adopted adopted = house.unknown.adopt(Adoption.of("001fc11a8b6c"));
        assertThat(adopted.id()).isEqualTo("001fc11a8b6c");
        assertThat(adopted.name()).isEqualTo("S500 1a8b6c");
        assertThat(adopted.file()).isEqualTo("org.bellwire.phone-001fc11a8b6c.cfg");
    }

    @Test
    void one_that_tells_no_mac_is_adopted_by_its_address() throws Exception {
        reports("acme", Optional.empty(), "S500", "192.0.2.5");
        Adopted adopted = house.unknown.adopt(Adoption.of("192.0.2.5"));
        assertThat(adopted.id()).isEqualTo("192-0-2-5");
        assertThat(file("192-0-2-5")).doesNotContain("mac").contains("host = 192.0.2.5");
    }

    @Test
    void an_address_of_version_6_makes_an_id_too() throws Exception {
        reports("acme", Optional.empty(), "S500", "2001:db8::5");
        assertThat(house.unknown.adopt(Adoption.of("2001:db8::5")).id()).isEqualTo("2001-db8-0-0-0-0-0-5");
    }

    @Test
    void who_has_its_file_leaves_the_inbox_and_its_topic() throws Exception {
        reports("001fc11a8b6c", "192.0.2.5");
        house.unknown.adopt(new Adoption("001fc11a8b6c", Optional.empty(), Optional.of("lobby"), Optional.empty()));
        house.file("lobby", "vendor", "acme", "mac", "001fc11a8b6c", "host", "192.0.2.5")
                .settle();
        assertThat(house.unknown.all()).isEmpty();
        assertThat(house.bus.retained("bridge/inbox")).contains("[]");
        assertThat(reports("001fc11a8b6c", "192.0.2.5")).isEqualTo(Reply.ACCEPTED);
    }

    @Test
    void what_is_not_in_the_inbox_is_refused() {
        assertThatThrownBy(() -> house.unknown.adopt(Adoption.of("001fc1000000")))
                .isInstanceOf(NotWritten.class)
                .hasMessageContaining("is not in the inbox");
    }

    @Test
    void a_file_that_is_there_is_never_overwritten() throws IOException {
        Files.writeString(folder.resolve("org.bellwire.phone-lobby.cfg"), "vendor = zenith\n");
        reports("001fc11a8b6c", "192.0.2.5");
        assertThatThrownBy(() -> house.unknown.adopt(
                        new Adoption("001fc11a8b6c", Optional.empty(), Optional.of("lobby"), Optional.empty())))
                .isInstanceOf(NotWritten.class)
                .hasMessageContaining("already");
        assertThat(file("lobby")).isEqualTo("vendor = zenith\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "Lobby", "bridge", "", "a b", "x/y"})
    void an_id_that_is_none_is_refused(String id) throws IOException {
        reports("001fc11a8b6c", "192.0.2.5");
        assertThatThrownBy(() -> house.unknown.adopt(
                        new Adoption("001fc11a8b6c", Optional.empty(), Optional.of(id), Optional.empty())))
                .isInstanceOf(NotWritten.class)
                .hasMessageContaining("1 to 64 of a-z 0-9 _ -");
        assertThat(files()).isEmpty();
    }

    @Test
    void two_vendors_that_claim_one_mac_have_to_be_told_apart() throws Exception {
        reports("acme", Optional.of("001fc11a8b6c"), "S500", "192.0.2.5");
        reports("zenith", Optional.of("001fc11a8b6c"), "Z1", "192.0.2.6");
        assertThatThrownBy(() -> house.unknown.adopt(Adoption.of("001fc11a8b6c")))
                .hasMessageContaining("name its vendor as well");
        Adoption wish = new Adoption(
                "001fc11a8b6c", Optional.of("zenith"), Optional.of("door"), Optional.of("Haust\u00fcr \\"));
        house.unknown.adopt(wish);
        assertThat(file("door")).contains("vendor = zenith", "name = Haust\u00fcr \\\\", "192.0.2.6");
    }

    @Test
    void what_several_phones_share_is_no_host() throws Exception {
        house.file("first", "vendor", "acme", "mac", "001fc1000001", "host", "192.0.2.5");
        reports("001fc1000002", "192.0.2.5");
        assertThat(house.unknown.adopt(Adoption.of("001fc1000002")).host()).isEmpty();
        assertThat(file("001fc1000002")).doesNotContain("host");
    }

    @Test
    void a_proxys_own_address_is_no_host() throws Exception {
        house.receives(new Newcomer(true, false));
        reports("001fc1000002", "192.0.2.5");
        assertThat(house.unknown.adopt(Adoption.of("001fc1000002")).host()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "-S500\nhost = 10.9.9.9", "\u202eS500", "@S500\\u000ahost=1"})
    void a_hostile_model_writes_nothing_but_a_name(String model) throws Exception {
        reports("acme", Optional.of("001fc11a8b6c"), model, "192.0.2.5");
        house.unknown.adopt(Adoption.of("001fc11a8b6c"));
        List<String> lines = file("001fc11a8b6c").lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(1)).matches("name = [\\p{L}\\p{N}][\\p{L}\\p{N} ._-]* 1a8b6c");
    }

    @Test
    void who_is_not_welcome_waits() throws IOException {
        reports("001fc11a8b6c", "192.0.2.5");
        assertThat(files()).isEmpty();
    }

    @Test
    void who_is_welcome_is_adopted_with_its_mac_as_id_and_its_address_as_host() throws IOException {
        house.receives(WELCOME);
        assertThat(reports("001fc11a8b6c", "192.0.2.5")).isEqualTo(Reply.UNKNOWN_PHONE);
        assertThat(file("001fc11a8b6c")).contains("mac = 00:1f:c1:1a:8b:6c\n", "host = 192.0.2.5\n");
    }

    @Test
    void one_that_nobody_is_asked_about_has_its_address_as_host_also_where_another_phone_has() throws IOException {
        house.file("first", "vendor", "acme", "mac", "001fc1000001", "host", "192.0.2.5");
        house.receives(WELCOME);
        reports("001fc1000002", "192.0.2.5");
        assertThat(file("001fc1000002")).contains("host = 192.0.2.5\n");
    }

    @Test
    void who_is_welcome_but_tells_no_mac_waits() throws IOException {
        house.receives(WELCOME);
        reports("acme", Optional.empty(), "S500", "192.0.2.5");
        assertThat(files()).isEmpty();
        assertThat(house.unknown.all()).hasSize(1);
    }

    @Test
    void one_that_reports_until_its_file_is_read_is_adopted_once_and_silently() throws IOException {
        house.receives(WELCOME);
        for (int i = 0; i < 10; i++) {
            reports("001fc11a8b6c", "192.0.2.5");
        }
        assertThat(files()).hasSize(1);
        assertThat(house.log.warnings()).isEmpty();
    }

    @Test
    void one_device_that_makes_up_macs_gets_twenty_files() throws IOException {
        house.receives(WELCOME);
        for (int i = 0; i < 1000; i++) {
            reports(digits(i), "192.0.2.5");
            house.time.pass(Duration.ofSeconds(1));
        }
        assertThat(files()).hasSize(20);
        assertThat(house.counters.count(Limit.ADOPTED_PHONES)).isEqualTo(980);
        assertThat(house.log.warnings())
                .as("one line for the limit")
                .filteredOn(line -> line.contains("20 of this address"))
                .hasSize(1);
    }

    @Test
    void many_devices_that_make_up_macs_get_two_thousand_files() {
        List<String> adopted = new ArrayList<>();
        AutoAdoption auto = new AutoAdoption(counting(adopted), house.time.timing(), Optional.empty());
        for (int i = 0; i < 2500; i++) {
            auto.offer(unknown(digits(i), "10.0.0." + i / 20));
            house.time.pass(Duration.ofSeconds(1));
        }
        assertThat(adopted).hasSize(2000);
    }

    private static UnknownPhone unknown(String mac, String address) {
        Optional<String> none = Optional.empty();
        return new UnknownPhone(
                "acme", Optional.of(mac), address, false, none, none, Instant.EPOCH, Instant.EPOCH, 1, SiteId.OWN);
    }

    private static UnknownPhones counting(List<String> adopted) {
        return new UnknownPhones() {
            @Override
            public List<UnknownPhone> all() {
                return List.of();
            }

            @Override
            public Adopted adopt(Adoption adoption) {
                adopted.add(adoption.phone());
                return new Adopted(adoption.phone(), "", unknown(adoption.phone(), ""), Optional.empty(), "");
            }
        };
    }

    @Test
    void files_are_written_slowly() throws IOException {
        house.receives(WELCOME);
        for (int i = 0; i < 100; i++) {
            reports(digits(i), "10.0.0." + i);
        }
        assertThat(files()).hasSize(50);
        house.time.pass(Duration.ofSeconds(2));
        for (int i = 0; i < 100; i++) {
            reports(digits(i), "10.0.0." + i);
        }
        assertThat(files()).hasSize(60);
    }
}
