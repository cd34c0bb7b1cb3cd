package org.bellwire.contacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bellwire.api.port.Contacts.Contact;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContactsReaderTest {

    private static final NumberForm BERLIN = ContactsSettings.of(Map.of()).form();

    @TempDir
    Path folder;

    private final Map<Integer, String> faults = new TreeMap<>();
    private final List<String> limits = new ArrayList<>();

    private ContactsIndex read(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("contacts.csv"), bytes);
        return ContactsReader.read(file, BERLIN, faults::put, limits::add).orElse(ContactsIndex.EMPTY);
    }

    private ContactsIndex read(String text) throws IOException {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "number,name,tags\n030 1234567,\"Muster, Anna\",family vip\n",
                "030 1234567,\"Muster, Anna\",family vip",
                "\uFEFFnumber;name;tags\r\n030 1234567;Muster, Anna;family vip\r\n",
                "\uFEFF\"number\";\"name\";\"tags\"\r\n\"030 1234567\";\"Muster, Anna\";\"family,vip\"\r\n",
                "number\tname\ttags\n030 1234567\tMuster, Anna\tfamily vip\n",
                "Name,Tags,Number\n\"Muster, Anna\",family vip,030 1234567\n",
                "\n\nnumber,name\n\n030 1234567,\"Muster, Anna\",\"family;vip\"\n"
            })
    void a_file_is_read_as_spreadsheets_write_it(String text) throws IOException {
        assertThat(read(text).find("0301234567")).map(Contact::name).contains("Muster, Anna");
    }

    @Test
    void tags_are_words() throws IOException {
        assertThat(read("42,Reception,\"house, first;floor\"\n43,Desk").find("42"))
                .contains(new Contact("Reception", List.of("house", "first", "floor")));
    }

    @Test
    void a_file_that_is_not_utf_8_is_read_as_excel_writes_it() throws IOException {
        byte[] bytes = "42;Jörg Müller;".getBytes(Charset.forName("windows-1252"));
        assertThat(read(bytes).find("42")).map(Contact::name).contains("Jörg Müller");
    }

    @Test
    void wrong_lines_are_named_and_the_others_count() throws IOException {
        String text =
                "number,name,tags\n42,Reception,\n,Nobody,\n43,,\n!?,Odd,\n44,\"broken\" quote,\n42,Again,\n45,Last,";
        ContactsIndex index = read(text);
        assertThat(faults.keySet()).containsExactly(3, 4, 5, 6, 7);
        assertThat(index.find("42")).map(Contact::name).contains("Reception");
        assertThat(index.find("45")).map(Contact::name).contains("Last");
    }

    @Test
    void a_quote_that_is_never_closed_harms_one_line() throws IOException {
        ContactsIndex index = read("41,One,\n42,\"Two,\n43,Three,\n");
        assertThat(faults.keySet()).containsExactly(2);
        assertThat(index.find("41")).isPresent();
        assertThat(index.find("43")).isPresent();
    }

    @Test
    void after_many_broken_quotes_the_rest_is_not_read() throws IOException {
        assertThat(read("42,\"An\"na,\n".repeat(200) + "43,Bert,\n").size()).isZero();
        assertThat(limits).singleElement().asString().contains("have a broken quote");
    }

    @Test
    void names_lose_control_characters_and_have_a_limit() throws IOException {
        ContactsIndex index = read("42,A\u0007B,\n43," + "x".repeat(256) + ",\n");
        assertThat(index.find("42")).map(Contact::name).contains("A B");
        assertThat(faults.keySet()).containsExactly(2);
    }

    @Test
    void a_file_that_is_too_large_or_none_is_not_read() throws IOException {
        assertThat(read(new byte[ContactsReader.MAX_BYTES + 1]).size()).isZero();
        assertThat(limits).singleElement().asString().contains("larger than 16 MB");
        assertThatThrownBy(() -> ContactsReader.read(folder, BERLIN, faults::put, limits::add))
                .hasMessageContaining("not a file");
    }

    @Test
    void lines_beyond_the_limit_are_told_once_and_not_read() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i <= ContactsReader.MAX_LINES; i++) {
            text.append("x").append(i).append(",N,\n");
        }
        assertThat(read(text.toString()).size()).isEqualTo(ContactsReader.MAX_LINES);
        assertThat(limits).singleElement().asString().contains("lines from 100001 on", "at most 100000");
        assertThat(faults).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "+49 30 1234567, 0301234567",
        "+49 30 1234567, 1234567",
        "+49 30 1234567, 00301234567",
        "+49 30 1234567, 01234567",
        "+49 30 1234567, 0049301234567",
        "+49 30 1234567, 00049301234567",
        "+49 (0)30 123-45 67, +49301234567",
        "030/1234567, +49301234567",
        "1234567, +49301234567",
        "0171 2345678, +491712345678",
        "0171 2345678, 001712345678",
        "+44 20 7946 0000, 00442079460000",
        "+44 20 7946 0000, 000442079460000",
        "00301234567, +49301234567",
        "42, 42",
        "anna, anna",
        "**9, **9"
    })
    void one_number_is_found_however_it_is_written(String written, String reported) throws IOException {
        assertThat(read(written + ",Anna,").find(reported)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "42, 4930",
        "42, 043",
        "+49 30 1234567, 0401234567",
        "+49 30 1234567, +1301234567",
        "42, 042",
        "112, 0112"
    })
    void another_number_is_not_found(String written, String reported) throws IOException {
        assertThat(read(written + ",Anna,").find(reported)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "+",
                "0",
                "anonymous",
                "00000000000000000000000000000000000000000000000000000000000000000"
            })
    void what_is_no_number_of_a_contact_finds_nobody(String reported) throws IOException {
        assertThat(read("42,Anna,").find(reported)).isEmpty();
    }
}
