package org.bellwire.core.files;

import java.time.Duration;
import java.util.Optional;

/** A phone's file as its reader saw it last, and whether that was handed over. */
public final class SeenFile {

    private Optional<FileStamp> last = Optional.empty();
    private Optional<UnreadableFileException> fault = Optional.empty();
    private boolean settled;
    /** In nanoseconds, as all times here: since when it is as it is, and since when it has not been settled. */
    private long since;

    private long unsettledSince;

    /** Takes note of how it is now; true if that is how it was. */
    public boolean sees(FileStamp now, long time) {
        boolean rests = last.filter(now::equals).isPresent();
        if (!rests) {
            unsettledSince = settled || last.isEmpty() ? time : unsettledSince;
            settled = false;
            since = time;
            last = Optional.of(now);
        }
        return rests;
    }

    /** As it is, it was handed over and read: only a change makes a difference. */
    public boolean isDone() {
        return settled && fault.isEmpty();
    }

    /** It is handed over as it is now. */
    public void settle(Optional<UnreadableFileException> why) {
        settled = true;
        fault = why;
    }

    /** It was too big already when it was handed over; how big is no news. */
    public boolean isStill(UnreadableFileException now) {
        return settled
                && now.isTooBig()
                && fault.filter(UnreadableFileException::isTooBig).isPresent();
    }

    public long restsFor(long time) {
        return time - since;
    }

    public boolean isUnsettledFor(Duration longest, long time) {
        return time - unsettledSince >= longest.toNanos();
    }
}
