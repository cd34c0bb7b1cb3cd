package org.bellwire.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.bellwire.shell.Shell.Printed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code phone:import}, {@code phone:export} and {@code phone:provision --all}. */
class ManyPhonesCommandsTest {

    @TempDir
    Path folder;

    private final Shell shell = new Shell();

    @BeforeEach
    void fill() {
        shell.bindings.add(ShownPhones.acme());
    }

    @AfterEach
    void close() {
        shell.close();
    }

    private Printed imports(byte[] content, String options) {
        try {
            Path list = Files.write(folder.resolve("list.csv"), content);
            return shell.run("phone:import " + list + options);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Printed imports(String text) {
        return imports(text.getBytes(StandardCharsets.UTF_8), "");
    }

    private static String failure(Printed printed) {
        return printed.thrown().map(Exception::getMessage).orElse("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id,vendor,name,host\na,acme,\"Front, left\",10.0.0.1\nb,acme,B,10.0.0.2\n",
                "id;vendor;name;host\r\na;acme;Front, left;10.0.0.1\r\nb;acme;B;10.0.0.2\r\n",
                "id\tvendor\tname\thost\na\tacme\tFront, left\t10.0.0.1\nb\tacme\tB\t10.0.0.2",
                "sep=;\r\nID; Vendor ;NAME;Host\r\n\r\na;acme;\"Front, left\";10.0.0.1;\r\nb;acme;B;10.0.0.2;;\r\n",
                "\uFEFFid,host,vendor,name\ra,10.0.0.1,acme,\"Front, left\"\rb,10.0.0.2,acme,B\r"
            })
    void a_list_is_taken_as_spreadsheets_write_it(String text) {
        Printed printed = imports(text);
        assertThat(printed.thrown()).isEmpty();
        assertThat(printed.out()).isEqualTo("added a\nadded b\n2 added, 0 changed, 0 unchanged\n");
        assertThat(shell.files.files().get("a"))
                .isEqualTo(Map.of("vendor", "acme", "name", "Front, left", "host", "10.0.0.1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "windows-1252", "UTF-16", "ISO-8859-1"})
    void umlauts_arrive_whatever_wrote_them(String charset) {
        imports("id;vendor;name\na;acme;T\u00fcr \u00e9\n".getBytes(Charset.forName(charset)), "");
        assertThat(shell.files.files().get("a")).containsEntry("name", "T\u00fcr \u00e9");
    }

    @Test
    void all_faults_are_told_at_once_with_line_and_column_and_nothing_is_written() {
        Printed printed = imports("""
                id,vendor,mac,colour
                a,acme,001fc1000001,

                B!,acme,x,
                a,gone,001fc1000002,
                d,,00:1F:C1:00:00:01,
                """);
        assertThat(printed.err()).isEqualTo("""
                line 1, column 4 (colour): no such column; there are: id, vendor, name, mac, host, port, password, token
                line 4, column 1 (id): is no id
                line 4, column 3 (mac): must be a MAC address, not 'x'
                line 5, column 2 (vendor): 'gone' is not installed; there are: acme
                line 5, column 1 (id): line 2 has the same
                line 6, column 2 (vendor): is missing
                line 6, column 3 (mac): line 2 has the same
                """);
        assertThat(failure(printed)).isEqualTo("nothing was written: 7 faults");
        assertThat(shell.files.files()).isEmpty();
    }

    @Test
    void a_cell_over_two_lines_counts_as_two() {
        Printed printed = imports("id,vendor,name\na,acme,\"one\nb\"\nb,acme,B\nC!,acme,C\n");
        assertThat(printed.err()).contains("line 5, column 1 (id)");
    }

    @Test
    void what_other_phones_have_already_is_a_fault() {
        shell.files.files().put("old", Map.of("vendor", "acme", "mac", "001fc1000001", "host", "10.0.0.1"));
        Printed printed = imports("id,vendor,mac,host\na,acme,00-1f-c1-00-00-01,10.0.0.1\n");
        assertThat(printed.err())
                .contains("line 2, column 3 (mac): phone 'old' has the same")
                .contains("line 2, column 4 (host): phone 'old' has the same");
    }

    @Test
    void phones_may_change_places_in_one_list() {
        imports("id,vendor,mac\na,acme,001fc1000001\nb,acme,001fc1000002\n");
        Printed printed = imports("id,vendor,mac\na,acme,001fc1000002\nb,acme,001fc1000001\n");
        assertThat(printed.out()).isEqualTo("changed a: mac\nchanged b: mac\n0 added, 2 changed, 0 unchanged\n");
    }

    @Test
    void a_dry_run_tells_and_writes_nothing() {
        Printed printed = imports("id,vendor\na,acme\n".getBytes(StandardCharsets.UTF_8), " --dry-run");
        assertThat(printed.out())
                .isEqualTo("added a\nwould be: 1 added, 0 changed, 0 unchanged; nothing was written\n");
        assertThat(shell.files.files()).isEmpty();
    }

    @Test
    void the_same_list_again_changes_nothing() {
        String list = "id,vendor,mac\na,acme,00:1F:C1:00:00:01\n";
        imports(list);
        int before = shell.files.writes();
        assertThat(imports(list.replace("00:1F:C1:00:00:01", "001fc1000001")).out())
                .isEqualTo("unchanged a\n0 added, 0 changed, 1 unchanged\n");
        assertThat(shell.files.writes()).isEqualTo(before);
    }

    @Test
    void what_the_list_does_not_name_stays_and_an_empty_cell_takes_away_but_no_secret() {
        imports("id,vendor,name,host,password\na,acme,A,10.0.0.1,geheim\n");
        Printed printed = imports("id,vendor,host,password\na,acme,,\n");
        assertThat(printed.out()).startsWith("changed a: host\n");
        assertThat(shell.files.files().get("a")).isEqualTo(Map.of("vendor", "acme", "name", "A", "password", "geheim"));
    }

    @Test
    void an_exported_list_has_no_secret_and_imports_as_unchanged() {
        imports("""
                id;vendor;name;host;password;token
                a;acme;"Say ""hi"", you";10.0.0.1;geheim;0123456789012345678901
                b;acme;=B;;;
                """);
        Printed export = shell.run("phone:export");
        assertThat(export.out())
                .isEqualTo("id,vendor,name,mac,host\na,acme,\"Say \"\"hi\"\", you\",,10.0.0.1\nb,acme,=B,,\n");
        assertThat(imports(export.out()).out()).endsWith("0 added, 0 changed, 2 unchanged\n");
        assertThat(shell.files.files().get("a")).containsEntry("password", "geheim");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id,vendor\na,\"acme\n", "id,vendor\na,\"ac\"me\n"})
    void quotes_that_do_not_fit_are_told_with_their_line(String text) {
        Printed printed = imports(text);
        assertThat(printed.err()).contains("line 2: cannot be read on from here: a quotation mark");
        assertThat(shell.files.files()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "\uFEFF", "sep=;\n"})
    void an_empty_list_says_what_belongs_there(String text) {
        assertThat(imports(text).err()).contains("the list is empty", "id,vendor,mac,host");
    }

    @Test
    void a_list_without_ids_is_refused() {
        assertThat(imports("vendor;name\nacme;A\n").err()).isEqualTo("line 1: there is no column 'id'\n");
    }

    @Test
    void a_line_with_a_cell_too_many_is_refused() {
        assertThat(imports("id,vendor,name\na,acme,Front, left\n").err())
                .isEqualTo(
                        "line 2: has more cells than the first line has names: quote cells that hold the separator\n");
    }

    @Test
    void more_phones_than_there_may_be_are_not_read() {
        StringBuilder list = new StringBuilder("id,vendor\n");
        for (int i = 0; i < 20_005; i++) {
            list.append('p').append(i).append(",acme\n");
        }
        assertThat(imports(list.toString()).err()).contains("there are more than 20000 phones");
        assertThat(shell.files.files()).isEmpty();
    }

    @Test
    void a_file_without_an_end_is_not_read() {
        assertThat(failure(shell.run("phone:import /dev/zero"))).isEqualTo("/dev/zero is no file");
        assertThat(failure(imports(new byte[9 * 1024 * 1024], ""))).contains("has more than 8 MB");
    }

    @Test
    void a_file_that_there_is_not_is_named() {
        assertThat(failure(shell.run("phone:import " + folder + "/none.csv"))).startsWith("there is no file ");
    }

    @Test
    void all_files_of_a_vendor_are_written_under_the_names_that_its_phones_ask_for() throws IOException {
        shell.phones.add(ShownPhones.lobby());
        shell.phones.add(ShownPhones.of("bare", "acme", false, Optional.empty()));
        Path to = folder.resolve("new/tftp");
        Printed printed = shell.run("phone:provision acme --all " + to);
        assertThat(printed.thrown()).isEmpty();
        assertThat(printed.out()).isEqualTo("1 file in " + to + "\n");
        assertThat(printed.err()).isEqualTo("no file for bare (has no MAC)\n");
        assertThat(Files.readString(to.resolve("00:1f:c1:1a:8b:6c.cfg"))).contains("off-hook = http://10.0.0.1:8087/");
        assertThat(shell.run("phone:provision acme --all " + to).thrown())
                .as("again")
                .isEmpty();
    }

    @Test
    void a_file_of_somebody_else_is_not_overwritten() throws IOException {
        shell.phones.add(ShownPhones.lobby());
        Path foreign = Files.writeString(folder.resolve("00:1f:c1:1a:8b:6c.cfg"), "mine");
        assertThat(failure(shell.run("phone:provision acme --all " + folder)))
                .contains("is not one that phone:provision wrote");
        assertThat(foreign).hasContent("mine");
    }

    @Test
    void files_of_all_phones_are_written_also_when_a_phone_has_the_vendors_name() {
        shell.phones.add(ShownPhones.lobby());
        shell.phones.add(ShownPhones.of("acme", "acme", false, Optional.empty()));
        assertThat(shell.run("phone:provision acme --all " + folder).out()).startsWith("1 file in ");
    }

    @Test
    void files_of_all_phones_are_of_a_vendor_not_of_a_phone() {
        shell.phones.add(ShownPhones.lobby());
        assertThat(failure(shell.run("phone:provision lobby --all " + folder))).contains("takes a vendor, not a phone");
    }

    @Test
    void pushing_is_for_vendors_whose_settings_can_be_written() {
        shell.phones.add(ShownPhones.lobby());
        assertThat(failure(shell.run("phone:provision lobby --push")))
                .isEqualTo("--push is not supported by this vendor: upload the file, or let the phone fetch it");
        assertThat(failure(shell.run("phone:provision lobby --restore"))).contains("not supported by this vendor");
    }
}
