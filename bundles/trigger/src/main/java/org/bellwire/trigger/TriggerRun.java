package org.bellwire.trigger;

import java.util.List;
import java.util.Optional;
import org.bellwire.api.CallInfo;
import org.bellwire.api.EventType;
import org.bellwire.api.PhoneId;

/** What one firing of a trigger sets going. */
interface TriggerRun {

    void start();

    /** The phones that take part. */
    List<PhoneId> phones();

    /** Its result is known. */
    boolean isDone();

    /** A call that it placed may still stand. */
    boolean hasCalls();

    /** A phone reported something of a call. */
    void happened(PhoneId phone, EventType type, CallInfo info);

    /** Ends what it started, and tells what came of that. */
    Ending cancel();

    /** How it ended. */
    record Ending(
            TriggerResult.Kind outcome,
            Optional<String> detail,
            Optional<PhoneId> phone,
            Optional<String> number,
            List<TriggerStep> steps) {

        static Ending ignored(String why) {
            return new Ending(
                    TriggerResult.Kind.IGNORED, Optional.of(why), Optional.empty(), Optional.empty(), List.of());
        }
    }
}
