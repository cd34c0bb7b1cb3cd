package org.bellwire.api.port;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** The site's triggers. Implemented by trigger, used by ingress and shell where it is there. Nothing here blocks. */
@ProviderType
public interface Triggers {

    /** There is a trigger with this id, and nothing is wrong with its file. */
    boolean knows(String id);

    /**
     * Takes a request: {@link Reply#ACCEPTED} once it is on its way, also if the trigger has a reason to ignore it, which then
     * stands in its result.
     */
    Reply receive(TriggerRequest request);

    /** All triggers that have a file, wrong ones included, by id. */
    List<Status> all();

    /** Fires it for the local administrator. Completes with what came of it, which may take minutes; never exceptionally. */
    CompletionStage<Outcome> fire(String id);

    /** Ends what it started, for the local administrator. */
    CompletionStage<Outcome> cancel(String id);

    /**
     * One trigger.
     *
     * @param summary what it does, in a line
     * @param fault what is wrong with its file; empty: nothing
     */
    record Status(String id, String summary, Optional<String> fault) {}

    /**
     * What came of a trigger.
     *
     * @param outcome as in its result: {@code answered}, {@code nobody}, {@code cancelled}, {@code ignored}, {@code carried_out},
     *     {@code failed}
     * @param detail for a person
     * @param steps what each phone was told and what became of it, in order
     */
    record Outcome(String outcome, Optional<String> detail, List<String> steps) {
        public Outcome {
            steps = List.copyOf(steps);
        }
    }
}
