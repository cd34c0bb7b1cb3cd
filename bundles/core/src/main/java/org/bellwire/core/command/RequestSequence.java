package org.bellwire.core.command;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.bellwire.api.port.PhoneClient;
import org.bellwire.api.port.PhoneClient.Address;
import org.bellwire.api.port.PhoneClient.Answer;
import org.bellwire.api.spi.PhoneRequest;

/** Sends the requests of one command one after the other, with a gap between them. */
record RequestSequence(PhoneClient line, ScheduledExecutorService timer) {

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
     * requests that ask for no pause of their own. Nobody waits for it: the timer goes on.
     */
    CompletionStage<Answer> send(Address to, List<PhoneRequest> requests, int gapMs, AnswerListener listener) {
        listener.asking();
        CompletionStage<Answer> sent = line.send(to, requests.get(0));
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
        Executor afterGap = task -> timer.schedule(task, pause, TimeUnit.MILLISECONDS);
        CompletionStage<Answer> first = sent;
        return first.thenCompose(answer -> answer.kind() == PhoneClient.Kind.OK
                ? first.thenComposeAsync(ok -> send(to, rest, gapMs, listener), afterGap)
                : first);
    }
}
