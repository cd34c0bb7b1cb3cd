package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bellwire.api.config.Secret;
import org.bellwire.api.port.Gateway;
import org.bellwire.api.port.PhoneClient.Answer;
import org.bellwire.api.port.PhoneClient.Kind;
import org.bellwire.api.port.SettingsPush.Present;
import org.bellwire.api.spi.CommandTable;
import org.bellwire.api.spi.EventRow;
import org.bellwire.api.spi.EventTable;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.api.spi.PhoneRequest;
import org.bellwire.api.spi.Provisioning;
import org.bellwire.api.spi.SettingsLines;
import org.bellwire.api.spi.SettingsPage;
import org.bellwire.api.spi.VendorInfo;
import org.bellwire.core.command.SettingsDesk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SettingsDeskTest {

    private static final Gateway GATEWAY = new Gateway() {
        @Override
        public String host() {
            return "10.0.0.5";
        }

        @Override
        public int port() {
            return 8087;
        }

        @Override
        public Secret token() {
            return new Secret(House.SITE_TOKEN);
        }
    };

    private final House house = new House();
    private final SettingsDesk desk = new SettingsDesk(house.registry, house.line);

    /** A vendor whose settings can be written. */
    private record Writable(EventTable events, CommandTable commands) implements PhoneBinding {
        @Override
        public VendorInfo info() {
            return new VendorInfo("writable", "Writable", "none");
        }

        @Override
        public Provisioning provisioning() {
            return new Provisioning("Menu", "/{event}?mac=$mac", false, List.of());
        }

        @Override
        public Optional<SettingsPage> settingsPage() {
            return Optional.of(new SettingsPage(
                    new PhoneRequest("/settings"),
                    SettingsLines::read,
                    (name, value) -> new PhoneRequest("/save").with(name, value)));
        }
    }

    @BeforeEach
    void write_files() {
        EventTable events = EventTable.namedInPath(
                Acme.FULL.callVariables(),
                EventRow.on("Off-Hook", Acme.FULL.find("Off-Hook").orElseThrow().type())
                        .key("off_url"),
                EventRow.on("Mute", Acme.FULL.find("Mute").orElseThrow().type()));
        house.registry.addBinding(new Writable(events, house.acme.commands()));
        house.file("lobby", "vendor", "writable", "host", "10.0.0.9");
        house.file("own", "vendor", "writable", "host", "10.0.0.8", "token", "own-token-of-this-phone-22");
        house.file("far", "vendor", "writable");
        house.file("desk", "vendor", "acme", "host", "10.0.0.7");
        house.settle();
    }

    @AfterEach
    void leave() {
        house.close();
    }

    @Test
    void what_stands_in_the_way_is_said() {
        assertThat(desk.objection("lobby")).isEmpty();
        assertThat(desk.objection("nobody").orElse("")).contains("no such phone");
        assertThat(desk.objection("desk").orElse("")).contains("not supported by this vendor");
        assertThat(desk.objection("far").orElse("")).contains("set 'host' in org.bellwire.phone-far.cfg");
    }

    @Test
    void wanted_are_the_urls_of_rows_with_a_setting_and_the_phones_own_token() {
        assertThat(desk.wanted("lobby", GATEWAY))
                .isEqualTo(Map.of(
                        "off_url", "http://10.0.0.5:8087/action/writable/" + House.SITE_TOKEN + "/off-hook?mac=$mac"));
        assertThat(desk.wanted("own", GATEWAY).get("off_url")).contains("/own-token-of-this-phone-22/");
    }

    @Test
    void what_the_phone_shows_is_read_and_no_more_than_was_asked_for() {
        house.line.answers(Answer.of(Kind.OK, 200).saying("off_url$: http://old/\npassword$: x\n"));
        Present present = desk.read("lobby", Set.of("off_url", "other"))
                .toCompletableFuture()
                .join();
        assertThat(present).isEqualTo(new Present(Map.of("off_url", "http://old/"), Optional.empty()));
        assertThat(house.line.sent()).containsExactly("lobby /settings");
        assertThat(present.toString()).doesNotContain("http");
    }

    @Test
    void one_setting_is_written_by_one_request() {
        assertThat(desk.write("lobby", "off_url", "http://x/?a=1&b=$c")
                        .toCompletableFuture()
                        .join())
                .isEmpty();
        assertThat(house.line.sent()).containsExactly("lobby /save?off_url=http%3A%2F%2Fx%2F%3Fa%3D1%26b%3D%24c");
    }

    @Test
    void a_phone_that_refuses_says_why() {
        house.line.answers(Answer.of(Kind.UNAUTHORIZED, 401, "the phone refuses user and password"));
        assertThat(desk.write("lobby", "off_url", "x").toCompletableFuture().join())
                .contains("the phone refuses user and password");
        house.line.answers(Answer.of(Kind.UNREACHABLE, "no answer"));
        assertThat(desk.read("lobby", Set.of("off_url"))
                        .toCompletableFuture()
                        .join()
                        .fault())
                .contains("no answer");
    }

    @Test
    void a_setting_waits_for_the_phones_commands() {
        var dial = house.line.answersLater();
        house.file("lobby2", "vendor", "writable", "host", "10.0.0.6");
        house.settle();
        var command = house.send("lobby2", "dial", "42").toCompletableFuture();
        var write = desk.write("lobby2", "off_url", "x").toCompletableFuture();
        assertThat(house.line.sent()).hasSize(1);
        assertThat(write).isNotDone();
        dial.complete(Answer.of(Kind.OK, 200));
        assertThat(command).isDone();
        assertThat(write.join()).isEmpty();
    }

    @Test
    void who_is_not_there_gets_an_answer() {
        assertThat(desk.write("nobody", "a", "b").toCompletableFuture().join().orElse(""))
                .contains("no such phone");
        assertThat(desk.read("desk", Set.of("a")).toCompletableFuture().join().fault())
                .isPresent();
    }
}
