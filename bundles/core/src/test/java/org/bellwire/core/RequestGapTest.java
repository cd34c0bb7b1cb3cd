package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.bellwire.api.CommandName;
import org.bellwire.api.EventType;
import org.bellwire.api.Result;
import org.bellwire.api.Status;
import org.bellwire.api.port.PhoneClient.Answer;
import org.bellwire.api.port.PhoneClient.Kind;
import org.bellwire.api.spi.Access;
import org.bellwire.api.spi.CallVariables;
import org.bellwire.api.spi.CommandRow;
import org.bellwire.api.spi.CommandTable;
import org.bellwire.api.spi.EventRow;
import org.bellwire.api.spi.EventTable;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.api.spi.PhoneRequest;
import org.bellwire.api.spi.Plan;
import org.bellwire.api.spi.Provisioning;
import org.bellwire.api.spi.VendorInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Phones that take one request a second. */
class RequestGapTest {

    private final House house = new House();

    private record Slow() implements PhoneBinding {
        @Override
        public VendorInfo info() {
            return new VendorInfo("slow", "Slow", "invented");
        }

        @Override
        public EventTable events() {
            return EventTable.namedInPath(CallVariables.id("call"), EventRow.on("Bell", EventType.DOOR_BELL));
        }

        @Override
        public CommandTable commands() {
            return CommandTable.of(
                    Access.http(Access.Authentication.NONE).withRequestGapMs(1000),
                    CommandRow.on(CommandName.HANGUP, new PhoneRequest("/hangup")),
                    CommandRow.on(
                            CommandName.SPEAKER,
                            (command, phone) -> Plan.send(new PhoneRequest("/key"), new PhoneRequest("/ok"))));
        }

        @Override
        public Provisioning provisioning() {
            return new Provisioning("nowhere", "/{event}", false, List.of());
        }
    }

    @BeforeEach
    void add_phones() {
        house.registry.addBinding(new Slow());
        house.line.setReachable(false);
        house.file("gate", "vendor", "slow", "host", "192.0.2.40", "probe.s", "0");
        house.file("door", "vendor", "slow", "host", "192.0.2.41", "probe.s", "0");
        house.settle();
    }

    @AfterEach
    void leave() {
        house.close();
    }

    private CompletableFuture<Result> send(String phone, String command) {
        return house.send(phone, command, "PRESS").toCompletableFuture();
    }

    @Test
    void second_command_waits_a_second_after_the_answer_to_the_first() {
        CompletableFuture<Answer> slow = house.line.answersLater();
        send("gate", "hangup");
        house.time.pass(Duration.ofSeconds(3));
        slow.complete(Answer.of(Kind.OK, 200));
        CompletableFuture<Result> second = send("gate", "hangup");
        house.time.pass(Duration.ofMillis(999));
        assertThat(house.line.sent()).hasSize(1);
        assertThat(second).isNotDone();
        house.time.pass(Duration.ofMillis(1));
        assertThat(house.line.sent()).containsExactly("gate /hangup", "gate /hangup");
        assertThat(second.join().status()).isEqualTo(Status.ACCEPTED);
    }

    @Test
    void second_request_of_a_command_waits_as_well() {
        send("gate", "speaker");
        house.time.pass(Duration.ofMillis(999));
        assertThat(house.line.sent()).containsExactly("gate /key");
        house.time.pass(Duration.ofMillis(1));
        assertThat(house.line.sent()).containsExactly("gate /key", "gate /ok");
    }

    @Test
    void other_phones_do_not_wait() {
        send("gate", "hangup");
        send("door", "hangup");
        assertThat(house.line.sent()).containsExactly("gate /hangup", "door /hangup");
    }

    @Test
    void command_after_more_than_a_second_does_not_wait() {
        send("gate", "hangup");
        house.time.pass(Duration.ofSeconds(1));
        send("gate", "hangup");
        assertThat(house.line.sent()).hasSize(2);
    }

    @Test
    void probe_is_a_connection_as_well() {
        house.file("door", "vendor", "slow", "host", "192.0.2.41", "probe.s", "60");
        house.time.pass(Duration.ofSeconds(1));
        assertThat(house.line.probed()).containsExactly("door");
        send("door", "hangup");
        assertThat(house.line.sent()).isEmpty();
        house.time.pass(Duration.ofSeconds(1));
        assertThat(house.line.sent()).containsExactly("door /hangup");
    }
}
