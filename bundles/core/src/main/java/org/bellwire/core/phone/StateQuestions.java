package org.bellwire.core.phone;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.bellwire.api.Property;

/** When one phone is asked for its state by itself, and what of an answer is older than what events told meanwhile. */
public final class StateQuestions {

    /** So long after the last word of a call, or the last question, the phone is asked whether it has the call still. */
    public static final Duration QUIET = Duration.ofMinutes(2);

    @GuardedBy("this")
    private boolean wasOnline;

    @GuardedBy("this")
    private boolean unread;

    @GuardedBy("this")
    private Optional<PhoneSettings> refused = Optional.empty();

    @GuardedBy("this")
    private long askedAt;

    /** What events told since the question that is under way. */
    @GuardedBy("this")
    private Optional<Set<Property>> told = Optional.empty();

    /** A reason to ask. */
    public enum Reason {
        NONE,
        /** It has come online, or its file has changed after it refused. */
        NEW,
        /** It has a call that was not heard of for long. */
        QUIET_CALL
    }

    /**
     * Whether there is a reason now; taken up, it is none any more.
     *
     * @param quiet it has a call that was not heard of for {@link #QUIET}
     * @param file what the phone's file says now
     * @param now in nanoseconds, as of {@link System#nanoTime()}
     */
    public synchronized Reason take(boolean online, boolean quiet, PhoneSettings file, long now) {
        unread |= online && !wasOnline;
        wasOnline = online;
        if (refused.filter(before -> !before.equals(file)).isPresent()) {
            refused = Optional.empty();
            unread = true;
        }
        if (!online || refused.isPresent()) {
            return Reason.NONE;
        }
        if (unread) {
            unread = false;
            askedAt = now;
            return Reason.NEW;
        }
        if (quiet && now - askedAt >= QUIET.toNanos()) {
            askedAt = now;
            return Reason.QUIET_CALL;
        }
        return Reason.NONE;
    }

    /** The phone refuses this file's credentials, or the gateway: it is not asked again by itself until the file changes. */
    public synchronized boolean refuse(PhoneSettings file) {
        boolean news = refused.isEmpty();
        refused = Optional.of(file);
        return news;
    }

    /** The phone answers. */
    public synchronized void answered() {
        refused = Optional.empty();
    }

    /** A question goes out: what events tell from now on is newer than its answer. */
    public synchronized void asking() {
        told = Optional.of(EnumSet.noneOf(Property.class));
    }

    /** No question is under way any more. */
    public synchronized void done() {
        told = Optional.empty();
    }

    synchronized void told(Property property) {
        if (told.isPresent()) {
            told.get().add(property);
        }
    }

    synchronized boolean isNewsOf(Property property) {
        return told.filter(since -> since.contains(property)).isEmpty();
    }
}
