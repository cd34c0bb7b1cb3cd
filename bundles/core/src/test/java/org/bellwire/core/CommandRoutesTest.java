package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.Result;
import org.bellwire.api.Status;
import org.bellwire.api.Topic;
import org.bellwire.api.port.CommandOrder;
import org.bellwire.api.port.Groups;
import org.bellwire.api.port.Origin;
import org.bellwire.api.port.PhoneClient.Answer;
import org.bellwire.api.port.PhoneClient.Kind;
import org.bellwire.core.command.CommandDesk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ways of a command besides the one to a phone. */
class CommandRoutesTest {

    private static final String SITE_TOKEN = "token-of-the-site-north-22";

    private final House house = new House();

    /** Knows no group. */
    private static final class NoGroups implements Groups {
        @Override
        public List<Group> all() {
            return List.of();
        }

        @Override
        public Optional<Group> find(String id) {
            return Optional.empty();
        }
    }

    @BeforeEach
    void write_files() {
        house.file("lobby", "vendor", "zenith", "host", "192.0.2.10")
                .group("floor", "phones", "lobby")
                .settle();
    }

    @AfterEach
    void leave() {
        house.close();
    }

    private Result sent(String phone, String command, String payload) {
        return house.send(phone, command, payload).toCompletableFuture().join();
    }

    private String missed() {
        return house.bus.retained("lobby/state/missed").orElse("unknown");
    }

    private void misses() {
        house.get("zenith", "?phone=lobby&event=incoming&callId=1");
        house.get("zenith", "?phone=lobby&event=ended&callId=1");
        assertThat(missed()).isEqualTo("1");
    }

    @Test
    void missed_calls_are_counted_anew_without_a_request_to_the_phone() {
        misses();
        Result result = sent("lobby", "missed", "RESET");
        assertThat(result.status()).isEqualTo(Status.ACCEPTED);
        assertThat(missed()).isEqualTo("0");
        assertThat(house.line.sent()).isEmpty();
        assertThat(house.bus.payloads("lobby/result/missed")).hasSize(1);
    }

    @Test
    void missed_calls_stay_counted_when_the_command_came_too_late() {
        misses();
        Result result = sent("lobby", "missed", "{\"value\":\"RESET\",\"expires\":\"2026-11-21T08:15:00Z\"}");
        assertThat(result.status()).isEqualTo(Status.REFUSED);
        assertThat(result.detail().orElse("")).contains("expired at 2026-11-21T08:15:00Z");
        assertThat(missed()).isEqualTo("1");
    }

    @Test
    void malformed_payload_is_refused_with_what_is_wrong_with_it() {
        Result result = sent("lobby", "dial", "{\"number\":[]}");
        assertThat(result.status()).isEqualTo(Status.REFUSED);
        assertThat(result.detail()).contains("number must be a text of at most 256 characters");
    }

    @Test
    void groups_are_served_until_they_go() {
        house.commands.unsetGroups(new NoGroups());
        assertThat(sent("floor", "dial", "42").status()).isEqualTo(Status.ACCEPTED);
        house.commands.unsetGroups(house.groups);
        Result result = sent("floor", "dial", "42");
        assertThat(result.status()).isEqualTo(Status.REFUSED);
        assertThat(result.detail().orElse("")).contains("there is no phone 'floor'");
    }

    @Test
    void group_is_hidden_from_another_tenant() {
        Origin other = new Origin.Topic(new Topic("north", "floor/command/dial"));
        Result result = house.commands
                .carryOut(new CommandOrder("floor", "dial", "42", other))
                .toCompletableFuture()
                .join();
        assertThat(result.detail()).contains("there is no phone 'floor'");
        assertThat(house.line.sent()).isEmpty();
    }

    @Test
    void time_since_a_command_was_heard_counts() {
        CommandOrder order = new CommandOrder("lobby", "dial", "42", House.RULE);
        Result result = house.commands
                .carryOut(order, Duration.ofSeconds(4))
                .toCompletableFuture()
                .join();
        assertThat(result.status()).isEqualTo(Status.ACCEPTED);
        assertThat(result.tookMs()).isEqualTo(4_000);
        assertThat(house.commands
                        .carryOut(order, Duration.ofMillis(10_001))
                        .toCompletableFuture()
                        .join()
                        .status())
                .isEqualTo(Status.REFUSED);
    }

    @Test
    void rules_hold_from_the_beginning() {
        CommandDesk desk = new CommandDesk(
                house.registry,
                house.line,
                house.bus,
                house.retained,
                house.ownership,
                Map.of("deny", "42"),
                house.time.timing());
        assertThat(desk.carryOut(new CommandOrder("lobby", "dial", "42", House.RULE))
                        .toCompletableFuture()
                        .join()
                        .detail()
                        .orElse(""))
                .contains("never dialled");
    }

    @Test
    void dial_that_failed_is_not_gone_on_with() {
        house.line.answers(Answer.of(Kind.FAILED, 500));
        sent("lobby", "dial", "{\"number\":\"42\",\"then\":\"7\"}");
        house.get("zenith", "?phone=lobby&event=outgoing&callId=1&number=42");
        house.get("zenith", "?phone=lobby&event=connected&callId=1&number=42");
        house.time.pass(Duration.ofSeconds(5));
        assertThat(house.line.sent()).containsExactly("lobby /dial?value=42");
    }

    @Test
    void each_site_has_a_subscription_of_its_own_while_it_is_there() {
        int before = house.bus.subscriptions();
        house.site("north", "token", SITE_TOKEN).settle();
        assertThat(house.bus.subscriptions()).isEqualTo(before + 1);
        house.site("north", "token", SITE_TOKEN + "3").settle();
        assertThat(house.bus.subscriptions()).as("once").isEqualTo(before + 1);
        house.deleteSite("north").settle();
        assertThat(house.bus.subscriptions()).isEqualTo(before);
    }

    @Test
    void nothing_is_subscribed_to_for_a_site_that_comes_after_the_end() {
        house.site("north", "token", SITE_TOKEN).settle();
        int before = house.bus.subscriptions();
        house.commands.stop();
        assertThat(house.bus.subscriptions()).isEqualTo(before - 2);
        house.site("south", "token", "token-of-the-site-south-22").settle();
        assertThat(house.bus.subscriptions()).isEqualTo(before - 2);
    }
}
