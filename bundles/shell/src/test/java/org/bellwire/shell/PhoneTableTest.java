package org.bellwire.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.EventType;
import org.bellwire.api.Property;
import org.bellwire.api.port.Phones;
import org.bellwire.api.port.Phones.PhoneStatus;
import org.junit.jupiter.api.Test;

class PhoneTableTest {

    private static final String FAULT = "org.bellwire.phone-wall.cfg: mac: a MAC address is 12 hexadecimal digits";
    private static final List<PhoneStatus> PHONES =
            List.of(ShownPhones.lobby(), ShownPhones.of("wall", "sangoma", false, Optional.of(FAULT)));

    private final Clock noon = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

    @Test
    void table_without_a_terminal_has_every_column_uncut() {
        assertThat(printed(0, PHONES)).isEqualTo("""
                Id    | Vendor  | Call    | Registration | Availability | Host     | Last event             | What is wrong
                ------+---------+---------+--------------+--------------+----------+------------------------+-------------------------------------------------------------------------
                lobby | acme    | ringing | registered   | online       | 10.0.0.5 | call_incoming 08:15:30 |
                wall  | sangoma | -       | -            | offline      | -        | -                      | org.bellwire.phone-wall.cfg: mac: a MAC address is 12 hexadecimal digits
                """);
    }

    @Test
    void site_of_a_phone_is_shown_where_there_are_tenants() {
        PhoneStatus tenant = new PhoneStatus(
                "acme-1",
                "",
                "acme",
                Optional.empty(),
                Optional.empty(),
                false,
                true,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Phones.Device.UNKNOWN,
                "acme-inc",
                Optional.empty());

        assertThat(printed(0, List.of(ShownPhones.lobby(), tenant)))
                .contains("Id     | Site     | Vendor")
                .contains("lobby  | -        | acme")
                .contains("acme-1 | acme-inc | acme");
    }

    @Test
    void gateway_that_serves_a_phone_stands_beside_its_availability() {
        assertThat(printed(0, List.of(ShownPhones.at("gateway-2")))).contains("| at gateway-2 |");
        assertThat(printed(80, List.of(ShownPhones.at("gateway-2")))).contains("| at gateway-2 |");
        assertThat(printed(0, List.of(ShownPhones.at("gateway-2", true, Map.of()))))
                .contains("| online at gateway-2 |");
        assertThat(printed(0, List.of(ShownPhones.at("gateway-2", false, Map.of(Property.CALL, "idle")))))
                .contains("| idle | -            | offline at gateway-2 |");
        assertThat(printed(0, List.of(ShownPhones.at(PhoneStatus.NOBODY)))).contains("| unserved     |");
    }

    @Test
    void table_on_80_columns_tells_what_is_wrong_below() {
        assertThat(printed(80, PHONES)).isEqualTo("""
                Id    | Vendor  | Call    | State   | Host     | Last event
                ------+---------+---------+---------+----------+--------------
                lobby | acme    | ringing | online  | 10.0.0.5 | call_incoming
                wall  | sangoma | -       | offline | -        | -
                wall:         org.bellwire.phone-wall.cfg: mac: a MAC address is 12 hexadecimal
                              digits
                """);
    }

    @Test
    void failed_registration_is_told_below_a_narrow_table() {
        PhoneStatus failed = ShownPhones.phone("lobby", Map.of(Property.REGISTRATION, "failed"));

        assertThat(printed(80, List.of(failed))).endsWith("lobby:        registration failed\n");
    }

    @Test
    void long_ids_and_events_are_folded_until_a_row_fits_80_columns() {
        PhoneStatus phone = new PhoneStatus(
                "reception-desk-ground-floor-north",
                "",
                "flyingvoice",
                Optional.empty(),
                Optional.of("192.168.100.100"),
                false,
                true,
                Map.of(Property.CALL, "connected"),
                Optional.of(EventType.FORWARD_NO_ANSWER_OFF),
                Optional.empty(),
                Optional.empty(),
                Phones.Device.UNKNOWN,
                "",
                Optional.empty());

        assertThat(printed(80, List.of(phone)).lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80))
                .anySatisfy(line -> assertThat(line).contains("reception"));
    }

    @Test
    void phone_without_a_vendor_is_listed() {
        PhoneStatus nobody = ShownPhones.of("wall", "", false, Optional.of("vendor: is missing"));

        assertThat(printed(0, List.of(nobody))).contains("wall | -      | -");
    }

    @Test
    void event_of_another_day_shows_the_day() {
        Clock later = Clock.offset(noon, Duration.ofDays(3));

        assertThat(printed(0, List.of(ShownPhones.lobby()), later)).contains("call_incoming 2026-11-21");
    }

    @Test
    void control_characters_from_a_file_never_reach_the_terminal() {
        PhoneStatus evil = ShownPhones.of("ev\u001bil", "ac\u001b[2Jme", false, Optional.of("x\u0007\n\u202ey"));

        assertThat(printed(0, List.of(evil)))
                .contains("evil", "ac[2Jme")
                .contains(" xy\n")
                .doesNotContain("\u001b");
    }

    private String printed(int width, List<PhoneStatus> phones) {
        return printed(width, phones, noon);
    }

    private static String printed(int width, List<PhoneStatus> phones, Clock clock) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        new PhoneTable(phones, new Screen(width, true, false), clock).print(stream);
        return out.toString(StandardCharsets.UTF_8);
    }
}
