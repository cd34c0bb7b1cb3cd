package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.bellwire.api.Status;
import org.bellwire.api.port.PhoneClient.Answer;
import org.bellwire.api.port.PhoneClient.Kind;
import org.bellwire.api.port.SettingsPush.Present;
import org.bellwire.api.spi.CommandTable;
import org.bellwire.api.spi.EventTable;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.api.spi.PhoneRequest;
import org.bellwire.api.spi.Provisioning;
import org.bellwire.api.spi.SettingsPage;
import org.bellwire.api.spi.VendorInfo;
import org.bellwire.core.command.SettingsDesk;
import org.bellwire.core.phone.SerialQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes wrong while settings are read and written. */
class SettingsDeskFaultsTest {

    private static final Answer OK = Answer.of(Kind.OK, 200);

    private final House house = new House();
    private final SettingsDesk desk = new SettingsDesk(house.registry, house.line);

    /** A vendor whose page has faults: it takes no text with "fault", and cannot write what is "odd". */
    private record Faulty(EventTable events, CommandTable commands) implements PhoneBinding {
        @Override
        public VendorInfo info() {
            return new VendorInfo("faulty", "Faulty", "none");
        }

        @Override
        public Provisioning provisioning() {
            return new Provisioning("Menu", "/{event}?mac=$mac", false, List.of());
        }

        @Override
        public Optional<SettingsPage> settingsPage() {
            return Optional.of(new SettingsPage(new PhoneRequest("/settings"), Faulty::read, Faulty::write));
        }

        private static Map<String, String> read(String body) {
            if (body.contains("fault")) {
                throw new IllegalArgumentException("a reader with a fault");
            }
            return Map.of("url", body);
        }

        private static PhoneRequest write(String name, String value) {
            if (value.equals("odd")) {
                throw new IllegalArgumentException("a writer with a fault");
            }
            return new PhoneRequest("/save").with(name, value);
        }
    }

    @BeforeEach
    void write_files() {
        house.registry.addBinding(new Faulty(house.acme.events(), house.acme.commands()));
        house.file("lobby", "vendor", "faulty", "host", "10.0.0.9");
        house.file("far", "vendor", "faulty");
        house.settle();
        house.log.forget();
    }

    @AfterEach
    void leave() {
        house.close();
    }

    private String written(String phone, String value) {
        return desk.write(phone, "url", value).toCompletableFuture().join().orElse("");
    }

    private Present read() {
        return desk.read("lobby", Set.of("url")).toCompletableFuture().join();
    }

    @Test
    void fault_of_a_reader_is_told_and_logged_and_holds_up_nothing() {
        house.line.answers(OK.saying("fault"));
        assertThat(read().fault().orElse("")).contains("a fault of Bellwire");
        assertThat(house.log.warnings())
                .singleElement()
                .asString()
                .contains("SEVERE phone lobby: its settings met a fault of Bellwire");
        house.line.answers(OK.saying("http://x/"));
        assertThat(read()).isEqualTo(new Present(Map.of("url", "http://x/"), Optional.empty()));
    }

    @Test
    void fault_of_a_writer_is_told_and_logged_and_holds_up_nothing() {
        assertThat(written("lobby", "odd")).contains("a fault of Bellwire");
        assertThat(house.line.sent()).isEmpty();
        assertThat(house.log.warnings()).hasSize(1);
        assertThat(written("lobby", "new")).isEmpty();
        assertThat(house.line.sent()).containsExactly("lobby /save?url=new");
    }

    @Test
    void fault_of_the_line_is_told_and_holds_up_nothing() {
        CompletableFuture<Answer> broken = house.line.answersLater();
        CompletableFuture<Optional<String>> first =
                desk.write("lobby", "url", "1").toCompletableFuture();
        CompletableFuture<Optional<String>> second =
                desk.write("lobby", "url", "2").toCompletableFuture();
        broken.completeExceptionally(new IllegalArgumentException("a fault of the line"));
        assertThat(first.join().orElse("")).contains("a fault of Bellwire");
        assertThat(second.join()).isEmpty();
    }

    @Test
    void phone_that_does_not_say_why_does_not_take_it() {
        house.line.answers(Answer.of(Kind.FAILED, 500));
        assertThat(written("lobby", "new")).isEqualTo("the phone does not take it");
        house.line.answers(Answer.of(Kind.FAILED, 500));
        assertThat(read()).isEqualTo(new Present(Map.of(), Optional.of("the phone does not take it")));
    }

    @Test
    void setting_too_many_is_not_taken() {
        CompletableFuture<Answer> slow = house.line.answersLater();
        for (int i = 0; i <= SerialQueue.MAX; i++) {
            assertThat(desk.write("lobby", "url", "" + i).toCompletableFuture()).isNotDone();
        }
        assertThat(written("lobby", "too many")).contains("too many commands wait for this phone");
        slow.complete(OK);
        assertThat(house.line.sent()).hasSize(SerialQueue.MAX + 1);
        assertThat(house.log.warnings()).as("nobody's fault").isEmpty();
    }

    @Test
    void phone_without_a_host_is_not_there() {
        assertThat(written("far", "new")).contains("no such phone");
    }

    @Test
    void command_waits_for_a_setting() {
        CompletableFuture<Answer> slow = house.line.answersLater();
        CompletableFuture<Optional<String>> setting =
                desk.write("lobby", "url", "new").toCompletableFuture();
        var command = house.send("lobby", "dial", "42").toCompletableFuture();
        assertThat(command).isNotDone();
        slow.complete(OK);
        assertThat(setting.join()).isEmpty();
        assertThat(command.join().status()).isEqualTo(Status.ACCEPTED);
    }
}
