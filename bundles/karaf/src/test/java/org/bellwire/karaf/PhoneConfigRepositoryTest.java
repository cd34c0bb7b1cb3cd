package org.bellwire.karaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.utils.properties.TypedProperties;
import org.apache.karaf.config.core.ConfigRepository;
import org.bellwire.api.port.PhoneFileEditor;
import org.bellwire.testkit.MemoryPhoneFiles;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

final class PhoneConfigRepositoryTest {

    private static final String DESK = "org.bellwire.phone~desk";

    private final MemoryPhoneFiles files = new MemoryPhoneFiles();
    private @Nullable PhoneFileEditor editor = files;
    /** What Karaf's own repository was asked to do. */
    private final List<String> others = new ArrayList<>();

    private final PhoneConfigRepository repository = new PhoneConfigRepository(
            answering(ConfigRepository.class, this::karaf), () -> Optional.ofNullable(editor));

    @BeforeEach
    void writesFile() throws Exception {
        files.create("desk", Map.of("vendor", "htek", "name", "Desk", "password", "hunter2"));
    }

    private @Nullable Object karaf(String method, @Nullable Object[] arguments) {
        if (method.equals("exists")) {
            return "org.bellwire.mqtt".equals(arguments[0]);
        }
        if (method.equals("getConfigAdmin")) {
            return answering(ConfigurationAdmin.class, (name, given) -> null);
        }
        others.add(method);
        return null;
    }

    private interface Answers {
        @Nullable
        Object to(String method, @Nullable Object[] arguments);
    }

    private static <T> T answering(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                PhoneConfigRepositoryTest.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answers.to(
                        method.getName(), Optional.ofNullable(arguments).orElse(new Object[0]))));
    }

    @Test
    void phones_are_in_the_list_without_their_secrets() throws Exception {
        Configuration[] all = repository.getConfigAdmin().listConfigurations(null);
        assertThat(all).extracting(Configuration::getPid).containsExactly(DESK);
        assertThat(all[0].getProcessedProperties(null).get("name")).isEqualTo("Desk");
        assertThat(all[0].getProperties().get("password")).isEqualTo(ConfigFiles.HIDDEN);
    }

    @Test
    void filter_chooses_among_the_phones() throws Exception {
        assertThat(Arrays.asList("(name=Desk)", "(service.pid=org.bellwire.phone*)", "(vendor=snom)"))
                .map(filter -> Optional.ofNullable(repository.getConfigAdmin().listConfigurations(filter))
                        .map(found -> found.length)
                        .orElse(0))
                .containsExactly(1, 1, 0);
    }

    private TypedProperties edited(String pid) throws Exception {
        return Optional.ofNullable(repository.getConfig(pid)).orElseThrow();
    }

    @Test
    void edit_writes_the_whole_file_and_leaves_hidden_secrets_as_they_are() throws Exception {
        TypedProperties edited = edited("org.bellwire.phone-desk");
        edited.put("name", "Front desk");
        edited.put("host", "10.0.0.9");
        repository.update(DESK, edited);
        assertThat(files.read("desk"))
                .contains(Map.of("vendor", "htek", "name", "Front desk", "host", "10.0.0.9", "password", "hunter2"));
    }

    @Test
    void key_that_is_deleted_goes_from_the_file() throws Exception {
        TypedProperties edited = edited(DESK);
        edited.remove("name");
        repository.update(DESK, edited, "cfg");
        assertThat(files.read("desk")).contains(Map.of("vendor", "htek", "password", "hunter2"));
    }

    @Test
    void phone_is_made_by_its_id_and_deleted() throws Exception {
        Map<String, Object> values = new HashMap<>(Map.of("vendor", "htek", "service.pid", "x"));
        assertThat(repository.createFactoryConfiguration("org.bellwire.phone", "hall", values, "cfg"))
                .isEqualTo("org.bellwire.phone~hall");
        assertThat(files.read("hall")).contains(Map.of("vendor", "htek"));
        assertThat(repository.exists("org.bellwire.phone-hall")).isTrue();
        repository.delete("org.bellwire.phone-hall");
        assertThat(repository.exists("org.bellwire.phone-hall")).isFalse();
    }

    @Test
    void refusal_says_why() {
        assertThatThrownBy(() -> repository.createFactoryConfiguration("org.bellwire.phone", Map.of()))
                .hasMessageContaining("--alias");
        assertThatThrownBy(() -> repository.delete("org.bellwire.phone-nobody"))
                .hasMessageContaining("there is no file for the phone 'nobody'");
    }

    @Test
    void there_are_no_phones_until_core_is_there() throws Exception {
        editor = null;
        assertThat(repository.getConfigAdmin().listConfigurations(null)).isNull();
        assertThat(repository.exists(DESK)).isFalse();
    }

    @Test
    void all_else_is_karafs() throws Exception {
        repository.update("org.bellwire.mqtt", Map.of());
        repository.update("org.bellwire.phone-No_Id!", Map.of(), "cfg");
        repository.delete("org.bellwire.mqtt");
        repository.createFactoryConfiguration("org.bellwire.group", "all", Map.of());
        assertThat(others).containsExactly("update", "update", "delete", "createFactoryConfiguration");
    }
}
