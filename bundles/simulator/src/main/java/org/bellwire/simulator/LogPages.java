package org.bellwire.simulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bellwire.api.spi.EventLog;
import org.bellwire.simulator.WebRequest.Answer;

/**
 * The pages of a phone that lets its log be read: a channel is opened, asked for events, and closed. Each channel keeps the events that
 * nobody fetched yet; one that nobody asks for {@value #KEPT_S} s is dropped. Used by the threads of its web server and by its own.
 */
final class LogPages {

    static final int MAX_CHANNELS = 4;
    static final int MAX_KEPT = 500;
    static final int MAX_TOLD = 128;
    private static final int KEPT_S = 90;

    private final EventLog log;
    private final EventLog.Form form;
    private final String asking;
    private final LongSupplier nanos;
    private final Map<String, Channel> channels = new LinkedHashMap<>();
    private int lastChannel;
    private int waiting;

    private static final class Channel {
        private final Deque<EventLog.Entry> entries = new ArrayDeque<>();
        /** Only the last request is answered with events; one before it ends with none. */
        private long asked;

        private long usedAt;
    }

    private LogPages(EventLog log, EventLog.Form form, LongSupplier nanos) {
        this.log = log;
        this.form = form;
        this.nanos = nanos;
        asking = log.channel()
                .of(form.opened().apply(1))
                .map(request -> path(request.target()))
                .orElseThrow(() -> new IllegalArgumentException("the vendor does not read what its phones write"));
    }

    /** Empty: this vendor's phones have no log, or nobody knows how they write it. */
    static Optional<LogPages> of(Optional<EventLog> log, LongSupplier nanos) {
        return log.flatMap(there -> there.form().map(form -> new LogPages(there, form, nanos)));
    }

    /** What is answered; empty: this is no page of the log. Waits as long as was asked for, if nothing happens. */
    Optional<Answer> answer(String target) {
        Map<String, String> parameters = parameters(target);
        String path = path(target);
        String id = parameters.getOrDefault(form.channel(), "");
        if (path.equals(path(log.opening().target()))) {
            return page(open());
        }
        if (path.equals(form.closing())) {
            return page(close(id));
        }
        return path.equals(asking)
                ? page(ask(id, seconds(parameters.getOrDefault(form.seconds(), "0"))))
                : Optional.empty();
    }

    private static Optional<Answer> page(String body) {
        return Optional.of(new Answer("200 OK", "Content-Type: application/json", body));
    }

    private synchronized String open() {
        dropOld();
        if (channels.size() == MAX_CHANNELS) {
            channels.remove(channels.keySet().iterator().next());
        }
        Channel channel = new Channel();
        channel.usedAt = nanos.getAsLong();
        channels.put(String.valueOf(++lastChannel), channel);
        return form.opened().apply(lastChannel);
    }

    private synchronized String close(String id) {
        dropOld();
        Optional<Channel> closed = Optional.ofNullable(channels.remove(id));
        notifyAll();
        return closed.isPresent() ? form.closed() : form.gone();
    }

    private synchronized String ask(String id, int seconds) {
        dropOld();
        Optional<Channel> found = Optional.ofNullable(channels.get(id));
        if (found.isEmpty()) {
            return form.gone();
        }
        Channel channel = found.get();
        long turn = ++channel.asked;
        long end = nanos.getAsLong() + TimeUnit.SECONDS.toNanos(seconds);
        notifyAll();
        while (channel.entries.isEmpty() && turn == channel.asked && channels.get(id) == channel) {
            long left = end - nanos.getAsLong();
            channel.usedAt = nanos.getAsLong();
            if (left <= 0 || !waited(left)) {
                return form.told().apply(List.of());
            }
        }
        if (channels.get(id) != channel) {
            return form.gone();
        }
        channel.usedAt = nanos.getAsLong();
        return form.told().apply(turn == channel.asked ? batch(channel) : List.of());
    }

    private boolean waited(long nanosLeft) {
        waiting++;
        try {
            TimeUnit.NANOSECONDS.timedWait(this, nanosLeft);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting--;
        }
    }

    private static List<EventLog.Entry> batch(Channel channel) {
        List<EventLog.Entry> told = new ArrayList<>();
        while (told.size() < MAX_TOLD && !channel.entries.isEmpty()) {
            told.add(channel.entries.remove());
        }
        return told;
    }

    /** Only for tests: how many requests wait for something to happen. */
    synchronized int waiting() {
        return waiting;
    }

    /** Somebody reads it now. */
    synchronized boolean isRead() {
        dropOld();
        return !channels.isEmpty();
    }

    /** Something happened: each channel keeps it until it is fetched; the oldest goes when there are too many. */
    synchronized void add(EventLog.Entry entry) {
        for (Channel channel : channels.values()) {
            if (channel.entries.size() == MAX_KEPT) {
                channel.entries.remove();
            }
            channel.entries.add(entry);
        }
        notifyAll();
    }

    private void dropOld() {
        long now = nanos.getAsLong();
        channels.values().removeIf(channel -> now - channel.usedAt > TimeUnit.SECONDS.toNanos(KEPT_S));
    }

    private static String path(String target) {
        return target.split("\\?", 2)[0];
    }

    private static Map<String, String> parameters(String target) {
        String[] parts = target.split("\\?", 2);
        return Stream.of(parts.length < 2 ? new String[0] : parts[1].split("&"))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (first, other) -> first));
    }

    private static int seconds(String text) {
        return text.matches("\\d{1,9}") ? Math.min(Integer.parseInt(text), EventLog.MAX_WAIT_S) : 0;
    }
}
