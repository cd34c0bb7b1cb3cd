package org.bellwire.core.group;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.bellwire.api.Message;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Topic;
import org.bellwire.api.port.Bus;
import org.bellwire.core.registry.Ownership;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the background what may come after events: what groups are, all of them after each connect, and what the broker did not
 * take. A group that changes a thousand times in a second, as at a start, is announced once.
 */
final class GroupPublisher {

    private static final Logger LOG = LoggerFactory.getLogger(GroupPublisher.class);
    private static final int PERIOD_MS = 200;
    /** How many groups are told in one turn, ten messages each, so that events come first. */
    private static final int TURN = 25;
    /** In a cluster all is looked at once in so many turns, whoever has told: partitions may go and come back within one. */
    private static final int LOOK = 5;

    private final ScheduledExecutorService thread;
    private final Bus bus;
    private final Ownership ownership;
    private final Function<String, Optional<PhoneGroup>> groups;
    private final Function<PhoneGroup, Message> info;
    /** Of which all is to be told. */
    private final Set<String> all = ConcurrentHashMap.newKeySet();
    /** That are others than they were. */
    private final Set<String> infos = ConcurrentHashMap.newKeySet();
    /** That are gone, with topics that the broker may still keep. */
    private final Set<Topic> toClear = ConcurrentHashMap.newKeySet();

    private volatile boolean lookAgain;
    private int turns; // of the thread alone

    GroupPublisher(
            ScheduledExecutorService thread,
            Bus bus,
            Ownership ownership,
            Function<String, Optional<PhoneGroup>> groups,
            Function<PhoneGroup, Message> info) {
        this.thread = thread;
        this.bus = bus;
        this.ownership = ownership;
        this.groups = groups;
        this.info = info;
    }

    /**
     * Begins.
     *
     * @param look tries again with the groups that wait for an id, and looks whose the others are
     * @param changed is told of groups that are others than they were
     */
    void start(Runnable look, Consumer<String> changed) {
        thread.scheduleWithFixedDelay(() -> turn(look, changed), PERIOD_MS, PERIOD_MS, TimeUnit.MILLISECONDS);
    }

    void stop() {
        thread.shutdownNow();
    }

    void all(String group) {
        all.add(group);
    }

    void info(String group) {
        infos.add(group);
    }

    /** The broker did not take a message of this group. */
    void notTaken(String group, Topic topic) {
        if (groups.apply(group).isPresent()) {
            all.add(group);
        } else {
            toClear.add(topic);
        }
    }

    /** An id may be free now, or a group another gateway's. */
    void lookAgain() {
        lookAgain = true;
    }

    private void turn(Runnable look, Consumer<String> changed) {
        try {
            turns = (turns + 1) % LOOK;
            if (lookAgain || (turns == 0 && !ownership.isAlone())) {
                lookAgain = false;
                look.run();
            }
            next(
                    infos,
                    id -> groups.apply(id).ifPresent(group -> {
                        tellInfo(id, group);
                        changed.accept(id);
                    }));
            if (bus.isConnected()) {
                next(
                        all,
                        id -> groups.apply(id).ifPresent(group -> {
                            tellInfo(id, group);
                            group.republish();
                        }));
                List.copyOf(toClear).forEach(this::clear);
            }
        } catch (RejectedExecutionException e) {
            LOG.debug("stopping: what is not told yet stays so");
        } catch (RuntimeException e) {
            LOG.error("announcing the groups failed and is tried again", e);
        }
    }

    private static void next(Set<String> those, Consumer<String> telling) {
        those.stream().limit(TURN).toList().forEach(id -> {
            those.remove(id);
            telling.accept(id);
        });
    }

    private void tellInfo(String id, PhoneGroup group) {
        if (!group.isOwn()) {
            return;
        }
        bus.publish(info.apply(group)).whenComplete((done, failure) -> {
            if (failure != null) {
                all.add(id);
            }
        });
    }

    private void clear(Topic topic) {
        String group = topic.levels().get(0);
        toClear.remove(topic);
        if (groups.apply(group).isEmpty() && ownership.owns(new PhoneId(group))) {
            bus.publish(Message.retained(topic, "")).whenComplete((done, failure) -> {
                if (failure != null) {
                    toClear.add(topic);
                }
            });
        }
    }
}
