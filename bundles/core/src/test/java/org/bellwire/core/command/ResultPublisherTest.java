package org.bellwire.core.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.bellwire.api.CommandName;
import org.bellwire.api.Result;
import org.bellwire.api.Status;
import org.bellwire.api.Topic;
import org.bellwire.api.port.CommandOrder;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.Limit;
import org.bellwire.api.port.Origin;
import org.bellwire.api.port.PhoneListener;
import org.bellwire.api.port.Refusal;
import org.bellwire.core.LogRecorder;
import org.bellwire.core.publish.PhoneListeners;
import org.bellwire.testkit.FakeBus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResultPublisherTest {

    private final LogRecorder log = new LogRecorder();
    private final FakeBus bus = new FakeBus();
    private final CommandScene scene = new CommandScene();
    private final List<Status> counted = new ArrayList<>();
    private final List<Result> heard = new ArrayList<>();
    private final Counters counters = new Counters() {
        @Override
        public void answered(int httpStatus) {
            // Not of interest.
        }

        @Override
        public void refused(Refusal reason) {
            // Not of interest.
        }

        @Override
        public void resulted(Status status) {
            counted.add(status);
        }

        @Override
        public void reached(Limit limit) {
            // Not of interest.
        }
    };
    private final PhoneListener listener = new PhoneListener() {
        @Override
        public void result(Result result) {
            heard.add(result);
        }
    };
    private final ResultPublisher results = new ResultPublisher(
            bus, scene.time.timing(), () -> counters, PhoneListeners.of(listener), phone -> "root-of-" + phone);

    @AfterEach
    void leave() {
        log.close();
    }

    private PendingCommand pending(Origin origin) {
        return scene.pending(CommandName.DIAL, "{\"number\":\"42\",\"id\":\"k-7\"}", origin);
    }

    @Test
    void result_goes_to_the_bus_to_listeners_and_to_the_counters() {
        PendingCommand pending = pending(CommandScene.RULE);
        scene.time.pass(Duration.ofMillis(38));
        Result result = results.finish(pending, Status.FAILED, OptionalInt.of(500), Optional.of("why"))
                .toCompletableFuture()
                .join();
        assertThat(result)
                .isEqualTo(new Result(
                        Optional.of("k-7"),
                        "lobby",
                        "dial",
                        Status.FAILED,
                        OptionalInt.of(500),
                        Optional.of("why"),
                        scene.time.timing().clock().instant(),
                        38));
        assertThat(heard).containsExactly(result);
        assertThat(counted).containsExactly(Status.FAILED);
        assertThat(bus.payloads("lobby/result/dial")).singleElement().asString().contains("\"http_status\":500", "why");
        assertThat(log.lines()).containsExactly("INFO phone lobby: dial ** from lobby/command/dial: failed, why");
    }

    @Test
    void who_sent_it_from_a_sites_topic_hears_of_it_there() {
        results.refuse(pending(new Origin.Topic(new Topic("acme", "lobby/command/dial"))), "no");
        assertThat(bus.topics()).containsExactly("acme/lobby/result/dial");
    }

    @Test
    void command_of_somebody_without_a_topic_is_told_below_the_phones_root() {
        results.refuse(pending(Origin.Shell.SHELL), "no");
        assertThat(bus.topics()).containsExactly("root-of-lobby/lobby/result/dial");
    }

    @Test
    void refusal_says_why() {
        Result result = results.refuse(pending(CommandScene.RULE), "not now")
                .toCompletableFuture()
                .join();
        assertThat(result.status()).isEqualTo(Status.REFUSED);
        assertThat(result.detail()).contains("not now");
        assertThat(result.httpStatus()).isEmpty();
    }

    @Test
    void fault_is_told_to_the_log_and_not_to_the_sender() {
        Result result = results.fault(
                        pending(CommandScene.RULE), Status.FAILED, new IllegalStateException("secret words"))
                .toCompletableFuture()
                .join();
        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.detail()).contains("a fault of Bellwire; see its log");
        assertThat(log.warnings()).containsExactly("SEVERE phone lobby: dial met a fault of Bellwire");
    }

    @Test
    void command_that_no_topic_can_name_has_a_result_and_no_message() {
        PendingCommand odd = PendingCommand.of(new CommandOrder("Not A Topic", "dial", "42", Origin.Shell.SHELL), 0);
        results.refuse(odd, "no");
        assertThat(bus.topics()).isEmpty();
        assertThat(heard).extracting(Result::phone).containsExactly("Not A Topic");
    }
}
