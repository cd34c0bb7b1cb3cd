package org.bellwire.trigger;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bellwire.api.CallInfo;
import org.bellwire.api.EventType;
import org.bellwire.api.PhoneId;
import org.bellwire.api.runtime.TokenBucket;

/** One trigger at work: what runs of it, and whether it may be fired again. Used on the triggers' thread only. */
final class ActiveTrigger {

    /** So many results that only say why it was ignored are told in a second, and so many at once. */
    private static final int IGNORED_PER_SECOND = 1;

    private static final int IGNORED_AT_ONCE = 5;

    private final TokenBucket ignored = new TokenBucket();
    private Optional<TriggerRun> run = Optional.empty();
    private Optional<Long> firedAt = Optional.empty();

    boolean isRunning() {
        return run.filter(now -> !now.isDone()).isPresent();
    }

    /** It runs, or a call that it placed still stands. */
    boolean isConcerned() {
        return isRunning() || run.filter(TriggerRun::hasCalls).isPresent();
    }

    /** Why it may not be fired now; empty: it may. */
    Optional<String> objection(TriggerSettings settings, long now) {
        if (isRunning()) {
            return Optional.of("running: what it started before has not ended yet");
        }
        long cooldown = TimeUnit.SECONDS.toNanos(settings.cooldownSeconds());
        return firedAt.filter(then -> now - then < cooldown).isPresent()
                ? Optional.of("cooldown: it was fired less than " + settings.cooldownSeconds()
                        + " s ago (cooldown.s in its file)")
                : Optional.empty();
    }

    boolean mayTellIgnored(long now) {
        return ignored.take(IGNORED_PER_SECOND, IGNORED_AT_ONCE, now);
    }

    void begins(TriggerRun next, long now) {
        run = Optional.of(next);
        firedAt = Optional.of(now);
    }

    void happened(PhoneId phone, EventType type, CallInfo info) {
        run.ifPresent(now -> now.happened(phone, type, info));
    }

    /** Ends what it started. */
    TriggerRun.Ending cancel() {
        if (!isConcerned()) {
            return TriggerRun.Ending.ignored("there is nothing to cancel");
        }
        TriggerRun.Ending ending = run.orElseThrow().cancel();
        if (ending.outcome() == TriggerResult.Kind.CANCELLED
                && !run.orElseThrow().hasCalls()) {
            run = Optional.empty();
        }
        return ending;
    }

    void forEachPhone(Consumer<PhoneId> each) {
        run.ifPresent(now -> now.phones().forEach(each));
    }
}
