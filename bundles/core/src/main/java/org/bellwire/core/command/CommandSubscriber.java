package org.bellwire.core.command;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.bellwire.api.Topic;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.CommandOrder;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.Limit;
import org.bellwire.api.port.Origin;
import org.bellwire.api.runtime.LogThrottle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topics that commands come by. Runs on the MQTT client's thread: hands over and returns. */
public final class CommandSubscriber implements Bus.Subscriber {

    private static final Logger LOG = LoggerFactory.getLogger(CommandSubscriber.class);
    private static final String EMPTY = "empty";

    private final String root;
    private final Consumer<CommandOrder> commands;
    private final Supplier<Counters> counters;
    private final LogThrottle empty;

    public CommandSubscriber(Consumer<CommandOrder> commands, Supplier<Counters> counters, LongSupplier nanos) {
        this("", commands, counters, nanos);
    }

    /** @param root that of a site, as a {@link Topic} has it */
    public CommandSubscriber(
            String root, Consumer<CommandOrder> commands, Supplier<Counters> counters, LongSupplier nanos) {
        this.root = root;
        this.commands = commands;
        this.counters = counters;
        empty = new LogThrottle(60, nanos);
    }

    @Override
    public String filter() {
        return "+/command/+";
    }

    @Override
    public String root() {
        return root;
    }

    @Override
    public void arrived(Topic topic, String payload) {
        List<String> levels = topic.levels();
        if (payload.isBlank()) {
            dropped(topic, EMPTY);
        } else {
            commands.accept(new CommandOrder(levels.get(0), levels.get(2), payload, new Origin.Topic(topic)));
        }
    }

    @Override
    public void dropped(Topic topic, String reason) {
        List<String> levels = topic.levels();
        AuditLog.dropped(levels.get(0), levels.get(2), topic.whole(), reason);
        if (reason.equals(EMPTY)) {
            counters.get().reached(Limit.EMPTY_COMMANDS);
            empty.next()
                    .ifPresent(left -> LOG.warn(
                            "{}: an empty payload commands nothing: send any text, such as PRESS; {} more since the last"
                                    + " such line",
                            topic,
                            left));
        }
    }

    @Override
    public void connected() {
        // Commands come by themselves.
    }

    @Override
    public void disconnected() {
        // Whoever waits in a lane is refused when its turn comes.
    }
}
