package org.bellwire.api.port;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.bellwire.api.PhoneId;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What a gateway does for the phones that it owns. Implemented by core. What comes of one phone's reports is in the order of the
 * calls. Nothing here blocks.
 */
@ProviderType
public interface PartitionOwner {

    /**
     * Where a report stands in the log of its partition.
     *
     * @param offset rises with each report of the partition; what a phone's knowledge contains already is not taken in again
     * @param delayed it was long on its way, as by a disk: what is not newer than the phone's last report is history, or the same
     *     once more
     */
    record Position(long offset, boolean delayed) {

        /** There is no log. */
        public static final Position NONE = new Position(-1, false);
    }

    /**
     * What is known of a phone.
     *
     * @param text one line
     * @param offset of the last report that it contains, less than 0 if there is none
     */
    record Knowledge(String text, long offset) {}

    /** All phones' files have been read. */
    boolean isComplete();

    /** The phone is there, with its vendor: else {@link #take} could make nothing of the report. */
    boolean knows(Report report);

    /** Takes a report in. Completes when all events that come of it are safe; exceptionally when that cannot be promised. */
    CompletionStage<Void> take(Report report, Position position, EventOutlet outlet);

    /** When the newest report of a phone was made, as far as it is known here. */
    Optional<Instant> lastReport(PhoneId phone);

    /** What is known of a phone now; empty if there is no such phone. */
    Optional<Knowledge> knowledge(PhoneId phone);

    /**
     * From now on this gateway owns these phones. Not for a thread that events wait for.
     *
     * @param known what is kept of them; of a phone that is not in it, every report of the log is news
     */
    void begin(Predicate<PhoneId> owned, Map<PhoneId, String> known);

    /** Says again what is retained of the phones that this gateway owns. */
    void republish();

    /** Hears the commands that the broker sends, from now on until closed. */
    Bus.Subscription listen(Consumer<CommandOrder> log);
}
