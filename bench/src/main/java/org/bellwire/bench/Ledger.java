package org.bellwire.bench;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * What became of each event of one load, by its number: when it was due, what it was answered, when it arrived. Times are of
 * {@link System#nanoTime}; 0 is never.
 */
final class Ledger {

    private static final int PROMISE = 200;

    /** The topic on which an event arrived. */
    enum Way {
        IN_TIME,
        LATE
    }

    private final int run;
    private final Phones phones;
    private final AtomicLongArray due;
    private final AtomicLongArray answered;
    private final AtomicLongArray arrived;
    private final short[] status;
    private final AtomicInteger late = new AtomicInteger();
    private final AtomicInteger twice = new AtomicInteger();

    /** @param run tells loads apart */
    Ledger(int run, Phones phones, int events) {
        this.run = run;
        this.phones = phones;
        due = new AtomicLongArray(events);
        answered = new AtomicLongArray(events);
        arrived = new AtomicLongArray(events);
        status = new short[events];
    }

    Phones phones() {
        return phones;
    }

    int events() {
        return status.length;
    }

    /** What the event carries to the broker and back. */
    String ticket(int number) {
        return run + "-" + number;
    }

    void answered(int number, long whenDue, HttpCaller.Answer answer) {
        due.set(number, whenDue);
        status[number] = (short) answer.status();
        answered.set(number, answer.at());
    }

    /**
     * Notes an arrival, unless it belongs to another load.
     *
     * @param again the broker itself sends it again, after a lost connection to the subscriber
     */
    void arrived(int ofRun, int number, Way way, boolean again, long at) {
        if (ofRun != run || number >= events()) {
            return;
        }
        if (arrived.compareAndSet(number, 0, at)) {
            late.addAndGet(way == Way.LATE ? 1 : 0);
        } else if (!again) {
            twice.incrementAndGet();
        }
    }

    /** How many events had which answer; 0: none. */
    Map<Integer, Long> answers() {
        Map<Integer, Long> answers = new TreeMap<>();
        numbers().forEach(number -> answers.merge((int) status[number], 1L, Long::sum));
        return answers;
    }

    long promised() {
        return numbers().filter(this::isPromised).count();
    }

    /** What was promised and has not arrived. */
    long missing() {
        return numbers()
                .filter(number -> isPromised(number) && !hasArrived(number))
                .count();
    }

    long arrivedInTime() {
        return numbers().filter(this::hasArrived).count() - late.get();
    }

    int arrivedLate() {
        return late.get();
    }

    /** Arrived though nothing was promised: the answer was lost, or no promise. */
    long unpromised() {
        return numbers()
                .filter(number -> !isPromised(number) && hasArrived(number))
                .count();
    }

    int twice() {
        return twice.get();
    }

    /** Events that arrived before an earlier one of their phone, which was answered before this one was due. */
    long outOfOrder() {
        int[] before = IntStream.range(0, phones.count()).map(phone -> -1).toArray();
        return numbers()
                .filter(this::hasArrived)
                .filter(number -> overtakes(number, before))
                .count();
    }

    private boolean overtakes(int number, int[] before) {
        int phone = phones.of(number);
        int latest = before[phone];
        if (latest >= 0 && arrived.get(number) < arrived.get(latest)) {
            return answered.get(latest) <= due.get(number);
        }
        before[phone] = number;
        return false;
    }

    /** From when it was due to the answer: waiting for one's turn counts. */
    Spread answerTimes() {
        return new Spread(numbers()
                .filter(number -> status[number] != 0)
                .mapToLong(number -> answered.get(number) - due.get(number)));
    }

    /** From when it was due to the arrival at a subscriber. */
    Spread arrivalTimes() {
        return new Spread(
                numbers().filter(this::hasArrived).mapToLong(number -> arrived.get(number) - due.get(number)));
    }

    /** From the first that was due to the last arrival. */
    double seconds() {
        long first = times(due).min().orElse(0);
        return (times(arrived).max().orElse(first) - first) / 1e9;
    }

    /** From the first that was due to the last answer. */
    double secondsToAnswer() {
        long first = times(due).min().orElse(0);
        return (times(answered).max().orElse(first) - first) / 1e9;
    }

    /** From the first arrival to the last. */
    double secondsOfArrivals() {
        long first = times(arrived).min().orElse(0);
        return (times(arrived).max().orElse(first) - first) / 1e9;
    }

    private static LongStream times(AtomicLongArray array) {
        return IntStream.range(0, array.length()).mapToLong(array::get).filter(time -> time != 0);
    }

    private IntStream numbers() {
        return IntStream.range(0, events());
    }

    private boolean isPromised(int number) {
        return status[number] == PROMISE;
    }

    private boolean hasArrived(int number) {
        return arrived.get(number) != 0;
    }
}
