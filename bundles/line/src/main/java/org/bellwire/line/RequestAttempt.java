package org.bellwire.line;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.bellwire.api.port.PhoneClient.Address;
import org.bellwire.api.port.PhoneClient.Answer;
import org.bellwire.api.port.PhoneClient.Kind;
import org.bellwire.api.spi.PhoneRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One command's request until its answer. It is sent once, and again only where Digest needs it: when the phone asks for it,
 * when it says that the nonce was stale, and after a stray 401 of phones known for these. All of it shares one time limit.
 */
final class RequestAttempt {

    private static final Logger LOG = LoggerFactory.getLogger(RequestAttempt.class);

    private final RequestSender client;
    private final LineSettings settings;
    private final Address to;
    private final PhoneRequest request;
    private final Credentials proof;
    private final ResponseJudge verdict;
    private final long deadline;
    private final int bodyBytes;
    private Optional<CompletionStage<?>> enough = Optional.empty();

    /** What was tried already, each of it at most once. */
    private record Tries(boolean digest, boolean fresh, boolean again) {
        boolean permit(DigestChallenge challenge) {
            return !digest || (challenge.form().stale() && !fresh);
        }

        Tries withDigest() {
            return new Tries(true, digest, again);
        }

        Tries withAgain() {
            return new Tries(digest, fresh, true);
        }
    }

    /** @param bodyBytes how much of the answer's body is of interest */
    RequestAttempt(RequestSender client, Address to, PhoneRequest request, LineSettings settings, int bodyBytes) {
        this.bodyBytes = bodyBytes;
        this.client = client;
        this.settings = settings;
        this.to = to;
        this.request = request;
        proof = Credentials.of(to);
        verdict = new ResponseJudge(to, settings);
        deadline = client.now() + TimeUnit.MILLISECONDS.toNanos(settings.wholeMs());
    }

    /** The answer is not wanted any more once this completes. */
    RequestAttempt until(CompletionStage<?> nobodyWaits) {
        enough = Optional.of(nobodyWaits);
        return this;
    }

    CompletableFuture<Answer> answer() {
        Tries none = new Tries(false, false, !to.access().repeatsUnauthorized());
        return send(proof.first(), none)
                .handle((heard, failure) -> failure == null ? judged(heard) : verdict.of(rootOf(failure)))
                .exceptionally(this::fault);
    }

    private Answer judged(HttpResponse heard) {
        Answer answer = verdict.of(heard);
        return request.asks() && answer.kind() == Kind.OK ? answer.saying(heard.text()) : answer;
    }

    /** All of the body tells something; otherwise its beginning does. */
    private boolean wantsBody() {
        return request.asks() || to.access().answers().readsBody();
    }

    private CompletableFuture<HttpResponse> send(Optional<String> authorization, Tries tries) {
        byte[] head = RequestBytes.of(to, request, authorization);
        ResponseBounds bounds = new ResponseBounds(settings.connectMs(), deadline, wantsBody(), bodyBytes, enough);
        return client.send(to, head, bounds).thenCompose(heard -> {
            if (heard.status() != 401 || authorization.isEmpty()) {
                return CompletableFuture.completedFuture(heard);
            }
            return unauthorized(heard, authorization, tries);
        });
    }

    private CompletableFuture<HttpResponse> unauthorized(
            HttpResponse heard, Optional<String> authorization, Tries tries) {
        Challenges challenges = heard.challenges();
        if (challenges.cut()) {
            client.cut(to, "it asks for a password with more than " + ChallengeParser.MAX_CHARACTERS + " characters");
        }
        Optional<DigestChallenge> challenge = challenges.strongest();
        Optional<String> digest =
                challenge.flatMap(one -> proof.answer(one, request.method(), RequestBytes.target(to, request)));
        if (digest.isPresent() && challenge.filter(tries::permit).isPresent()) {
            return send(digest, tries.withDigest());
        }
        return tries.again()
                ? CompletableFuture.completedFuture(heard)
                : send(digest.or(() -> authorization), tries.withAgain());
    }

    private Answer fault(Throwable failure) {
        LOG.error("a fault of Bellwire on the way to phone {}", to.phone(), failure);
        return Answer.of(Kind.UNREACHABLE, "a fault of Bellwire, which its log tells more about");
    }

    private static Throwable rootOf(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
