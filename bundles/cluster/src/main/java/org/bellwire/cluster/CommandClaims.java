package org.bellwire.cluster;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.bellwire.api.Message;
import org.bellwire.api.Result;
import org.bellwire.api.port.Commands;
import org.bellwire.api.port.TriggerOwner;
import org.bellwire.api.port.Triggers;
import org.bellwire.api.runtime.LogThrottle;
import org.bellwire.cluster.LogRecords.HeardCommand;
import org.bellwire.cluster.LogRecords.HeardTrigger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what stands in the log of commands, each at most once: first it is noted in Kafka that they are done, and only when Kafka has
 * confirmed that, which it does for the owner alone, are they carried out. Of the follower's thread.
 */
final class CommandClaims {

    private static final Logger LOG = LoggerFactory.getLogger(CommandClaims.class);
    private static final CompletionStage<Triggers.Outcome> NO_TRIGGERS = CompletableFuture.completedStage(
            new Triggers.Outcome("failed", Optional.of("the gateway that is to run it has no triggers"), List.of()));

    private final Commands commands;
    private final Supplier<Optional<TriggerOwner>> triggers;
    private final java.util.function.Consumer<Message> answers;
    private final Clock clock;
    private final LogThrottle lost;

    /** @param answers tells a gateway that waits for it what came of an order */
    CommandClaims(
            Commands commands,
            Supplier<Optional<TriggerOwner>> triggers,
            java.util.function.Consumer<Message> answers,
            Clock clock,
            LongSupplier nanos) {
        this.commands = commands;
        this.triggers = triggers;
        this.answers = answers;
        this.clock = clock;
        lost = new LogThrottle(60, nanos);
    }

    /** Does not wait. */
    void claim(Consumer<String, byte[]> consumer, List<ConsumerRecord<String, byte[]>> records) {
        if (records.isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        List<Runnable> heard = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> each : records) {
            offsets.put(new TopicPartition(each.topic(), each.partition()), new OffsetAndMetadata(each.offset() + 1));
            Optional.ofNullable(each.value()).flatMap(this::task).ifPresent(heard::add);
        }
        consumer.commitAsync(offsets, (done, failure) -> {
            if (failure == null) {
                heard.forEach(Runnable::run);
            } else if (!heard.isEmpty()) {
                lost.next()
                        .ifPresent(left -> LOG.warn(
                                "{} commands are not carried out here, since Kafka did not confirm that they are this gateway's: {}"
                                        + " ({} more such times since the last line)",
                                heard.size(),
                                String.valueOf(failure.getMessage()),
                                left));
            }
        });
    }

    private Optional<Runnable> task(byte[] bytes) {
        return LogRecords.command(bytes)
                .<Runnable>map(command -> () -> carryOut(command))
                .or(() -> LogRecords.trigger(bytes).map(order -> () -> carryOut(order)));
    }

    private void carryOut(HeardCommand command) {
        try {
            CompletionStage<Result> done = commands.carryOut(command.order(), age(command.heard()));
            command.sender()
                    .ifPresent(sender -> done.thenAccept(
                            result -> answers.accept(new RemoteResult(sender.number(), result).to(sender))));
        } catch (RuntimeException e) {
            LOG.error(
                    "phone {}: a command met a fault of Bellwire",
                    command.order().phone(),
                    e);
        }
    }

    private void carryOut(HeardTrigger trigger) {
        try {
            CompletionStage<Triggers.Outcome> done = triggers.get()
                    .map(there -> there.carryOut(trigger.order(), age(trigger.heard())))
                    .orElse(NO_TRIGGERS);
            trigger.sender()
                    .ifPresent(sender -> done.thenAccept(
                            outcome -> answers.accept(new RemoteOutcome(sender.number(), outcome).to(sender))));
        } catch (RuntimeException e) {
            LOG.error(
                    "trigger {}: an order met a fault of Bellwire",
                    trigger.order().trigger(),
                    e);
        }
    }

    private Duration age(Instant heard) {
        Duration age = Duration.between(heard, clock.instant());
        return age.isNegative() ? Duration.ZERO : age;
    }
}
