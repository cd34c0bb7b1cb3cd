package org.bellwire.broker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bellwire.api.runtime.LogText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The retained messages, in the order of their topics, in memory and in a file. Bounded in bytes and number: a message that is too
 * much is not kept, and what was kept of its topic goes, for it is out of date.
 */
final class RetainedMessages implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RetainedMessages.class);
    /** What a topic costs beside its message. */
    private static final int ENTRY = 120;

    private final BrokerLimits.Memory limits;
    private final ClientLog remarks;
    private final RetainedFile file;
    private final TreeMap<String, Kept> messages = new TreeMap<>();
    private long bytes;
    private long changes;

    private record Kept(BrokerMessage message, long change) {}

    RetainedMessages(Path directory, BrokerLimits.Memory limits, ClientLog remarks) {
        this.limits = limits;
        this.remarks = remarks;
        file = new RetainedFile(directory, remarks);
        file.load(message -> keep(message, false));
        rewrite();
        LOG.debug("{} retained messages", messages.size());
    }

    /** Keeps a message, or with an empty payload forgets the topic. */
    void put(BrokerMessage message) {
        keep(message, true);
    }

    private void keep(BrokerMessage message, boolean write) {
        Kept before = messages.remove(message.topic());
        if (before != null) {
            bytes -= cost(before.message());
        }
        boolean kept = message.payload().length > 0 && fits(message);
        if (kept) {
            messages.put(message.topic(), new Kept(message, ++changes));
            bytes += cost(message);
        }
        if (write && (kept || before != null)) {
            file.append(kept ? message : new BrokerMessage(message.topic(), new byte[0], 0, true));
        }
    }

    private boolean fits(BrokerMessage message) {
        boolean fits = bytes + cost(message) <= limits.retained() && messages.size() < limits.retainedTopics();
        if (!fits) {
            remarks.say(
                    ClientLog.Kind.RETAINED,
                    () -> "the retained message of " + LogText.clean(message.topic(), BrokerLimits.SHOWN)
                            + " is not kept: there are "
                            + messages.size() + " with " + bytes + " bytes, of " + limits.retainedTopics() + " with "
                            + limits.retained() + " that may be; publish fewer, or give Java more memory (bin/setenv)");
        }
        return fits;
    }

    private static long cost(BrokerMessage message) {
        return message.bytes() + ENTRY;
    }

    /** Looks for what a filter matches, in portions. What is published from now on is not among it. */
    Scan scan(String filter, int qos) {
        return new Scan(filter, qos);
    }

    /** What was put so far is with the operating system afterwards. */
    void flush() {
        if (file.isOutOfDate(messages.size(), bytes)) {
            rewrite();
        }
        file.flush();
    }

    /** Once a second: a file that could not be written is tried again now and then. */
    void tick(long now) {
        if (file.isDue(now)) {
            rewrite();
        }
    }

    private void rewrite() {
        file.rewrite(messages.values().stream().map(Kept::message));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** What is retained for one filter, from where the last portion ended. */
    final class Scan {

        private final String filter;
        private final String start;
        private final int qos;
        private final long since = changes;
        private @Nullable String at;
        private boolean done;

        private Scan(String filter, int qos) {
            this.filter = filter;
            this.qos = qos;
            start = start(filter);
        }

        /** The next topic is looked at: the message for the subscriber, if there is one that matches. */
        Optional<BrokerMessage> next() {
            Map.Entry<String, Kept> entry = at == null ? messages.ceilingEntry(start) : messages.higherEntry(at);
            done = entry == null || !entry.getKey().startsWith(start);
            if (entry == null || done) {
                return Optional.empty();
            }
            at = entry.getKey();
            done = !SubscriptionTree.isWildcard(filter);
            boolean wanted = entry.getValue().change() <= since && SubscriptionTree.matches(filter, entry.getKey());
            return wanted ? Optional.of(entry.getValue().message().as(qos, true)) : Optional.empty();
        }

        boolean isDone() {
            return done;
        }
    }

    /** What every topic that matches begins with. */
    private static String start(String filter) {
        int plus = filter.indexOf('+');
        int end = plus >= 0 ? plus : filter.indexOf('#');
        if (end < 0) {
            return filter;
        }
        boolean parentToo = filter.charAt(end) == '#' && end > 0;
        return filter.substring(0, parentToo ? end - 1 : end);
    }
}
