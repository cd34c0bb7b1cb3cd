package org.bellwire.core.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.bellwire.core.LogRecorder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.metatype.MetaTypeService;

final class UnknownKeyNoticeTest {

    private static final String MQTT = "org.bellwire.mqtt";
    private static final String SIMULATOR = "org.bellwire.simulator";

    private final LogRecorder log = new LogRecorder();
    private final Map<String, Set<String>> keys = new HashMap<>();
    /** What the configuration admin has, by PID. */
    private final Map<String, Map<String, Object>> files = new TreeMap<>();

    private final UnknownKeyNotice notice =
            new UnknownKeyNotice(answering(ConfigurationAdmin.class, this::configurations), () -> Map.copyOf(keys));

    @BeforeEach
    void install() {
        keys.put(MQTT, Set.of("url", "password"));
    }

    @AfterEach
    void stop() {
        log.close();
    }

    @Test
    void a_key_that_no_one_knows_is_named_with_its_file_and_without_its_value() {
        files.put(
                MQTT,
                Map.of(
                        "url",
                        "tcp://192.0.2.1",
                        "pasword",
                        "hunter2",
                        "felix.fileinstall.filename",
                        "file:/etc/org.bellwire.mqtt.cfg"));
        notice.lookAtAll();
        assertThat(log.lines()).containsExactly("WARNING org.bellwire.mqtt.cfg: pasword: no such key, it is ignored");
    }

    @Test
    void what_the_container_adds_is_no_key() {
        files.put(MQTT, Map.of("service.pid", MQTT, "url", "tcp://192.0.2.1"));
        notice.lookAtAll();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void it_is_named_again_only_after_a_change() {
        files.put(MQTT, Map.of("pasword", "hunter2"));
        notice.lookAtAll();
        updated(MQTT);
        assertThat(log.lines()).hasSize(1);
        files.put(MQTT, Map.of("pasword", "hunter3"));
        updated(MQTT);
        assertThat(log.lines()).hasSize(2);
    }

    @Test
    void the_token_that_is_written_at_the_first_start_is_no_change() {
        keys.put("org.bellwire.ingress", Set.of("token"));
        files.put("org.bellwire.ingress", Map.of("prot", "80", "token", ""));
        notice.lookAtAll();
        files.put("org.bellwire.ingress", Map.of("prot", "80", "token", "made"));
        updated("org.bellwire.ingress");
        assertThat(log.lines()).hasSize(1);
    }

    @Test
    void each_file_of_a_factory_is_looked_at() {
        keys.put(SIMULATOR, Set.of("vendor"));
        files.put(SIMULATOR + "~lobby", Map.of("service.factoryPid", SIMULATOR, "vender", "htek"));
        notice.lookAtAll();
        assertThat(log.lines())
                .containsExactly("WARNING org.bellwire.simulator-lobby.cfg: vender: no such key, it is ignored");
    }

    @Test
    void a_file_whose_bundle_comes_later_is_looked_at_then() {
        files.put(SIMULATOR + "~lobby", Map.of("service.factoryPid", SIMULATOR, "vender", "htek"));
        notice.lookAtAll();
        assertThat(log.lines()).isEmpty();
        keys.put(SIMULATOR, Set.of("vendor"));
        notice.bundleCame();
        notice.bundleCame();
        assertThat(log.lines()).hasSize(1);
    }

    @Test
    void a_file_that_is_gone_and_comes_again_is_named_again() {
        files.put(MQTT, Map.of("pasword", "hunter2"));
        notice.lookAtAll();
        notice.configurationEvent(event(ConfigurationEvent.CM_DELETED, MQTT));
        updated(MQTT);
        assertThat(log.lines()).hasSize(2);
    }

    @Test
    void files_of_others_are_left_alone() {
        keys.put("org.apache.karaf.log", Set.of());
        files.put("org.apache.karaf.log", Map.of("size", "500"));
        updated("org.apache.karaf.log");
        assertThat(log.lines()).isEmpty();
    }

    private void updated(String pid) {
        notice.configurationEvent(event(ConfigurationEvent.CM_UPDATED, pid));
    }

    @SuppressWarnings("unchecked")
    private static ConfigurationEvent event(int type, String pid) {
        return new ConfigurationEvent(answering(ServiceReference.class, method -> method), type, null, pid);
    }

    @Test
    void bundle_that_is_about_to_stop_has_no_keys() {
        Bundle stopping = answering(Bundle.class, method -> "org.bellwire.stopping");
        BundleContext context = answering(BundleContext.class, method -> new Bundle[] {stopping});
        MetaTypeService metatypes = answering(MetaTypeService.class, method -> null);
        assertThat(new MetatypeKeys(metatypes, context).byPid()).isEmpty();
    }

    /** All of them: the filter is the configuration admin's. */
    private Object configurations(String method) {
        return files.entrySet().stream()
                .map(file -> configuration(file.getKey(), file.getValue()))
                .toArray(Configuration[]::new);
    }

    @SuppressWarnings("JdkObsolete") // the configuration admin speaks in dictionaries
    private static Configuration configuration(String pid, Map<String, Object> values) {
        Optional<Object> factory = Optional.ofNullable(values.get("service.factoryPid"));
        return answering(Configuration.class, method -> switch (method) {
            case "getPid" -> pid;
            case "getFactoryPid" -> factory.orElse(null);
            default -> new Hashtable<>(values);
        });
    }

    /** What a service answers to the method of this name. */
    private interface Answers {
        @Nullable
        Object to(String method);
    }

    private static <T> T answering(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                UnknownKeyNoticeTest.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answers.to(method.getName())));
    }
}
