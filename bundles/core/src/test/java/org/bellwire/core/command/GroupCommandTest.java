package org.bellwire.core.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Result;
import org.bellwire.api.Status;
import org.bellwire.api.port.CommandOrder;
import org.bellwire.api.port.Commands;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.Groups.Group;
import org.bellwire.core.LogRecorder;
import org.bellwire.core.publish.PhoneListeners;
import org.bellwire.testkit.FakeBus;
import org.bellwire.testkit.ManualTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupCommandTest {

    private static final CommandOrder ORDER =
            new CommandOrder("floor", "dial", "{\"number\":\"42\",\"id\":\"k-7\"}", CommandScene.RULE);

    private final LogRecorder log = new LogRecorder();
    private final FakeBus bus = new FakeBus();
    private final ManualTime time = new ManualTime();
    private final List<CommandOrder> ordered = new ArrayList<>();
    private final List<CompletableFuture<Result>> answers = new ArrayList<>();
    private final Commands phones = new Commands() {
        @Override
        public CompletionStage<Result> carryOut(CommandOrder order) {
            ordered.add(order);
            CompletableFuture<Result> answer = new CompletableFuture<>();
            answers.add(answer);
            return answer;
        }
    };
    private final ResultPublisher results =
            new ResultPublisher(bus, time.timing(), () -> Counters.NONE, PhoneListeners.of(), id -> "");

    @AfterEach
    void leave() {
        log.close();
    }

    private static Group group(int members) {
        List<PhoneId> ids = IntStream.rangeClosed(1, members)
                .mapToObj(i -> new PhoneId("p" + i))
                .toList();
        return new Group("floor", "Floor", ids, Optional.empty());
    }

    private CompletableFuture<Result> send(Group group) {
        return new GroupCommand(group, PendingCommand.of(ORDER, time.nanos()))
                .carryOut(phones, results)
                .toCompletableFuture();
    }

    private Result sum(Status... all) {
        CompletableFuture<Result> sum = send(group(all.length));
        for (int i = 0; i < all.length; i++) {
            answer(i, all[i]);
        }
        assertThat(sum).isCompleted();
        return sum.join();
    }

    private void answer(int member, Status status) {
        CommandOrder order = ordered.get(member);
        answers.get(member)
                .complete(new Result(
                        Optional.empty(),
                        order.phone(),
                        order.command(),
                        status,
                        OptionalInt.empty(),
                        Optional.of("a reason of its own"),
                        ManualTime.START,
                        0));
    }

    @Test
    void each_member_gets_the_command_as_it_came() {
        send(group(2));
        assertThat(ordered)
                .containsExactly(
                        new CommandOrder("p1", "dial", ORDER.payload(), ORDER.origin()),
                        new CommandOrder("p2", "dial", ORDER.payload(), ORDER.origin()));
    }

    @Test
    void sum_waits_for_every_member_and_names_the_group() {
        CompletableFuture<Result> sum = send(group(2));
        answer(0, Status.ACCEPTED);
        assertThat(sum).isNotDone();
        answer(1, Status.ACCEPTED);
        assertThat(sum.join().phone()).isEqualTo("floor");
        assertThat(sum.join().id()).contains("k-7");
        assertThat(sum.join().httpStatus()).isEmpty();
        assertThat(bus.topics()).containsExactly("floor/result/dial");
    }

    @ParameterizedTest
    @CsvSource({
        "ACCEPTED ACCEPTED,ACCEPTED,2 of 2 accepted",
        "ACCEPTED REFUSED,REFUSED,1 of 2 accepted; p2 refused",
        "UNSUPPORTED ACCEPTED,ACCEPTED,1 of 2 accepted; p1 unsupported",
        "UNSUPPORTED UNSUPPORTED,UNSUPPORTED,'0 of 2 accepted; p1 unsupported, p2 unsupported'",
        "UNSUPPORTED REFUSED,REFUSED,'0 of 2 accepted; p1 unsupported, p2 refused'",
        "REFUSED UNAUTHORIZED,UNAUTHORIZED,'0 of 2 accepted; p1 refused, p2 unauthorized'",
        "FAILED UNAUTHORIZED,FAILED,'0 of 2 accepted; p1 failed, p2 unauthorized'",
        "FAILED UNREACHABLE ACCEPTED,UNREACHABLE,'1 of 3 accepted; p1 failed, p2 unreachable'"
    })
    void sum_is_the_worst_and_says_whose(String all, Status status, String detail) {
        Result sum = sum(Arrays.stream(all.split(" ")).map(Status::valueOf).toArray(Status[]::new));
        assertThat(sum.status()).isEqualTo(status);
        assertThat(sum.detail()).contains(detail);
    }

    @Test
    void ten_members_are_named_and_more_are_counted() {
        assertThat(sum(IntStream.range(0, 10).mapToObj(i -> Status.FAILED).toArray(Status[]::new))
                        .detail()
                        .orElseThrow())
                .endsWith("p9 failed, p10 failed");
        ordered.clear();
        answers.clear();
        assertThat(sum(IntStream.range(0, 12).mapToObj(i -> Status.FAILED).toArray(Status[]::new))
                        .detail()
                        .orElseThrow())
                .endsWith("p10 failed and 2 more");
    }

    @Test
    void group_with_a_fault_or_without_phones_or_with_too_many_is_refused() {
        Group wrong = new Group("floor", "Floor", List.of(new PhoneId("p1")), Optional.of("phones: is missing"));
        assertThat(send(wrong).join().detail()).contains("phones: is missing");
        assertThat(send(group(0)).join().detail().orElse("")).contains("has no phones");
        Result many = send(group(GroupCommand.MAX_MEMBERS + 1)).join();
        assertThat(many.status()).isEqualTo(Status.REFUSED);
        assertThat(many.detail().orElse("")).contains("501 phones", "at most 500");
        assertThat(ordered).isEmpty();
        send(group(GroupCommand.MAX_MEMBERS));
        assertThat(ordered).hasSize(GroupCommand.MAX_MEMBERS);
    }
}
