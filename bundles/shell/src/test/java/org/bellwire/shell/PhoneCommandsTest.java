package org.bellwire.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.bellwire.api.Property;
import org.bellwire.api.Status;
import org.bellwire.api.port.CommandOrder;
import org.bellwire.api.port.Origin;
import org.bellwire.shell.Shell.Printed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneCommandsTest {

    private final Shell shell = new Shell();

    @BeforeEach
    void fill() {
        shell.bindings.add(ShownPhones.acme());
        shell.bindings.add(ShownPhones.handmade());
        shell.phones.add(ShownPhones.lobby());
    }

    @AfterEach
    void close() {
        shell.close();
    }

    @Test
    void phones_of_other_gateways_are_listened_to_for_as_long_as_a_command_shows_them() {
        shell.phones.clear();
        shell.phones.add(ShownPhones.at("gateway-2", true, Map.of(Property.CALL, "ringing")));
        assertThat(shell.run("phone:list").out()).contains("online at gateway-2");
        assertThat(shell.run("phone:show lobby").out())
                .containsPattern("Served by +gateway-2")
                .containsPattern("Availability +online")
                .containsPattern("call +ringing");
        assertThat(shell.remoteWaits).isEqualTo(2);
        assertThat(shell.remoteWatchers).isEmpty();
    }

    @Test
    void list_shows_the_phones() {
        assertThat(shell.run("phone:list").out()).contains("lobby | acme   | ringing | registered");
    }

    @Test
    void list_without_phones_tells_how_to_get_one() {
        shell.phones.clear();

        assertThat(shell.run("phone:list").out())
                .isEqualTo(
                        "No phones yet: write etc/org.bellwire.phone-<id>.cfg for each, adopt those of phone:inbox, or"
                                + " phone:import a list.\n");
    }

    @Test
    void show_tells_state_and_abilities() {
        assertThat(shell.run("phone:show lobby").out()).contains("""
                        Id            lobby
                        Name          Lobby
                        Vendor        acme (Acme acme)
                        MAC           00:1f:c1:1a:8b:6c
                        Host          10.0.0.5
                        Token         the site's
                        Availability  online
                        """).contains("""
                        registration  registered
                        call          ringing
                        Commands      dial hangup
                        Events        call_incoming hook_off vendor_event
                        """);
    }

    @Test
    void unknown_phone_is_answered_with_the_known_ones() {
        Printed printed = shell.run("phone:show attic");

        assertThat(printed.thrown()).hasValueSatisfying(e -> {
            assertThat(e).hasMessage("no phone 'attic'; there are: lobby");
            assertThat(CommandFailure.status(e)).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"phone:show", "phone:show a b", "phone:list --nothing", "phone:send lobby dial", "phone:lost"})
    void wrong_usage_has_status_2(String line) {
        assertThat(shell.run(line).thrown())
                .hasValueSatisfying(e -> assertThat(CommandFailure.status(e)).isEqualTo(2));
    }

    @Test
    void urls_are_printed_for_each_event() {
        assertThat(shell.run("phone:urls lobby").out()).isEqualTo("""
                        Paste into: Web page, Action URLs

                        Event         | URL
                        --------------+-------------------------------------------------------------------------------
                        Incoming Call | http://10.0.0.1:8087/action/acme/abcdefghijklmnopqrstuv/incoming-call?mac=$mac
                        Off-hook      | http://10.0.0.1:8087/action/acme/abcdefghijklmnopqrstuv/off-hook?mac=$mac
                        """);
    }

    @Test
    void urls_too_long_for_the_screen_stay_whole() {
        assertThat(shell.run(80, "phone:urls acme").out()).contains("""
                        Incoming Call
                          http://10.0.0.1:8087/action/acme/abcdefghijklmnopqrstuv/incoming-call?mac=$mac
                        """);
    }

    @Test
    void url_that_serves_all_events_is_printed_once() {
        assertThat(shell.run("phone:urls handmade").out()).isEqualTo("""
                        Paste into: Settings, URL

                        One URL for all events:
                        http://10.0.0.1:8087/action/handmade/abcdefghijklmnopqrstuv
                        """);
    }

    @Test
    void urls_of_a_phone_with_its_own_token_never_show_the_sites() {
        shell.phones.add(ShownPhones.of("safe", "acme", true, Optional.empty()));

        assertThat(shell.run("phone:urls safe").out())
                .contains("/action/acme/TOKEN-OF-PHONE-safe/off-hook")
                .contains(
                        "Replace TOKEN-OF-PHONE-safe by the phone's own token: 'token' in etc/org.bellwire.phone-safe.cfg.")
                .doesNotContain("abcdefghijklmnopqrstuv");
    }

    @Test
    void urls_of_a_phone_whose_vendor_is_missing_tell_its_fault() {
        shell.phones.add(
                ShownPhones.of("old", "gone", false, Optional.of("install it: feature:install bellwire-gone")));

        assertThat(shell.run("phone:urls old").thrown())
                .hasValueSatisfying(e -> assertThat(e).hasMessage("install it: feature:install bellwire-gone"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "phone:list",
                "phone:show a",
                "phone:urls a",
                "phone:provision a",
                "phone:vendors",
                "phone:dial a 1"
            })
    void command_without_the_other_bundles_tells_that_they_are_missing(String line) {
        shell.close();
        try (Shell alone = new Shell(false)) {
            assertThat(alone.run(line).thrown())
                    .hasValueSatisfying(
                            e -> assertThat(e).hasMessageContaining("Bellwire is starting, or its log tells why"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "phone:provision lobby",
                "phone:provision lobby --format lines",
                "phone:provision lobby --format=lines",
                "phone:provision --format lines lobby",
                "phone:provision lobby lines"
            })
    void provision_prints_the_text_alone(String line) {
        Printed printed = shell.run(line);

        assertThat(printed.out()).isEqualTo("""
                        # 10.0.0.1
                        incoming-call = http://10.0.0.1:8087/action/acme/abcdefghijklmnopqrstuv/incoming-call?mac=$mac
                        off-hook = http://10.0.0.1:8087/action/acme/abcdefghijklmnopqrstuv/off-hook?mac=$mac
                        """);
        assertThat(printed.err())
                .isEqualTo("Upload as 00:1f:c1:1a:8b:6c.cfg, or see Web page, Action URLs. Formats: lines.\n");
    }

    @Test
    void provision_of_a_vendor_without_formats_prints_the_urls() {
        assertThat(shell.run("phone:provision handmade").out()).contains("One URL for all events:");
    }

    @Test
    void provision_in_an_unknown_format_names_the_known() {
        assertThat(shell.run("phone:provision lobby --format xml").thrown())
                .hasValueSatisfying(e -> assertThat(e).hasMessage("no format 'xml'; there is lines"));
    }

    @Test
    void dial_prints_the_result() {
        shell.result = Results.accepted();

        Printed printed = shell.run("phone:dial lobby 42");

        assertThat(printed.out()).isEqualTo("lobby dial: accepted (HTTP 200, 38 ms)\n");
        assertThat(printed.thrown()).isEmpty();
        assertThat(shell.orders).containsExactly(new CommandOrder("lobby", "dial", "42", Origin.Shell.SHELL));
    }

    @Test
    void button_needs_no_payload() {
        shell.result = Results.accepted();

        shell.run("phone:send lobby hangup");

        assertThat(shell.orders).containsExactly(new CommandOrder("lobby", "hangup", "PRESS", Origin.Shell.SHELL));
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"ACCEPTED", "CONFIRMED"})
    void command_that_the_phone_did_not_take_fails(Status status) {
        shell.result = Results.of(status, OptionalInt.empty(), Optional.of("why\u001b[31m not"));

        Printed printed = shell.run("phone:dial lobby 42");

        assertThat(printed.out()).isEqualTo("lobby dial: " + status.wire() + ": why[31m not (38 ms)\n");
        assertThat(printed.thrown())
                .hasValueSatisfying(e -> assertThat(CommandFailure.status(e)).isEqualTo(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme", "sim-acme"})
    void simulated_phone_reports_an_event(String name) {
        assertThat(shell.run("phone:simulate " + name + " off-hook"))
                .isEqualTo(new Printed("sim-acme: HTTP 200, sim-acme off-hook\n", "", Optional.empty()));
    }

    @Test
    void event_that_was_not_reported_fails() {
        Printed printed = shell.run("phone:simulate acme nonsense");

        assertThat(printed.out()).isEqualTo("sim-acme: no such event\n");
        assertThat(printed.thrown())
                .hasValueSatisfying(e -> assertThat(CommandFailure.status(e)).isEqualTo(1));
    }

    @Test
    void vendor_without_a_simulated_phone_is_answered_with_those_that_are() {
        assertThat(shell.run("phone:simulate htek off-hook").thrown())
                .hasValueSatisfying(e -> assertThat(e).hasMessage("no simulated phone of 'htek'; there are: sim-acme"));
    }

    @Test
    void simulating_without_the_simulator_names_its_feature() {
        shell.close();
        try (Shell alone = new Shell(false)) {
            assertThat(alone.run("phone:simulate acme off-hook").thrown())
                    .hasValueSatisfying(e -> assertThat(e).hasMessageContaining("feature:install bellwire-simulator"));
        }
    }

    @Test
    void vendors_are_listed_with_their_formats() {
        assertThat(shell.run("phone:vendors").out()).isEqualTo("""
                        Id       | Vendor        | Events | Commands | Formats
                        ---------+---------------+--------+----------+--------
                        acme     | Acme acme     | 2      | 2        | lines
                        handmade | Acme handmade | 2      | 2        | -
                        """);
    }
}
