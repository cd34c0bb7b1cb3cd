package org.bellwire.itests;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** How tests wait: often looked, never slept, always bounded. */
final class Waits {

    static final Duration USUAL = Duration.ofSeconds(10);

    private Waits() {}

    static void until(String what, Callable<Boolean> condition) {
        atMost(USUAL, what).until(condition);
    }

    static ConditionFactory atMost(Duration duration, String what) {
        return Awaitility.await(what)
                .atMost(duration)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .pollInSameThread();
    }
}
