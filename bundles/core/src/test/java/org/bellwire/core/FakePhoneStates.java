package org.bellwire.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.bellwire.api.PhoneId;
import org.bellwire.api.port.PhoneStates;

/** A disk in memory, which outlives a {@link House}, and can be full. */
final class FakePhoneStates implements PhoneStates {

    private final Map<PhoneId, String> texts = new TreeMap<>();
    private final List<Integer> commits = new ArrayList<>();
    private Optional<Instant> lastKept = Optional.empty();
    private Runnable cost = () -> {};
    private Consumer<PhoneId> reading = phone -> {};
    private boolean full;

    @Override
    public Optional<String> recall(PhoneId phone) {
        reading.accept(phone);
        return kept(phone);
    }

    private synchronized Optional<String> kept(PhoneId phone) {
        return Optional.ofNullable(texts.get(phone));
    }

    @Override
    public synchronized boolean keep(Map<PhoneId, Optional<String>> added) {
        if (full) {
            return false;
        }
        added.forEach((phone, text) -> {
            texts.remove(phone);
            text.ifPresent(line -> texts.put(phone, line));
        });
        commits.add(added.size());
        cost.run();
        return true;
    }

    @Override
    public synchronized Optional<Instant> lastKept() {
        return lastKept;
    }

    @Override
    public synchronized Set<PhoneId> phones() {
        return new TreeSet<>(texts.keySet());
    }

    /** The next to ask is told that it was then. */
    void lastKept(Instant time) {
        lastKept = Optional.of(time);
    }

    /** From now on each commit does this, too. */
    void costs(Runnable action) {
        cost = action;
    }

    /** From now on this is done with each phone whose text is recalled, before it is. */
    void reading(Consumer<PhoneId> action) {
        reading = action;
    }

    void full(boolean now) {
        full = now;
    }

    void put(String phone, String text) {
        texts.put(new PhoneId(phone), text);
    }

    Optional<String> text(String phone) {
        return kept(new PhoneId(phone));
    }

    /** How often it was asked to keep something or to believe in what it has. */
    int keeps() {
        return commits.size();
    }

    /** How many phones each commit had, but for those that had none. */
    List<Integer> commits() {
        return commits.stream().filter(size -> size > 0).toList();
    }
}
