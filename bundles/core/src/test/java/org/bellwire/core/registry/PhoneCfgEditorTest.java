package org.bellwire.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bellwire.api.port.PhoneFileEditor.NotWritten;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationPlugin;

class PhoneCfgEditorTest {

    private static final String PASSWORD = "s3cr3t-of-the-door";

    @TempDir
    Path folder;

    private PhoneCfgEditor editor;

    @BeforeEach
    void build() {
        ConfigurationPlugin plugin = (reference, values) -> {
            if ("$[secret:door]".equals(values.get("password"))) {
                values.put("password", PASSWORD);
            }
        };
        editor = new PhoneCfgEditor(
                new PhoneFiles(fake(ConfigurationAdmin.class), Optional.of(folder)),
                List.of(Map.entry(Map.of(), plugin)));
    }

    private static <T> T fake(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> null));
    }

    private Path file(String id) {
        return folder.resolve("org.bellwire.phone-" + id + ".cfg");
    }

    @Test
    void a_new_file_is_for_the_owner_and_perhaps_the_group() throws Exception {
        editor.create("lobby", Map.of("vendor", "acme", "password", PASSWORD));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("lobby"))))
                .matches("rw-[r-]-----");
        assertThat(onlyFile()).isEqualTo(file("lobby"));
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> files = all.toList();
            assertThat(files).hasSize(1);
            return files.get(0);
        }
    }

    @Test
    void a_changed_file_keeps_its_permissions_and_a_link_stays() throws Exception {
        Path real = Files.createDirectory(folder.resolve("kept")).resolve("lobby");
        Files.writeString(real, "# mine\nvendor = acme\nodd = 1\n");
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-rw----"));
        Files.createSymbolicLink(file("lobby"), real);
        editor.change("lobby", Map.of("host", "10.0.0.5"));
        assertThat(file("lobby")).isSymbolicLink();
        assertThat(real).hasContent("# mine\nvendor = acme\nodd = 1\nhost = 10.0.0.5\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real)))
                .isEqualTo("rw-rw----");
    }

    @Test
    void file_is_deleted_once() throws Exception {
        editor.create("lobby", Map.of("vendor", "acme"));
        assertThat(editor.delete("lobby")).isEqualTo("org.bellwire.phone-lobby.cfg");
        assertThat(file("lobby")).doesNotExist();
        assertThatThrownBy(() -> editor.delete("lobby")).hasMessageContaining("no file for the phone 'lobby'");
    }

    @Test
    void an_id_that_cannot_be_hides_no_other_fault() {
        assertThat(editor.check("LOBBY 1", Map.of("vendor", "acme", "port", "0")))
                .containsExactly(PhoneEntry.FILE_NAME_RULE, "port: must be a whole number from 1 to 65535, not '0'");
    }

    @Test
    void whatever_is_wrong_is_told_as_phone_list_tells_it() {
        Map<String, String> values = new LinkedHashMap<>(Map.of("port", "99999", "mac", "x", "allow", "jump"));
        assertThat(editor.check("lobby", values))
                .containsExactly(
                        "vendor: is missing: name the phone's vendor; phone:vendors lists those installed",
                        "mac: must be a MAC address such as 00:1f:c1:1a:8b:6c, not 'x'",
                        "port: must be a whole number from 1 to 65535, not '99999'",
                        "allow: there is no command 'jump'");
    }

    @Test
    void a_wrong_file_is_not_written_and_no_secret_is_told() {
        assertThatThrownBy(() -> editor.create("lobby", Map.of("vendor", "acme", "token", PASSWORD)))
                .isInstanceOf(NotWritten.class)
                .hasMessageContaining("token: must be 22 to 128")
                .hasMessageNotContaining(PASSWORD);
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nhost = 10.9.9.9", "a\rb", "a\u0000", "\ud800"})
    void a_value_cannot_break_out_of_its_line(String value) {
        assertThatThrownBy(() -> editor.create("lobby", Map.of("vendor", "acme", "name", value)))
                .hasMessageContaining("name: holds a line break");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void placeholders_are_filled_in_to_be_checked_and_stay_as_they_are() throws Exception {
        Map<String, String> values = Map.of("vendor", "acme", "password", "$[secret:door]");
        editor.create("door", values);
        assertThat(editor.read("door")).contains(values);
        assertThat(file("door")).content().doesNotContain(PASSWORD);
        assertThat(editor.check("door", Map.of("vendor", "acme", "password", "$[secret:none]")))
                .singleElement()
                .asString()
                .contains("stands for nothing");
    }

    @Test
    void a_key_that_there_is_not_is_not_written() {
        assertThatThrownBy(() -> editor.create("lobby", Map.of("vendor", "acme", "colour", "red")))
                .hasMessage("colour: no such key");
    }

    @Test
    void a_pipe_in_the_place_of_a_file_is_left_alone() throws Exception {
        Process made = new ProcessBuilder("mkfifo", file("lobby").toString()).start();
        assertThat(made.waitFor()).isZero();
        assertThatThrownBy(() -> editor.read("lobby")).hasMessageContaining("is no file but a pipe");
        assertThatThrownBy(() -> editor.create("lobby", Map.of("vendor", "acme")))
                .hasMessageContaining("already");
    }

    @Test
    void the_files_that_there_are_have_ids() throws Exception {
        editor.create("b", Map.of("vendor", "acme"));
        editor.create("a", Map.of("vendor", "acme"));
        Files.writeString(folder.resolve("org.bellwire.line.cfg"), "");
        assertThat(editor.ids()).containsExactly("a", "b");
    }

    @Test
    void all_keys_are_those_of_the_description() throws IOException {
        Path description = Path.of("src/main/resources/OSGI-INF/metatype/org.bellwire.phone.xml");
        List<String> described = Files.readString(description)
                .lines()
                .filter(line -> line.contains("<AD id="))
                .map(line -> line.replaceFirst(".*<AD id=\"([^\"]+)\".*", "$1"))
                .toList();
        assertThat(editor.keys()).isEqualTo(described);
        assertThat(editor.keys()).containsAll(editor.secretKeys());
    }
}
