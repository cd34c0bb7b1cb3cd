package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.bellwire.api.port.Phones.PhoneStatus;
import org.bellwire.core.files.SmallFile;
import org.bellwire.core.phone.Phone;
import org.bellwire.core.registry.ConfigurationPlugins;
import org.bellwire.core.registry.PhoneFiles;
import org.bellwire.core.registry.PhoneFolderWatcher;
import org.bellwire.core.registry.PhoneWatcher;
import org.bellwire.testkit.ManualTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationPlugin;

final class PhoneFolderWatcherTest {

    /** From a change to what follows from it. */
    private static final Duration ALLOWED = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    private final House house = new House();
    private ManualTime time = new ManualTime();
    private Optional<PhoneFolderWatcher> reader = Optional.empty();

    @BeforeEach
    void write_one() throws IOException {
        write("lobby", "vendor = acme\nname = Empfang M\u00fcller");
    }

    @AfterEach
    void stop() {
        reader.ifPresent(PhoneFolderWatcher::stop);
        house.close();
    }

    @Test
    void a_file_that_is_there_at_the_start_is_handed_over_at_once() {
        start();
        assertThat(phones()).containsExactly("lobby");
        assertThat(status("lobby").name()).isEqualTo("Empfang M\u00fcller");
    }

    @Test
    void a_wrong_file_is_named_as_it_is_called() throws IOException {
        write("door", "vendor = acme\nport = far");
        start();
        assertThat(house.log.warnings()).singleElement().asString().contains("org.bellwire.phone-door.cfg", "port");
    }

    @Test
    void a_file_that_does_not_change_is_handed_over_once_and_not_touched() throws IOException {
        var written = Files.getLastModifiedTime(file("lobby"));
        start();
        Phone before = house.phone("lobby");
        time.pass(Duration.ofSeconds(10));
        assertThat(house.phone("lobby")).isSameAs(before);
        assertThat(Files.getLastModifiedTime(file("lobby"))).isEqualTo(written);
    }

    @Test
    void a_changed_file_is_handed_over_within_five_seconds_once_it_rests() throws IOException {
        start();
        write("lobby", "vendor = zenith");
        pass_the_time_until_it_is_seen();
        assertThat(status("lobby").vendor()).isEqualTo("zenith");
        assertThat(status("lobby").name()).isEqualTo("lobby");
    }

    @Test
    void a_new_file_and_one_that_is_gone_are_seen() throws IOException {
        start();
        write("door", "vendor = acme");
        Files.delete(file("lobby"));
        time.pass(ALLOWED);
        assertThat(phones()).containsExactly("door");
    }

    @Test
    void what_went_while_nobody_looked_goes_and_what_came_by_the_configuration_admin_stays() throws IOException {
        house.file("byhand", "vendor", "acme");
        start();
        reader.ifPresent(PhoneFolderWatcher::stop);
        Files.delete(file("lobby"));
        start();
        time.pass(ALLOWED);
        assertThat(phones()).containsExactly("byhand");
    }

    @Test
    void other_files_are_left_alone() throws IOException {
        Files.writeString(folder.resolve("org.bellwire.mqtt.cfg"), "url = tcp://192.0.2.1:1883");
        Files.writeString(folder.resolve("org.bellwire.phone-.cfg"), "vendor = acme");
        Files.writeString(folder.resolve("org.bellwire.phone-x.cfg.bak"), "vendor = acme");
        start();
        assertThat(phones()).containsExactly("lobby");
    }

    @Test
    void a_file_that_cannot_be_read_is_told_once_and_hurts_no_other() throws IOException {
        write("broken", "name = \\u12");
        start();
        time.pass(Duration.ofSeconds(10));
        assertThat(live()).containsExactly("lobby");
        assertThat(status("broken").fault().orElseThrow()).contains("cannot be read", "backslash", "twice");
        assertThat(house.log.warnings())
                .singleElement()
                .asString()
                .contains("org.bellwire.phone-broken.cfg", "cannot be read");
    }

    @Test
    void a_fault_of_ours_with_one_file_is_told_and_hurts_no_other() throws IOException {
        write("door", "vendor = acme");
        house.registry.watch(new PhoneWatcher() {
            @Override
            public void appeared(Phone phone) {
                if (phone.id().equals("door")) {
                    throw new IllegalStateException("no such thing");
                }
            }

            @Override
            public void vanished(Phone phone) {}
        });
        start();
        time.pass(Duration.ofSeconds(10));
        assertThat(phones()).containsExactly("lobby");
        assertThat(house.log.warnings()).singleElement().asString().contains("org.bellwire.phone-door.cfg");
    }

    @Test
    void plugins_fill_in_the_values_in_the_order_of_their_ranks() throws IOException {
        write("lobby", "vendor = $[env:VENDOR]");
        start(List.of(
                plugin(Map.of("service.cmRanking", 500), values -> replace(values, "later", "acme")),
                plugin(Map.of(), values -> replace(values, "$[env:VENDOR]", "later"))));
        assertThat(status("lobby").vendor()).isEqualTo("acme");
    }

    @Test
    void plugins_see_whose_values_they_are() {
        AtomicInteger seen = new AtomicInteger();
        start(List.of(plugin(Map.of(), values -> {
            assertThat(values.get("service.pid")).isEqualTo("org.bellwire.phone~lobby");
            assertThat(values.get("service.factoryPid")).isEqualTo("org.bellwire.phone");
            seen.incrementAndGet();
        })));
        assertThat(seen).hasValue(1);
    }

    @Test
    void plugins_that_are_for_others_or_may_not_change_are_not_asked() {
        start(List.of(
                plugin(Map.of("cm.target", new String[] {"org.example"}), values -> values.remove("vendor")),
                plugin(Map.of("cm.target", List.of("org.example")), values -> values.remove("vendor")),
                plugin(Map.of("service.cmRanking", -1), values -> values.remove("vendor")),
                plugin(Map.of("service.cmRanking", 1001), values -> values.remove("vendor"))));
        assertThat(status("lobby").vendor()).isEqualTo("acme");
    }

    @Test
    void a_plugin_that_fails_is_told_and_stops_nothing() {
        start(List.of(plugin(Map.of("cm.target", "org.bellwire.phone"), values -> {
            throw new IllegalStateException("no such thing");
        })));
        assertThat(phones()).containsExactly("lobby");
        assertThat(house.log.warnings()).singleElement().asString().contains("lobby", "no such thing");
    }

    @Test
    void all_files_of_the_folder_and_of_the_configuration_admin_are_awaited_at_the_start() {
        assertThat(files().pids()).containsExactlyInAnyOrder("org.bellwire.phone~lobby", "org.bellwire.phone~byhand");
    }

    @Test
    void without_a_folder_nothing_is_read() {
        PhoneFiles none = new PhoneFiles(admin(), Optional.empty());
        reader = Optional.of(new PhoneFolderWatcher(
                house.registry,
                none,
                new ConfigurationPlugins(List.of()),
                SmallFile::read,
                time.timing(),
                Optional.empty()));
        reader.get().start();
        time.pass(Duration.ofSeconds(3));
        assertThat(phones()).isEmpty();
    }

    private void start() {
        start(List.of());
    }

    private void start(List<Map.Entry<Map<String, Object>, ConfigurationPlugin>> services) {
        time = new ManualTime();
        ConfigurationPlugins plugins = new ConfigurationPlugins(services);
        reader = Optional.of(new PhoneFolderWatcher(
                house.registry, files(), plugins, SmallFile::read, time.timing(), Optional.empty()));
        reader.get().start();
        time.pass(Duration.ZERO);
    }

    private void pass_the_time_until_it_is_seen() {
        time.pass(Duration.ofSeconds(2));
    }

    private List<String> phones() {
        return house.registry.all().stream().map(PhoneStatus::id).toList();
    }

    private List<String> live() {
        return house.registry.index().all().stream().map(Phone::id).sorted().toList();
    }

    private PhoneStatus status(String id) {
        return house.registry.find(id).orElseThrow();
    }

    private PhoneFiles files() {
        return new PhoneFiles(admin(), Optional.of(folder));
    }

    private Path file(String id) {
        return folder.resolve("org.bellwire.phone-" + id + ".cfg");
    }

    private void write(String id, String text) throws IOException {
        Files.writeString(file(id), text);
    }

    private static ConfigurationAdmin admin() {
        Configuration byHand = fake(Configuration.class, "org.bellwire.phone~byhand");
        return fake(ConfigurationAdmin.class, new Configuration[] {byHand});
    }

    private static <T> T fake(Class<T> type, Object answer) {
        return type.cast(Proxy.newProxyInstance(
                PhoneFolderWatcherTest.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answer));
    }

    private static Map.Entry<Map<String, Object>, ConfigurationPlugin> plugin(
            Map<String, Object> properties, Consumer<Dictionary<String, Object>> change) {
        return Map.entry(
                properties, (ServiceReference<?> whose, Dictionary<String, Object> values) -> change.accept(values));
    }

    private static void replace(Dictionary<String, Object> values, String what, String by) {
        values.put("vendor", values.get("vendor").toString().replace(what, by));
    }
}
