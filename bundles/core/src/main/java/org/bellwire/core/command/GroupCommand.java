package org.bellwire.core.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Result;
import org.bellwire.api.Status;
import org.bellwire.api.port.CommandOrder;
import org.bellwire.api.port.Commands;
import org.bellwire.api.port.Groups;

/** A command to a group: one to each member, with the member's own checks and results, and a summary of the first results. */
record GroupCommand(Groups.Group group, PendingCommand pending) {

    /** More phones are not told at once: a slip in a rule must not make a whole site dial. */
    static final int MAX_MEMBERS = 500;
    /** Of more members the summary tells only how many there are. */
    private static final int MAX_NAMED = 10;
    /** What says most of why not all members took it, first. */
    private static final List<Status> WORST_FIRST = List.of(
            Status.UNREACHABLE,
            Status.FAILED,
            Status.UNAUTHORIZED,
            Status.REFUSED,
            Status.UNSUPPORTED,
            Status.ACCEPTED);

    CompletionStage<Result> carryOut(Commands commands, ResultPublisher results) {
        Optional<String> objection = objection();
        if (objection.isPresent()) {
            return results.refuse(pending, objection.get());
        }
        CommandOrder order = pending.order();
        List<CompletableFuture<Result>> under = new ArrayList<>();
        for (PhoneId member : group.members()) {
            under.add(commands.carryOut(
                            new CommandOrder(member.value(), order.command(), order.payload(), order.origin()))
                    .toCompletableFuture());
        }
        return CompletableFuture.allOf(under.toArray(CompletableFuture[]::new)).thenCompose(done -> {
            List<Result> all = under.stream().map(CompletableFuture::join).toList();
            return results.finish(pending, status(all), OptionalInt.empty(), detail(all));
        });
    }

    private Optional<String> objection() {
        int size = group.members().size();
        if (group.fault().isPresent()) {
            return group.fault();
        }
        if (size == 0) {
            return Optional.of("the group has no phones: no phone has an id that its file names");
        }
        return size > MAX_MEMBERS
                ? Optional.of("the group has " + size + " phones, and a command goes to at most " + MAX_MEMBERS
                        + ": make smaller groups")
                : Optional.empty();
    }

    /** Accepted if every member that has such a command took it. */
    private static Status status(List<Result> all) {
        boolean some = all.stream().anyMatch(result -> result.status() != Status.UNSUPPORTED);
        return WORST_FIRST.stream()
                .filter(status -> !some || status != Status.UNSUPPORTED)
                .filter(status -> all.stream().anyMatch(result -> result.status() == status))
                .findFirst()
                .orElse(Status.FAILED);
    }

    /** How many took it, and what became of it elsewhere; why stands in the members' own results. */
    private static Optional<String> detail(List<Result> all) {
        List<Result> others =
                all.stream().filter(r -> r.status() != Status.ACCEPTED).toList();
        String count = (all.size() - others.size()) + " of " + all.size() + " accepted";
        if (others.isEmpty()) {
            return Optional.of(count);
        }
        String named = others.stream()
                .limit(MAX_NAMED)
                .map(result -> result.phone() + " " + result.status().wire())
                .collect(Collectors.joining(", "));
        String more = others.size() > MAX_NAMED ? " and " + (others.size() - MAX_NAMED) + " more" : "";
        return Optional.of(count + "; " + named + more);
    }
}
