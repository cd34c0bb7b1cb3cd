package org.bellwire.cluster;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.bellwire.api.Result;
import org.bellwire.api.port.Commands;
import org.bellwire.api.runtime.LogThrottle;
import org.bellwire.cluster.LogRecords.HeardCommand;
import org.bellwire.cluster.LogRecords.Sender;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out commands of the log, each at most once: first it is noted in Kafka that they are done, and only when Kafka has
 * confirmed that, which it does for the owner alone, are they carried out. Of the follower's thread.
 */
final class CommandClaims {

    private static final Logger LOG = LoggerFactory.getLogger(CommandClaims.class);

    private final Commands commands;
    private final BiConsumer<Sender, Result> answers;
    private final Clock clock;
    private final LogThrottle lost;

    /** @param answers tells a gateway that waits for it what came of a command */
    CommandClaims(Commands commands, BiConsumer<Sender, Result> answers, Clock clock, LongSupplier nanos) {
        this.commands = commands;
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
        List<HeardCommand> heard = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> each : records) {
            offsets.put(new TopicPartition(each.topic(), each.partition()), new OffsetAndMetadata(each.offset() + 1));
            Optional.ofNullable(each.value()).flatMap(LogRecords::command).ifPresent(heard::add);
        }
        consumer.commitAsync(offsets, (done, failure) -> {
            if (failure == null) {
                heard.forEach(this::carryOut);
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

    private void carryOut(HeardCommand command) {
        Duration age = Duration.between(command.heard(), clock.instant());
        try {
            CompletionStage<Result> done = commands.carryOut(command.order(), age.isNegative() ? Duration.ZERO : age);
            command.sender().ifPresent(sender -> done.thenAccept(result -> answers.accept(sender, result)));
        } catch (RuntimeException e) {
            LOG.error(
                    "phone {}: a command met a fault of Bellwire",
                    command.order().phone(),
                    e);
        }
    }
}
