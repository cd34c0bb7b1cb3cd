package org.bellwire.ingress;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.bellwire.api.port.Reply;
import org.bellwire.api.port.TriggerRequest;
import org.bellwire.api.port.Triggers;

/** The triggers as the ingress sees them: there is one, {@code door}, that keeps what came. */
final class RecordedTriggers implements Triggers {

    private final Queue<TriggerRequest> received = new ConcurrentLinkedQueue<>();
    private volatile Reply reply = Reply.ACCEPTED;

    @Override
    public boolean knows(String id) {
        return id.equals("door");
    }

    @Override
    public Reply receive(TriggerRequest request) {
        received.add(request);
        return reply;
    }

    @Override
    public List<Status> all() {
        return List.of();
    }

    @Override
    public CompletionStage<Outcome> fire(String id) {
        throw new AssertionError("nobody of the ingress does this");
    }

    @Override
    public CompletionStage<Outcome> cancel(String id) {
        throw new AssertionError("nobody of the ingress does this");
    }

    void replyWith(Reply next) {
        reply = next;
    }

    List<TriggerRequest> received() {
        return List.copyOf(received);
    }
}
