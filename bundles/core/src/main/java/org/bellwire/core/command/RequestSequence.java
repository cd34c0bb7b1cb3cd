package org.bellwire.core.command;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.bellwire.api.port.PhoneClient;
import org.bellwire.api.port.PhoneClient.Address;
import org.bellwire.api.port.PhoneClient.Answer;
import org.bellwire.api.runtime.Timing;
import org.bellwire.api.spi.PhoneRequest;
import org.bellwire.core.phone.SerialQueue;

/** Sends the requests of one command one after the other, with a gap between them. */
record RequestSequence(PhoneClient line, Timing timing) {

    /** Who wants to know each answer. */
    interface AnswerListener {
        AnswerListener NOBODY = new AnswerListener() {
            @Override
            public void asking() {}

            @Override
            public void answered(PhoneRequest request, Answer answer) {}
        };

        /** The next request goes out. */
        void asking();

        void answered(PhoneRequest request, Answer answer);
    }

    /**
     * The last answer, or the first that is not a success: what follows is not sent then. The gap, in milliseconds, is before
     * requests that ask for no pause of their own. Nobody waits for it, nor while the phone has to be left alone: the timer goes on.
     *
     * @param turns the phone's, in which this is done
     */
    CompletionStage<Answer> send(
            Address to, List<PhoneRequest> requests, int gapMs, AnswerListener listener, SerialQueue turns) {
        long left = turns.restLeft(timing.nanos().getAsLong());
        if (left > 0) {
            return CompletableFuture.completedFuture(left)
                    .thenComposeAsync(
                            rested -> send(to, requests, gapMs, listener, turns), after(left, TimeUnit.NANOSECONDS));
        }
        listener.asking();
        CompletionStage<Answer> sent = sendOne(to, requests.get(0), turns);
        if (listener != AnswerListener.NOBODY) {
            sent = sent.thenApply(answer -> {
                listener.answered(requests.get(0), answer);
                return answer;
            });
        }
        if (requests.size() == 1) {
            return sent;
        }
        List<PhoneRequest> rest = requests.subList(1, requests.size());
        int pause = Math.max(gapMs, rest.get(0).pauseMs());
        Executor afterGap = after(pause, TimeUnit.MILLISECONDS);
        CompletionStage<Answer> first = sent;
        return first.thenCompose(answer -> answer.kind() == PhoneClient.Kind.OK
                ? first.thenComposeAsync(ok -> send(to, rest, gapMs, listener, turns), afterGap)
                : first);
    }

    private Executor after(long time, TimeUnit unit) {
        return task -> timing.timer().schedule(task, time, unit);
    }

    private CompletionStage<Answer> sendOne(Address to, PhoneRequest request, SerialQueue turns) {
        long gap = TimeUnit.MILLISECONDS.toNanos(to.access().requestGapMs());
        CompletionStage<Answer> sent = line.send(to, request);
        return gap == 0
                ? sent
                : sent.whenComplete(
                        (answer, failure) -> turns.rest(timing.nanos().getAsLong() + gap));
    }
}
