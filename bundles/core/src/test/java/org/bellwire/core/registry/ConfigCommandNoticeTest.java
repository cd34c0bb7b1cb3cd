package org.bellwire.core.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Optional;
import org.bellwire.core.LogRecorder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;

final class ConfigCommandNoticeTest {

    private final LogRecorder log = new LogRecorder();

    @AfterEach
    void stop() {
        log.close();
    }

    @Test
    void a_phone_deleted_by_a_command_that_does_not_know_it_names_the_file_to_delete() {
        commands(Optional.of(Path.of("/opt/etc")))
                .configurationEvent(event(ConfigurationEvent.CM_DELETED, null, "org.bellwire.phone~second"));
        assertThat(log.warnings())
                .singleElement()
                .asString()
                .contains(
                        "deleting the configuration does nothing",
                        "delete the file /opt/etc/org.bellwire.phone-second.cfg");
    }

    @Test
    void a_phone_edited_by_a_command_that_does_not_know_it_names_the_file_to_edit() {
        commands(Optional.of(Path.of("/opt/etc")))
                .configurationEvent(event(ConfigurationEvent.CM_UPDATED, null, "org.bellwire.phone~second"));
        assertThat(log.warnings())
                .singleElement()
                .asString()
                .contains("edit the file /opt/etc/org.bellwire.phone-second.cfg");
    }

    @Test
    void other_configurations_and_those_of_a_stock_karaf_say_nothing() {
        commands(Optional.of(Path.of("/opt/etc")))
                .configurationEvent(event(ConfigurationEvent.CM_DELETED, null, "org.bellwire.mqtt"));
        commands(Optional.of(Path.of("/opt/etc")))
                .configurationEvent(
                        event(ConfigurationEvent.CM_UPDATED, "org.bellwire.phone", "org.bellwire.phone~second"));
        commands(Optional.empty())
                .configurationEvent(
                        event(ConfigurationEvent.CM_DELETED, "org.bellwire.phone", "org.bellwire.phone~second"));
        assertThat(log.lines()).isEmpty();
    }

    private static ConfigCommandNotice commands(Optional<Path> folder) {
        return new ConfigCommandNotice(new PhoneFiles(fake(ConfigurationAdmin.class), folder));
    }

    @SuppressWarnings("unchecked")
    private static ConfigurationEvent event(int type, @Nullable String factory, String pid) {
        return new ConfigurationEvent(fake(ServiceReference.class), type, factory, pid);
    }

    private static <T> T fake(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                ConfigCommandNoticeTest.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    throw new IllegalStateException("not asked for");
                }));
    }
}
