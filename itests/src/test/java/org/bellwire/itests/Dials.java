package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks one phone to dial, another number each time, and compares that with what the phone was told to dial. */
final class Dials implements AutoCloseable {

    private static final Pattern NUMBER = Pattern.compile("Number=(\\d+)");
    private static final Duration PAUSE = Duration.ofMillis(50);
    /** What a command has to be carried out, and a second for its way. */
    private static final Duration COMMAND = Duration.ofSeconds(11);

    private static final AtomicInteger NUMBERS = new AtomicInteger(70_000);

    private final Listener listener;
    private final String id;
    private final RecordingPhone phone;
    private final Map<String, Long> asked = new ConcurrentHashMap<>();

    Dials(Mosquitto broker, String id, RecordingPhone phone) {
        listener = Listener.at(broker, "bellwire/" + id + "/result/#");
        this.id = id;
        this.phone = phone;
        phone.forget();
    }

    /** Asks for a number and returns it; its result has it as {@code id}. */
    String dial() {
        return publish(false);
    }

    /** Asks for a number as nobody should: retained. */
    String retain() {
        return publish(true);
    }

    private String publish(boolean retained) {
        String number = String.valueOf(NUMBERS.incrementAndGet());
        asked.put(number, System.nanoTime());
        listener.publish(
                "bellwire/" + id + "/command/dial",
                "{\"number\":\"%s\",\"id\":\"%s\"}".formatted(number, number),
                retained);
        return number;
    }

    void forgetRetained() {
        listener.publish("bellwire/" + id + "/command/dial", "", true);
    }

    /** Asks again and again for so long. */
    List<String> dialFor(Duration duration) {
        List<String> numbers = new ArrayList<>();
        long end = System.nanoTime() + duration.toNanos();
        Waits.atMost(duration.plusSeconds(10), "the time is over")
                .pollInterval(PAUSE)
                .until(() -> {
                    numbers.add(dial());
                    return System.nanoTime() >= end;
                });
        return numbers;
    }

    /** Asks until the phone dials something that was asked from now on. */
    void awaitFresh() {
        List<String> fresh = new ArrayList<>();
        Waits.atMost(Duration.ofSeconds(60), "a fresh dial of " + id)
                .pollInterval(PAUSE)
                .until(() -> {
                    fresh.add(dial());
                    return dialled().stream().anyMatch(fresh::contains);
                });
    }

    /** What the phone was told to dial, in order. */
    List<String> dialled() {
        return phone.targets().stream()
                .map(NUMBER::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .toList();
    }

    /** How many of these numbers, which it must not, the phone dialled. */
    int stale(List<String> forbidden) {
        return (int) dialled().stream().filter(forbidden::contains).count();
    }

    int twice() {
        List<String> all = dialled();
        return all.size() - new HashSet<>(all).size();
    }

    int sent() {
        return asked.size();
    }

    /** How long the phone waited at most for something that it dialled. */
    long slowestMillis() {
        return phone.requests().stream()
                        .mapToLong(request -> {
                            Matcher matcher = NUMBER.matcher(request.target());
                            return matcher.find() && asked.containsKey(matcher.group(1))
                                    ? request.nanos() - asked.get(matcher.group(1))
                                    : 0; // another test's
                        })
                        .max()
                        .orElse(0)
                / 1_000_000;
    }

    /** Prints the figures, with how long it took after each fault until all phones were heard again. */
    void tell(List<Long> gaps, String fault) {
        System.out.printf(
                "figure: cluster: all phones heard again %s ms after %s; %d dials sent, %d carried out, %d twice, slowest %d ms%n",
                gaps, fault, sent(), dialled().size(), twice(), slowestMillis());
    }

    /** And none after the time that a command has. */
    void isOnceAndInOrder() {
        assertThat(twice()).as("carried out twice").isZero();
        assertThat(dialled()).as("in the order of sending").isSorted();
        assertThat(slowestMillis()).as("slowest dial in ms").isLessThanOrEqualTo(COMMAND.toMillis());
    }

    List<ReceivedMessage> results() {
        return listener.all("bellwire/" + id + "/result/dial")
                .filter(result -> result.json().has("id"))
                .filter(result -> asked.containsKey(result.text("id")))
                .filter(result -> !result.status().endsWith("confirmed"))
                .toList();
    }

    @Override
    public void close() {
        listener.close();
    }
}
