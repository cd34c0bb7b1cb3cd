package org.bellwire.trigger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Something to do on the triggers' thread: a fault of it ends nothing else. */
final class TriggerTask {

    private static final Logger LOG = LoggerFactory.getLogger(TriggerTask.class);

    private TriggerTask() {}

    static void safely(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("a trigger met a fault of Bellwire", e);
        }
    }
}
