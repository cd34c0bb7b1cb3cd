package org.bellwire.core;

import java.util.List;
import org.bellwire.api.Topic;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.CommandOrder;
import org.bellwire.api.port.Commands;

/** The topics that commands come by. Runs on the MQTT client's thread: hands over and returns. */
final class CommandTopics implements Bus.Subscriber {

    private final Commands commands;

    CommandTopics(Commands commands) {
        this.commands = commands;
    }

    @Override
    public String filter() {
        return "+/command/+";
    }

    @Override
    public void arrived(Topic topic, String payload) {
        List<String> levels = topic.levels();
        if (payload.isBlank()) {
            dropped(topic, "empty");
        } else {
            commands.carryOut(new CommandOrder(levels.get(0), levels.get(2), payload, topic.path()));
        }
    }

    @Override
    public void dropped(Topic topic, String reason) {
        List<String> levels = topic.levels();
        AuditLine.dropped(levels.get(0), levels.get(2), topic.path(), reason);
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
