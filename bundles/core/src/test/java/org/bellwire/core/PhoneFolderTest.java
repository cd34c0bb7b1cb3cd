package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

final class PhoneFolderTest {

    @TempDir
    Path folder;

    private final LogRecorder log = new LogRecorder();
    private final ManualTime time = new ManualTime();
    /** What the configuration admin keeps, by the name behind the factory's. */
    private final Map<String, Map<String, Object>> kept = new TreeMap<>();

    private int updates;
    private Optional<PhoneFolder> reader = Optional.empty();

    @BeforeEach
    void write_one() throws IOException {
        write("lobby", "vendor = acme\nname = Empfang M\u00fcller");
    }

    @AfterEach
    void stop() {
        reader.ifPresent(PhoneFolder::stop);
        log.close();
    }

    @Test
    void a_file_that_is_there_at_the_start_is_handed_over_at_once_with_its_name() {
        start();
        assertThat(kept).containsOnlyKeys("lobby");
        assertThat(kept.get("lobby"))
                .containsEntry("vendor", "acme")
                .containsEntry(
                        PhoneFiles.FILE_NAME, file("lobby").toFile().toURI().toString());
    }

    @Test
    void a_file_that_does_not_change_is_handed_over_once() {
        start();
        time.pass(Duration.ofSeconds(10));
        assertThat(updates).isEqualTo(1);
    }

    @Test
    void a_changed_file_is_handed_over_within_five_seconds_once_it_rests() throws IOException {
        start();
        write("lobby", "vendor = zenith");
        time.pass(Duration.ofSeconds(3));
        time.pass(Duration.ofSeconds(1));
        assertThat(kept.get("lobby")).containsEntry("vendor", "zenith").doesNotContainKey("name");
    }

    @Test
    void a_new_file_and_one_that_is_gone_are_seen() throws IOException {
        start();
        write("door", "vendor = acme");
        Files.delete(file("lobby"));
        time.pass(Duration.ofSeconds(3));
        time.pass(Duration.ofSeconds(1));
        assertThat(kept).containsOnlyKeys("door");
    }

    @Test
    void a_file_that_went_while_nobody_looked_is_forgotten_at_the_start() throws IOException {
        start();
        reader.ifPresent(PhoneFolder::stop);
        kept.put("byhand", Map.of("vendor", "acme"));
        Files.delete(file("lobby"));
        start();
        assertThat(kept).containsOnlyKeys("byhand");
    }

    @Test
    void other_files_are_left_alone() throws IOException {
        Files.writeString(folder.resolve("org.bellwire.mqtt.cfg"), "url = tcp://192.0.2.1:1883");
        Files.writeString(folder.resolve("org.bellwire.phone-.cfg"), "vendor = acme");
        Files.writeString(folder.resolve("org.bellwire.phone-x.cfg.bak"), "vendor = acme");
        start();
        assertThat(kept).containsOnlyKeys("lobby");
    }

    @Test
    void a_file_that_cannot_be_read_is_told_once_and_hurts_no_other() throws IOException {
        write("broken", "name = \\u12");
        start();
        time.pass(Duration.ofSeconds(10));
        assertThat(kept).containsOnlyKeys("lobby");
        assertThat(log.warnings())
                .singleElement()
                .asString()
                .contains("org.bellwire.phone-broken.cfg", "cannot be read");
    }

    @Test
    void all_files_of_the_folder_are_awaited_at_the_start() {
        assertThat(files().pids()).containsExactly("org.bellwire.phone~lobby");
    }

    @Test
    void without_a_folder_nothing_is_read() {
        reader = Optional.of(new PhoneFolder(admin(), new PhoneFiles(admin(), Optional.empty()), time.timing()));
        time.pass(Duration.ofSeconds(3));
        assertThat(kept).isEmpty();
    }

    private void start() {
        reader = Optional.of(new PhoneFolder(admin(), files(), time.timing()));
        time.pass(Duration.ZERO);
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

    private ConfigurationAdmin admin() {
        return fake(ConfigurationAdmin.class, (method, arguments) -> switch (method) {
            case "getFactoryConfiguration" -> configuration((String) arguments[1]);
            case "listConfigurations" ->
                kept.keySet().stream().map(this::configuration).toArray(Configuration[]::new);
            default -> throw new UnsupportedOperationException(method);
        });
    }

    @SuppressWarnings("JdkObsolete") // the configuration admin speaks in dictionaries
    private Configuration configuration(String name) {
        return fake(Configuration.class, (method, arguments) -> switch (method) {
            case "getPid" -> "org.bellwire.phone~" + name;
            case "getProperties" -> new Hashtable<>(kept.get(name));
            case "updateIfDifferent" -> {
                updates++;
                yield kept.put(name, values((Dictionary<?, ?>) arguments[0])) == null;
            }
            case "delete" -> Optional.ofNullable(kept.remove(name));
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private static Map<String, Object> values(Dictionary<?, ?> properties) {
        Map<String, Object> values = new TreeMap<>();
        Collections.list(properties.keys()).forEach(key -> values.put((String) key, properties.get(key)));
        return values;
    }

    private interface Answer {
        Object to(String method, Object[] arguments);
    }

    private static <T> T fake(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                PhoneFolderTest.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answer.to(method.getName(), arguments)));
    }
}
