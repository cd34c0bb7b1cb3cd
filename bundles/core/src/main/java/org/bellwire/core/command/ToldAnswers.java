package org.bellwire.core.command;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.bellwire.api.PhoneId;
import org.bellwire.api.port.CommandOrder;
import org.bellwire.api.port.PhoneClient.Address;
import org.bellwire.api.port.PhoneClient.Answer;
import org.bellwire.api.port.SentRequest;
import org.bellwire.api.runtime.Timing;
import org.bellwire.api.spi.PhoneRequest;
import org.bellwire.core.publish.PhoneListeners;

/** Tells those outside core of each request of a command and its answer, and then who else wants to know. */
final class ToldAnswers implements RequestSequence.AnswerListener {

    private final PhoneListeners listeners;
    private final Timing timing;
    private final CommandOrder order;
    private final Address to;
    private final RequestSequence.AnswerListener next;
    private Instant time = Instant.EPOCH;
    private long since;

    ToldAnswers(
            PhoneListeners listeners,
            Timing timing,
            CommandOrder order,
            Address to,
            RequestSequence.AnswerListener next) {
        this.listeners = listeners;
        this.timing = timing;
        this.order = order;
        this.to = to;
        this.next = next;
    }

    @Override
    public void asking() {
        time = timing.clock().instant();
        since = timing.nanos().getAsLong();
        next.asking();
    }

    @Override
    public void answered(PhoneRequest request, Answer answer) {
        long took = TimeUnit.NANOSECONDS.toMillis(timing.nanos().getAsLong() - since);
        SentRequest sent = new SentRequest(order, new PhoneId(to.phone()), base(), request, answer, time, took);
        listeners.tell(each -> each.sent(sent));
        next.answered(request, answer);
    }

    private String base() {
        String host = to.host().indexOf(':') < 0 ? to.host() : "[" + to.host() + "]";
        return to.scheme().wire() + "://" + host + ":" + to.port();
    }
}
