package org.bellwire.itests;

import org.assertj.core.api.SoftAssertions;

/**
 * Somebody hostile beside the phones.
 *
 * @param name what he does
 * @param seconds how long the phones report beside him at least
 * @param lines how many lines of the log he may be worth beside the usual
 * @param begin makes him begin; he ends when that is closed
 */
record Neighbour(String name, int seconds, int lines, Begin begin) {

    private static final boolean FULL = "full".equals(System.getProperty("bellwire.neighbours"));
    private static final int SHORT_S = 4;
    private static final int LONG_S = 30;

    /** How somebody hostile begins. */
    interface Begin {
        Misdeed now() throws Exception;
    }

    /** What goes on until it is closed. */
    interface Misdeed extends AutoCloseable {
        @Override
        void close();

        /** What else is promised beside this neighbour, looked at when all is over. */
        default void judge(SoftAssertions promised, Balance balance) {}
    }

    static Neighbour of(String name, Begin begin) {
        return new Neighbour(name, FULL ? LONG_S : SHORT_S, 0, begin);
    }

    /** For what has its own pace. */
    Neighbour lasting(int atLeast) {
        return new Neighbour(name, Math.max(seconds, atLeast), lines, begin);
    }

    /** For what has to be told in more lines than one or two. */
    Neighbour worth(int moreLines) {
        return new Neighbour(name, seconds, moreLines, begin);
    }

    /** The greater of two sizes in the full form, which takes its time. */
    static int sized(int inABuild, int inFull) {
        return FULL ? inFull : inABuild;
    }

    @Override
    public String toString() {
        return name;
    }
}
