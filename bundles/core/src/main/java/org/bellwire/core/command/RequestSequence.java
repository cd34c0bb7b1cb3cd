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

    /** The last answer, or the first that is not a success: what follows is not sent then. The gap is in milliseconds. */
    CompletionStage<Answer> send(Address to, List<PhoneRequest> requests, int gapMs) {
        CompletionStage<Answer> sent = line.send(to, requests.get(0));
        if (requests.size() == 1) {
            return sent;
        }
        List<PhoneRequest> rest = requests.subList(1, requests.size());
        Executor afterGap = task -> timer.schedule(task, gapMs, TimeUnit.MILLISECONDS);
        return sent.thenCompose(answer -> answer.kind() == PhoneClient.Kind.OK
                ? sent.thenComposeAsync(ok -> send(to, rest, gapMs), afterGap)
                : sent);
    }
}
