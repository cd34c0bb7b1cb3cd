package org.bellwire.core.command;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.bellwire.api.Message;
import org.bellwire.api.Result;
import org.bellwire.api.Status;
import org.bellwire.api.Topic;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.CommandOrder;
import org.bellwire.api.port.Counters;
import org.bellwire.api.runtime.LogText;
import org.bellwire.api.runtime.Timing;
import org.bellwire.core.publish.PhoneListeners;
import org.bellwire.core.publish.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what came of a command: to the log, to the counters, and to the broker. */
final class ResultPublisher {

    private static final Logger LOG = LoggerFactory.getLogger(ResultPublisher.class);
    private static final String FAULT = "a fault of Bellwire; see its log";

    private final Bus bus;
    private final Timing timing;
    private final Supplier<Counters> counters;
    private final PhoneListeners listeners;
    private final UnaryOperator<String> rootOf;

    /** @param rootOf tells the root topic of a phone or group */
    ResultPublisher(
            Bus bus,
            Timing timing,
            Supplier<Counters> counters,
            PhoneListeners listeners,
            UnaryOperator<String> rootOf) {
        this.rootOf = rootOf;
        this.listeners = listeners;
        this.bus = bus;
        this.timing = timing;
        this.counters = counters;
    }

    CompletionStage<Result> refuse(PendingCommand pending, String why) {
        return finish(pending, Status.REFUSED, OptionalInt.empty(), Optional.of(why));
    }

    /** Something went wrong that cannot: the sender is told, and the log how it came. */
    CompletionStage<Result> fault(PendingCommand pending, Status status, Throwable fault) {
        LOG.error(
                "phone {}: {} met a fault of Bellwire",
                LogText.clean(pending.order().phone()),
                LogText.clean(pending.order().command()),
                fault);
        return finish(pending, status, OptionalInt.empty(), Optional.of(FAULT));
    }

    CompletionStage<Result> finish(
            PendingCommand pending, Status status, OptionalInt httpStatus, Optional<String> detail) {
        CommandOrder order = pending.order();
        Result result = new Result(
                pending.reading().id(),
                order.phone(),
                order.command(),
                status,
                httpStatus,
                detail,
                timing.clock().instant(),
                ageMs(pending));
        AuditLog.log(order, pending.reading().payload(), result);
        counters.get().resulted(status);
        topic(order).ifPresent(topic -> bus.publish(Message.of(topic.below(root(order)), ResultJson.of(result))));
        listeners.tell(each -> each.result(result));
        return CompletableFuture.completedFuture(result);
    }

    /** How long ago the order came. */
    long ageMs(PendingCommand pending) {
        return TimeUnit.NANOSECONDS.toMillis(timing.nanos().getAsLong() - pending.since());
    }

    /** Who sent it hears what came of it, and nobody else. */
    private String root(CommandOrder order) {
        return order.origin().root().orElseGet(() -> rootOf.apply(order.phone()));
    }

    private static Optional<Topic> topic(CommandOrder order) {
        try {
            return Optional.of(Topics.result(order.phone(), order.command()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
