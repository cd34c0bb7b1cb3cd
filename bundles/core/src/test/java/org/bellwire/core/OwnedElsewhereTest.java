package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Property;
import org.bellwire.api.Result;
import org.bellwire.api.Status;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.CommandOrder;
import org.bellwire.api.port.Gateways;
import org.bellwire.api.port.Ingest;
import org.bellwire.api.port.Origin;
import org.bellwire.api.port.PhoneListener;
import org.bellwire.api.port.Phones.PhoneStatus;
import org.bellwire.api.port.RemotePhones;
import org.bellwire.api.port.Reply;
import org.bellwire.api.port.Report;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A gateway of a cluster that owns one of its two phones. */
class OwnedElsewhereTest {

    /** Gateways that tell one of them that the second serves everything. */
    private record Told(String own) implements Gateways {
        @Override
        public List<String> all() {
            return List.of("gateway-1", "gateway-2");
        }

        @Override
        public Optional<String> ownerOf(PhoneId phone) {
            return Optional.of("gateway-2");
        }

        @Override
        public boolean tellsForAll() {
            return false;
        }
    }

    private static final Gateways SECOND = new Told("gateway-1");

    /** The phones of the other gateway, as it told of them, and the commands that were sent there. */
    private static final class Others implements RemotePhones {

        private final List<CommandOrder> sent = new ArrayList<>();
        private CompletionStage<Result> next = new CompletableFuture<>();

        @Override
        public CompletionStage<Result> send(CommandOrder order) {
            sent.add(order);
            return next;
        }

        @Override
        public Bus.Subscription watch(Set<PhoneId> phones, PhoneListener listener) {
            throw new AssertionError("only triggers ask for a few phones");
        }

        @Override
        public Bus.Subscription watch(PhoneListener listener) {
            return () -> {};
        }

        @Override
        public CompletionStage<Void> heard() {
            return CompletableFuture.completedStage(null);
        }

        @Override
        public Optional<State> find(PhoneId phone) {
            return Optional.of(new State(true, Map.of(Property.CALL, "ringing")));
        }
    }

    private final House house = new House();
    private final Others others = new Others();
    private final List<Report> taken = new ArrayList<>();

    private final Ingest cluster = new Ingest() {
        @Override
        public CompletionStage<Void> take(Report report) {
            taken.add(report);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public boolean owns(PhoneId phone) {
            return phone.value().equals("ours");
        }

        @Override
        public boolean ownsFirst() {
            return false;
        }
    };

    @BeforeEach
    void join() {
        house.file("ours", "vendor", "acme", "host", "192.0.2.10");
        house.file("theirs", "vendor", "acme", "host", "192.0.2.11");
        house.settle();
        house.ownership.setCluster(cluster);
        house.bus.disconnect();
        house.bus.forget();
    }

    @AfterEach
    void leave() {
        house.close();
    }

    @Test
    void report_of_any_phone_is_taken_and_goes_to_the_log() {
        assertThat(house.get("acme", "/incoming-call?phone=theirs&call_id=1")).isEqualTo(Reply.ACCEPTED);
        assertThat(taken)
                .singleElement()
                .satisfies(report -> assertThat(report.phone()).isEqualTo(new PhoneId("theirs")));
        assertThat(house.bus.topics()).isEmpty();
    }

    @Test
    void after_a_connect_only_what_is_owned_is_said_again() {
        house.bus.connect();
        house.settle();
        assertThat(house.bus.topics())
                .contains("ours/info", "ours/availability")
                .noneMatch(topic -> topic.startsWith("theirs/") || topic.startsWith("bridge/"));
    }

    @Test
    void command_for_a_phone_of_another_gateway_is_refused_with_the_reason() {
        house.bus.connect();
        Result result = house.send("theirs", "dial", "42").toCompletableFuture().join();
        assertThat(result.status()).isEqualTo(Status.REFUSED);
        assertThat(result.detail().orElse("")).contains("no gateway of the cluster", "try again");
        house.ownership.setGateways(SECOND);
        result = house.send("theirs", "dial", "42").toCompletableFuture().join();
        assertThat(result.status()).isEqualTo(Status.REFUSED);
        assertThat(result.detail().orElse("")).contains("another gateway", "gateway-2");
    }

    private void joinedByAnother() {
        house.bus.connect();
        house.ownership.setGateways(SECOND);
        house.ownership.setRemote(others);
    }

    @Test
    void command_for_a_phone_of_another_gateway_goes_there_and_its_result_is_the_one_that_it_had_there() {
        joinedByAnother();
        Result there = new Result(
                Optional.empty(),
                "theirs",
                "dial",
                Status.ACCEPTED,
                OptionalInt.of(200),
                Optional.empty(),
                Instant.EPOCH,
                5);
        others.next = CompletableFuture.completedStage(there);
        Result result = house.send("theirs", "dial", "42").toCompletableFuture().join();
        assertThat(result).isEqualTo(there);
        assertThat(others.sent).singleElement().satisfies(order -> {
            assertThat(order.phone()).isEqualTo("theirs");
            assertThat(order.payload()).isEqualTo("42");
        });
        assertThat(house.bus.payloads("theirs/result/dial"))
                .as("the other gateway publishes it")
                .isEmpty();
    }

    @Test
    void command_that_could_not_be_sent_there_has_failed_with_the_reason() {
        joinedByAnother();
        others.next = CompletableFuture.<Result>failedStage(new Bus.Undelivered("no leader"))
                .thenApply(same -> same); // wraps it, as stages do
        Result result = house.send("theirs", "dial", "42").toCompletableFuture().join();
        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.detail()).contains("no leader");
        assertThat(house.bus.payloads("theirs/result/dial"))
                .singleElement()
                .asString()
                .contains("no leader");
    }

    @Test
    void command_that_another_gateway_sent_goes_nowhere_else() {
        joinedByAnother();
        CommandOrder order =
                new CommandOrder("theirs", "dial", "42", new Origin.Remote("shell at gateway-2", Optional.empty()));
        Result result = house.commands
                .carryOut(order, Duration.ZERO)
                .toCompletableFuture()
                .join();
        assertThat(result.status()).isEqualTo(Status.REFUSED);
        assertThat(result.detail().orElse("")).contains("gateway-2", "send it again");
        assertThat(others.sent).isEmpty();
    }

    @Test
    void phone_of_another_gateway_shows_what_that_one_published() {
        joinedByAnother();
        PhoneStatus theirs = house.registry.find("theirs").orElseThrow();
        assertThat(theirs.elsewhere()).contains("gateway-2");
        assertThat(theirs.online()).isTrue();
        assertThat(theirs.states()).isEqualTo(Map.of(Property.CALL, "ringing"));
        assertThat(house.registry.find("ours").orElseThrow().states()).isEmpty();
    }

    @Test
    void phone_of_another_gateway_shows_who_serves_it_and_nothing_that_may_be_old() {
        house.ownership.setGateways(SECOND);
        PhoneStatus theirs = house.registry.find("theirs").orElseThrow();
        assertThat(theirs.elsewhere()).contains("gateway-2");
        assertThat(theirs.online()).isFalse();
        assertThat(theirs.states()).isEmpty();
        assertThat(house.registry.find("ours").orElseThrow().elsewhere()).isEmpty();
    }

    /** Kafka has told already, and this gateway has not begun. */
    @Test
    void phone_that_is_about_to_come_here_is_served_by_nobody() {
        house.ownership.setGateways(new Told("gateway-2"));
        assertThat(house.registry.find("theirs").orElseThrow().elsewhere()).contains(PhoneStatus.NOBODY);
    }

    @Test
    void phone_that_nobody_is_known_to_serve_says_so() {
        assertThat(house.registry.find("theirs").orElseThrow().elsewhere()).contains(PhoneStatus.NOBODY);
    }

    @Test
    void command_that_the_broker_sends_is_left_to_who_hears_for_all() {
        house.bus.connect();
        house.bus.arrives("ours/command/dial", "42");
        house.settle();
        assertThat(house.bus.topics()).noneMatch(topic -> topic.contains("/result/"));
    }

    @Test
    void without_the_cluster_phones_are_asked_to_come_again() {
        house.ownership.unsetCluster(cluster);
        assertThat(house.get("acme", "/incoming-call?phone=ours&call_id=1")).isEqualTo(Reply.UNAVAILABLE);
    }
}
