package org.bellwire.ingress;

import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.bellwire.api.PhoneId;
import org.bellwire.api.port.ActionUrl;
import org.bellwire.api.port.ActionUrls;
import org.bellwire.api.port.Reply;

/** Core as the ingress sees it: keeps what came and replies as it is told to. */
final class RecordedUrls implements ActionUrls {

    static final String OWN_TOKEN = "ownownownownownownownown";

    private final Queue<ActionUrl> received = new ConcurrentLinkedQueue<>();
    private volatile Function<ActionUrl, CompletionStage<Reply>> reply = url -> CompletableFuture.completedFuture(
            url.siteToken() && !url.vendor().equals("nobody") ? Reply.ACCEPTED : Reply.NOT_FOUND);

    @Override
    public CompletionStage<Reply> receive(ActionUrl url) {
        received.add(url);
        return reply.apply(url);
    }

    @Override
    public CompletionStage<Optional<PhoneId>> owner(String token) {
        return CompletableFuture.completedFuture(
                token.equals(OWN_TOKEN) ? PhoneId.parse("doorstation") : Optional.empty());
    }

    @Override
    public Optional<PhoneId> sender(ActionUrl url) {
        return url.siteToken() ? PhoneId.parse(url.variables().get("phone").orElse("")) : Optional.empty();
    }

    void replyWith(Function<ActionUrl, CompletionStage<Reply>> next) {
        reply = next;
    }

    void replyWith(Reply next) {
        reply = url -> CompletableFuture.completedFuture(next);
    }

    List<ActionUrl> received() {
        return List.copyOf(received);
    }

    ActionUrl last() {
        List<ActionUrl> all = received();
        return all.get(all.size() - 1);
    }
}
