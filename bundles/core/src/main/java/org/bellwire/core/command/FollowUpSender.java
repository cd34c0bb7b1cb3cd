package org.bellwire.core.command;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.bellwire.api.CallState;
import org.bellwire.api.CommandName;
import org.bellwire.api.Result;
import org.bellwire.api.port.CommandOrder;
import org.bellwire.core.phone.DialedCalls.DialedCall;
import org.bellwire.core.phone.Phone;

/**
 * Goes on with calls that {@code dial} began: tones once they are connected, and their end some time later. A call that is not
 * connected within the time that a call may ring, or that is over, is forgotten, and nothing is sent for it.
 */
final class FollowUpSender {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    /** Until a phone that was told to dial has begun to. */
    private static final Duration BEGINNING = Duration.ofSeconds(15);

    private final ScheduledExecutorService timer;
    private final BiFunction<CommandOrder, DialedCall, CompletionStage<Result>> send;

    /** @param send carries out an order if that still makes sense during the call */
    FollowUpSender(ScheduledExecutorService timer, BiFunction<CommandOrder, DialedCall, CompletionStage<Result>> send) {
        this.timer = timer;
        this.send = send;
    }

    /** Why this must not be sent now, since it was meant for another moment of a call. */
    static Optional<String> objection(CommandChecks.Accepted job) {
        Phone phone = job.phone();
        boolean talks = phone.callState().filter(CallState.CONNECTED::equals).isPresent();
        boolean over = job.of().filter(DialedCall::isOver).isPresent();
        if (over || (job.command().name() == CommandName.DTMF && !talks)) {
            return Optional.of("the call that was dialled is over or not connected any more");
        }
        return Optional.empty();
    }

    /** Before the dial is sent: a phone may tell of the connection before it answers. */
    Optional<DialedCall> follow(CommandChecks.Accepted job) {
        if (job.after().isNothing()) {
            return Optional.empty();
        }
        Phone phone = job.phone();
        DialedCall[] call = new DialedCall[1];
        call[0] = phone.session().dialedCalls().follow(job.command().dialled().value(), () -> connected(job, call[0]));
        later(BEGINNING, call[0]::overdue);
        later(LONGEST_WAIT, () -> {
            if (!call[0].isConnected()) {
                phone.session().dialedCalls().forget(call[0]);
            }
        });
        return Optional.of(call[0]);
    }

    private void connected(CommandChecks.Accepted job, DialedCall call) {
        Optional<String> tones = job.after().tones();
        if (tones.isPresent()) {
            order(job, CommandName.DTMF, tones.get(), call).whenComplete((done, failure) -> hangUp(job, call));
        } else {
            hangUp(job, call);
        }
    }

    private void hangUp(CommandChecks.Accepted job, DialedCall call) {
        job.after()
                .hangup()
                .ifPresent(time -> later(time, () -> {
                    if (!call.isOver()) {
                        order(job, CommandName.HANGUP, "PRESS", call);
                    }
                }));
    }

    private CompletionStage<Result> order(CommandChecks.Accepted job, CommandName name, String value, DialedCall call) {
        JsonObject payload = new JsonObject();
        payload.addProperty("value", value);
        job.pending().reading().id().ifPresent(id -> payload.addProperty("id", id));
        call.callId().ifPresent(id -> payload.addProperty("call", id));
        CommandOrder before = job.pending().order();
        return send.apply(new CommandOrder(before.phone(), name.wire(), payload.toString(), before.origin()), call);
    }

    private void later(Duration time, Runnable task) {
        try {
            timer.schedule(task, time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            return; // stopping: nothing is sent any more
        }
    }
}
