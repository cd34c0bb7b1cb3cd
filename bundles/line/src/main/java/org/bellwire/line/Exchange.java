package org.bellwire.line;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.bellwire.api.port.PhoneLine.Address;
import org.bellwire.api.port.PhoneLine.Answer;
import org.bellwire.api.spi.PhoneRequest;

/**
 * A request until its answer. It goes out once; again only with Digest where the phone asks for that, and after a stray 401
 * of a phone that is known for them. All of it shares one time limit.
 */
final class Exchange {

    private final PhoneClient client;
    private final LineSettings settings;
    private final Address to;
    private final PhoneRequest request;
    private final Proof proof;
    private final Verdict verdict;
    private final long deadline;

    Exchange(PhoneClient client, Address to, PhoneRequest request, LineSettings settings) {
        this.client = client;
        this.settings = settings;
        this.to = to;
        this.request = request;
        proof = Proof.of(to);
        verdict = new Verdict(to, settings);
        deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(settings.wholeMs());
    }

    CompletableFuture<Answer> answer() {
        return send(proof.first(), false, to.access().repeatsUnauthorized())
                .handle((heard, failure) -> failure == null ? verdict.of(heard) : verdict.of(rootOf(failure)));
    }

    private CompletableFuture<Heard> send(Optional<String> authorization, boolean digested, boolean mayRepeat) {
        byte[] head = RequestHead.of(to, request, authorization);
        return client.send(to, head, settings.connectMs(), deadline).thenCompose(heard -> {
            if (heard.status() != 401 || authorization.isEmpty()) {
                return CompletableFuture.completedFuture(heard);
            }
            Optional<String> digest = proof.digest(heard.challenges(), request.target());
            if (digest.isPresent() && !digested) {
                return send(digest, true, mayRepeat);
            }
            return mayRepeat
                    ? send(digest.or(() -> authorization), digested, false)
                    : CompletableFuture.completedFuture(heard);
        });
    }

    private static Throwable rootOf(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
