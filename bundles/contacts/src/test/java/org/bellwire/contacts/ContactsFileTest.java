package org.bellwire.contacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.bellwire.api.config.CfgException;
import org.bellwire.api.port.Contacts.Contact;
import org.bellwire.api.port.Limit;
import org.bellwire.testkit.CountingCounters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContactsFileTest {

    @TempDir
    Path folder;

    private Path file;
    private ContactsFile contacts;

    @BeforeEach
    void open() {
        file = folder.resolve("contacts.csv");
        contacts = new ContactsFile(Map.of("file", file.toString()));
        contacts.open();
    }

    @AfterEach
    void close() {
        contacts.stop();
    }

    private void awaitName(String number, String name) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(
                                contacts.find(number).map(Contact::name).orElse("nobody"))
                        .isEqualTo(name));
    }

    @Test
    void without_a_file_nobody_is_known() {
        assertThat(contacts.find("42")).isEmpty();
    }

    @Test
    void a_file_is_read_again_when_it_changes_and_forgotten_when_it_goes() throws IOException {
        Files.writeString(file, "42,Anna,\n");
        awaitName("42", "Anna");
        Files.writeString(file, "42,Bert,\n");
        awaitName("42", "Bert");
        Files.delete(file);
        awaitName("42", "nobody");
    }

    @Test
    void a_file_beyond_a_limit_counts_and_the_contacts_stay() throws IOException {
        CountingCounters counters = new CountingCounters();
        contacts.counters(counters);
        Files.writeString(file, "42,Anna,\n");
        awaitName("42", "Anna");
        Files.write(file, new byte[ContactsReader.MAX_BYTES + 1]);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(counters.count(Limit.CONTACTS)).isOne());
        assertThat(contacts.find("42")).isPresent();
    }

    @Test
    void settings_that_change_read_the_file_anew() throws IOException {
        Files.writeString(file, "1234567,Anna,\n");
        awaitName("+49301234567", "Anna");
        contacts.configure(Map.of("file", file.toString(), "area", "040"));
        awaitName("+49401234567", "Anna");
    }

    @ParameterizedTest
    @CsvSource({"country, 0", "country, 999", "country, x", "area, +49", "outside, *9", "area, 123456789"})
    void a_wrong_value_names_its_key(String key, String value) {
        assertThatThrownBy(() -> ContactsSettings.of(Map.of(key, value)))
                .isInstanceOf(CfgException.class)
                .hasMessageContaining(key);
    }
}
