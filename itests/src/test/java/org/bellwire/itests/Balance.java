package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What phones were told against what arrived.
 *
 * @param missing promised and never seen
 * @param disordered first seen behind a later event of the same phone
 * @param again seen more than once
 * @param renamed seen again under another id
 * @param tooOld on {@code event/}, though older than what may be acted on
 */
record Balance(
        List<Load.Told> told,
        List<Ledger.Arrival> arrivals,
        List<Load.Told> missing,
        List<Ledger.Arrival> disordered,
        int again,
        List<Ledger.Arrival> renamed,
        List<Ledger.Arrival> tooOld) {

    /** What an event may be when it is sent, and a second for its way. */
    static final Duration TOO_OLD = Duration.ofSeconds(31);

    private record Key(String phone, int number) {}

    static Balance of(List<Load.Told> told, List<Ledger.Arrival> arrivals) {
        Map<Key, String> ids = new HashMap<>();
        Map<String, Integer> newest = new HashMap<>();
        List<Ledger.Arrival> disordered = new ArrayList<>();
        List<Ledger.Arrival> renamed = new ArrayList<>();
        for (Ledger.Arrival arrival : arrivals) {
            String before = ids.putIfAbsent(new Key(arrival.phone(), arrival.number()), arrival.id());
            if (before == null) {
                int last = newest.merge(arrival.phone(), arrival.number(), Math::max);
                if (last > arrival.number()) {
                    disordered.add(arrival);
                }
            } else if (!before.equals(arrival.id())) {
                renamed.add(arrival);
            }
        }
        return new Balance(
                told,
                arrivals,
                told.stream()
                        .filter(Load.Told::isPromise)
                        .filter(one -> !ids.containsKey(new Key(one.phone(), one.number())))
                        .toList(),
                disordered,
                arrivals.size() - ids.size(),
                renamed,
                arrivals.stream()
                        .filter(arrival -> !arrival.late() && arrival.age().compareTo(TOO_OLD) > 0)
                        .toList());
    }

    long promised() {
        return told.stream().filter(Load.Told::isPromise).count();
    }

    long late() {
        return arrivals.stream().filter(Ledger.Arrival::late).count();
    }

    /** How long so many of a hundred answers took at most; requests without an answer do not count. */
    long percentileMillis(double percent) {
        List<Duration> times = told.stream()
                .filter(Load.Told::isAnswer)
                .map(Load.Told::took)
                .sorted()
                .toList();
        int rank = (int) Math.ceil(percent / 100 * times.size());
        return times.isEmpty() ? 0 : times.get(Math.max(rank, 1) - 1).toMillis();
    }

    /** How many events got each status. */
    Map<Integer, Long> statuses() {
        return told.stream().collect(Collectors.groupingBy(Load.Told::status, TreeMap::new, Collectors.counting()));
    }

    /** The oldest event on {@code event/}. */
    Duration oldest() {
        return arrivals.stream()
                .filter(arrival -> !arrival.late())
                .map(Ledger.Arrival::age)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** Prints the figures. */
    Balance tell(String fault) {
        System.out.printf(
                "figure: %s: %d promised, %d missing, %d again, %d out of order, %d on late/, %d too old on event/,"
                        + " oldest there %.1f s; answers p50 %d ms, p99 %d ms, max %d ms; %s; load of the machine %.1f%n",
                fault,
                promised(),
                missing.size(),
                again,
                disordered.size(),
                late(),
                tooOld.size(),
                oldest().toMillis() / 1e3,
                percentileMillis(50),
                percentileMillis(99),
                percentileMillis(100),
                words(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        return this;
    }

    private String words() {
        Function<Integer, String> word = status -> switch (status) {
            case Load.REFUSED -> "port closed";
            case Load.UNANSWERED -> "cut before the answer";
            default -> String.valueOf(status);
        };
        return statuses().entrySet().stream()
                .map(entry -> word.apply(entry.getKey()) + ": " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    /** Without what happened in a moment after which nobody could know that it would come late. */
    Balance excusing(Instant from, Instant to) {
        List<Ledger.Arrival> rest = tooOld.stream()
                .filter(arrival ->
                        arrival.happened().isBefore(from) || arrival.happened().isAfter(to))
                .toList();
        return new Balance(told, arrivals, missing, disordered, again, renamed, rest);
    }

    /** For phones that change their gateway: what waits on the disk of the one comes, as late, behind what the other passes on. */
    Balance excusingLate() {
        List<Ledger.Arrival> rest =
                disordered.stream().filter(arrival -> !arrival.late()).toList();
        return new Balance(told, arrivals, missing, rest, again, renamed, tooOld);
    }

    /** Every promise is kept: nothing is missing or out of order or renamed, nothing old looks new, no phone is unknown. */
    void isKept() {
        assertThat(promised()).as("promised").isPositive();
        assertThat(missing).as("promised and missing").isEmpty();
        assertThat(disordered).as("out of order").isEmpty();
        assertThat(renamed).as("redelivered under another id").isEmpty();
        assertThat(tooOld).as("too old for event/").isEmpty();
        assertThat(Set.of(200, 503, Load.REFUSED, Load.UNANSWERED))
                .as("answers")
                .containsAll(new HashSet<>(statuses().keySet()));
    }
}
