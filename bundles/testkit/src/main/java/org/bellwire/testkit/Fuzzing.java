package org.bellwire.testkit;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

/**
 * Gives mutated inputs to something that reads what others send. No input may make it throw, use the processor out of
 * proportion or take memory out of proportion. {@code -Dbellwire.fuzz.seconds=600} goes on for longer than the usual five
 * seconds, {@code -Dbellwire.fuzz.seed=1} goes another way.
 */
public final class Fuzzing {

    private static final long SECONDS = Long.getLong("bellwire.fuzz.seconds", 5);
    private static final long SEED = Long.getLong("bellwire.fuzz.seed", 97);
    private static final Duration LONGEST = Duration.ofSeconds(1);
    private static final int MAX_WAYS = 1_000_000;

    private final String name;
    private final List<byte[]> good = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private volatile byte[] under = {};
    private volatile Throwable outcome = new Unfinished();
    private long mostForOne = 256 << 10;
    /** The smallest part of an input, a byte or two, may become an object or two. */
    private long mostForAByte = 400;

    private long executions;
    private long slowest;
    private long largest;

    /** What is fuzzed. */
    @FunctionalInterface
    public interface Target {

        /**
         * Reads one input.
         *
         * @return which way it went: an input that finds a new one is gone on from
         * @throws Exception only if something is wrong: what is expected of a bad input is a way
         */
        Object read(byte[] input) throws Exception;
    }

    private record Cost(Object way, long nanos, long bytes) {}

    private Fuzzing(String name) {
        this.name = name;
    }

    /** Inputs for a target of this name, which the figures tell. */
    public static Fuzzing of(String name) {
        return new Fuzzing(name);
    }

    /** Inputs to begin with. */
    public Fuzzing from(String... inputs) {
        for (String input : inputs) {
            good.add(input.getBytes(StandardCharsets.UTF_8));
        }
        return this;
    }

    /** An input to begin with. */
    public Fuzzing from(byte[] input) {
        good.add(input.clone());
        return this;
    }

    /** Words that mean something in such inputs. */
    public Fuzzing with(String... meaningful) {
        words.addAll(List.of(meaningful));
        return this;
    }

    /** How many bytes may be allocated for one input, and for each byte of it. */
    public Fuzzing allocating(long forOne, long forAByte) {
        mostForOne = forOne;
        mostForAByte = forAByte;
        return this;
    }

    /** Goes on until the time is over or something is wrong. */
    public void run(Target target) {
        Thread thread = new Thread(() -> outcome = outcome(target), "fuzzing " + name);
        thread.setDaemon(true);
        thread.start();
        await(thread);
        if (outcome instanceof Unfinished) {
            AssertionError endless = new AssertionError(describe("does not come to an end"));
            endless.setStackTrace(thread.getStackTrace());
            throw endless;
        }
        if (!(outcome instanceof Finished)) {
            throw new AssertionError(describe("goes wrong"), outcome);
        }
        System.out.printf(
                "figure: fuzz %s, seed %d: %d executions in %d s, slowest %d ms, most memory for one %d KiB%n",
                name, SEED, executions, SECONDS, slowest / 1_000_000, largest >> 10);
    }

    private Throwable outcome(Target target) {
        try {
            execute(target);
            return new Finished();
        } catch (Throwable e) {
            return e;
        }
    }

    private void execute(Target target) throws Exception {
        ByteMutator mutator = new ByteMutator(good, words, new Random(SEED));
        Set<Integer> ways = new HashSet<>(); // hashes: what came of an input may be long
        for (byte[] input : good) {
            ways.add(Objects.hashCode(one(target, input)));
        }
        long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
        while (System.nanoTime() < end) {
            byte[] input = mutator.next();
            int way = Objects.hashCode(one(target, input));
            if (ways.size() < MAX_WAYS && ways.add(way)) {
                mutator.keep(input);
            }
        }
    }

    private Object one(Target target, byte[] input) throws Exception {
        under = input;
        executions++;
        Cost cost = cost(target, input);
        if (isTooMuch(cost, input)) {
            cost = cost(target, input); // the first time may have paid for classes and threads
        }
        slowest = Math.max(slowest, cost.nanos());
        largest = Math.max(largest, cost.bytes());
        if (isTooMuch(cost, input)) {
            throw new AssertionError("%d ms of the processor and %d bytes of memory for one input of %d bytes"
                    .formatted(cost.nanos() / 1_000_000, cost.bytes(), input.length));
        }
        return cost.way();
    }

    private boolean isTooMuch(Cost cost, byte[] input) {
        return cost.nanos() > LONGEST.toNanos() || cost.bytes() > mostForOne + mostForAByte * input.length;
    }

    private Cost cost(Target target, byte[] input) throws Exception {
        byte[] copy = input.clone();
        long allocated = threads.getCurrentThreadAllocatedBytes();
        long used = threads.getCurrentThreadCpuTime();
        Object way = target.read(copy);
        return new Cost(
                way, threads.getCurrentThreadCpuTime() - used, threads.getCurrentThreadAllocatedBytes() - allocated);
    }

    /** Until it has ended, or one input has used the processor for so long that it will not end. */
    private void await(Thread thread) {
        byte[] last = under;
        long since = 0;
        while (thread.isAlive()) {
            try {
                thread.join(500);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            long used = Math.max(0, threads.getThreadCpuTime(thread.getId()));
            if (under != last) {
                last = under;
                since = used;
            } else if (used - since > 30 * LONGEST.toNanos()) {
                return;
            }
        }
    }

    private String describe(String what) {
        byte[] input = under;
        String start = new String(input, 0, Math.min(200, input.length), StandardCharsets.ISO_8859_1);
        // A longer one comes again with the seed.
        String whole = input.length > 4096 ? "" : Base64.getEncoder().encodeToString(input);
        return "fuzz %s %s: seed %d, execution %d, %d bytes, \"%s\": %s"
                .formatted(name, what, SEED, executions, input.length, start, whole);
    }

    /** Not a fault: it was still at work. */
    private static final class Unfinished extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** Not a fault: the time is over. */
    private static final class Finished extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
