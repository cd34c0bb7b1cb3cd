package org.bellwire.shell.complete;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.parsing.CommandLineImpl;
import org.bellwire.api.SiteId;
import org.bellwire.api.port.Groups;
import org.bellwire.api.port.Triggers;
import org.bellwire.api.port.UnknownPhones.UnknownPhone;
import org.bellwire.shell.Shell;
import org.bellwire.shell.ShownPhones;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CompletionTest {

    private final Shell shell = new Shell();

    @BeforeEach
    void fill() {
        shell.bindings.add(ShownPhones.acme());
        shell.phones.add(ShownPhones.lobby());
    }

    @AfterEach
    void close() {
        shell.close();
    }

    @Test
    void ids_are_offered() {
        assertThat(offered("show", "phone:show", "")).containsExactly("lobby");
    }

    @Test
    void ids_of_groups_are_offered_where_they_can_be_shown_and_commanded() {
        shell.groups.add(new Groups.Group("floor2", "Second floor", List.of(), Optional.empty()));
        for (String command : List.of("show", "send", "dial")) {
            assertThat(offered(command, "phone:" + command, "")).containsExactlyInAnyOrder("lobby", "floor2");
        }
    }

    @Test
    void cancel_is_offered_behind_a_trigger() {
        shell.triggers.listed.add(new Triggers.Status("door", "", Optional.empty()));
        assertThat(offered("trigger", "phone:trigger", "door", "")).containsExactly("--cancel");
    }

    @Test
    void ids_and_vendors_are_offered_for_urls() {
        assertThat(offered("urls", "phone:urls", "")).containsExactlyInAnyOrder("lobby", "acme");
    }

    @Test
    void commands_of_the_phones_vendor_are_offered() {
        assertThat(offered("send", "phone:send", "lobby", "")).containsExactlyInAnyOrder("dial", "hangup");
    }

    @Test
    void formats_of_the_phones_vendor_are_offered() {
        assertThat(offered("provision", "phone:provision", "lobby", "--format", ""))
                .contains("lines");
    }

    @Test
    void events_of_the_vendor_are_offered() {
        assertThat(offered("simulate", "phone:simulate", "acme", ""))
                .containsExactlyInAnyOrder("incoming-call", "off-hook");
    }

    @Test
    void macs_of_the_inbox_and_ids_made_of_them_are_offered() {
        shell.unknown.add(new UnknownPhone(
                "acme",
                Optional.of("00:1f:c1:1a:8b:6c"),
                "10.0.0.7",
                false,
                Optional.empty(),
                Optional.empty(),
                Instant.EPOCH,
                Instant.EPOCH,
                1,
                SiteId.OWN));
        assertThat(offered("adopt", "phone:adopt", "")).containsExactly("00:1f:c1:1a:8b:6c");
        assertThat(offered("adopt", "phone:adopt", "00:1f:c1:1a:8b:6c", ""))
                .contains("001fc11a8b6c", "--name", "--vendor");
    }

    @Test
    void options_and_vendors_are_offered_for_tail() {
        assertThat(offered("tail", "phone:tail", "")).contains("lobby", "--vendor", "--events");
        assertThat(offered("tail", "phone:tail", "lobby", "--vendor", "")).containsExactly("acme");
    }

    @Test
    void options_are_offered_behind_the_arguments() {
        assertThat(offered("show", "phone:show", "lobby", "")).contains("--json");
        assertThat(offered("provision", "phone:provision", "lobby", "")).contains("--all", "--format", "lines");
    }

    /** What Tab offers for the last word. */
    private List<String> offered(String name, String... words) {
        Session session = shell.factory().create(InputStream.nullInputStream(), System.out, System.err);
        Command command = shell.factory().getRegistry().getCommand("phone", name);
        String line = String.join(" ", words);
        int last = words.length - 1;
        List<String> candidates = new ArrayList<>();
        command.getCompleter(false)
                .complete(session, new CommandLineImpl(words, last, 0, line.length(), line), candidates);
        return candidates.stream().map(String::strip).toList();
    }
}
