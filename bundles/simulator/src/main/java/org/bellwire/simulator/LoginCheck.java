package org.bellwire.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.bellwire.api.config.Secret;
import org.bellwire.api.spi.Access;
import org.bellwire.api.spi.PhoneRequest;
import org.bellwire.simulator.WebRequest.Answer;
import org.bellwire.simulator.WebRequest.Request;

/** Asks for the credentials that the vendor's phones ask for. */
final class LoginCheck {

    private static final Answer LOGIN_PAGE = new Answer(
            "200 OK",
            "Content-Type: text/html",
            "<html><form method=post action=/login><input name=user><input name=pass type=password></form></html>");

    private final Optional<String> expected;
    /** How a parameter of the target ends that holds the password. */
    private final Optional<String> inTarget;

    private final Answer refusal;
    private final boolean stray;
    private final Optional<DigestCheck> digest;
    private final Optional<LockOut> lock;
    private final AtomicInteger asked = new AtomicInteger();

    LoginCheck(Access.Authentication authentication, Profile.Credentials credentials, Set<Quirk> quirks) {
        this(authentication, credentials, quirks, System::nanoTime);
    }

    LoginCheck(
            Access.Authentication authentication,
            Profile.Credentials credentials,
            Set<Quirk> quirks,
            LongSupplier nanos) {
        expected = switch (authentication) {
            case NONE, PASSWORD_IN_TARGET -> Optional.empty();
            case BEARER -> credentials.apiToken().map(token -> "Bearer " + token.reveal());
            case PASSWORD -> basic(credentials);
        };
        inTarget = credentials
                .password()
                .filter(any -> authentication == Access.Authentication.PASSWORD_IN_TARGET)
                .map(password -> "=" + PhoneRequest.encode(password.reveal()));
        boolean byPassword = authentication == Access.Authentication.PASSWORD;
        digest = credentials
                .user()
                .filter(any -> byPassword && quirks.contains(Quirk.DIGEST))
                .map(user -> new DigestCheck(
                        user, credentials.password().map(Secret::reveal).orElse("")));
        lock = quirks.contains(Quirk.LOCKS_OUT) ? Optional.of(new LockOut(nanos)) : Optional.empty();
        String challenge = digest.map(DigestCheck::challenge).orElse("WWW-Authenticate: Basic realm=\"phone\"");
        Answer unauthorized =
                byPassword ? new Answer("401 Unauthorized", challenge, "") : Answer.of("401 Unauthorized");
        refusal = quirks.contains(Quirk.LOGIN_PAGE) ? LOGIN_PAGE : unauthorized;
        stray = quirks.contains(Quirk.STRAY_401);
    }

    private static Optional<String> basic(Profile.Credentials credentials) {
        if (credentials.user().isEmpty() && credentials.password().isEmpty()) {
            return Optional.empty();
        }
        String pair = credentials.user().orElse("") + ":"
                + credentials.password().map(Secret::reveal).orElse("");
        return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    private boolean isRight(Request request) {
        if (digest.isPresent()) {
            return digest.get().isRight(request);
        }
        boolean shown = inTarget.isEmpty()
                || Stream.of(request.target().split("[?&]")).anyMatch(pair -> pair.endsWith(inTarget.get()));
        return shown && (expected.isEmpty() || request.header("authorization").equals(expected));
    }

    /** Why the request is not let in; empty: it is. */
    Optional<Answer> refusal(Request request) {
        if (lock.filter(LockOut::isShut).isPresent()) {
            return Optional.of(Answer.of("423 Locked"));
        }
        boolean right = isRight(request);
        // A request that shows nothing asks what to show: it is no wrong password.
        boolean shows = inTarget.isPresent() || request.header("authorization").isPresent();
        lock.filter(any -> right || shows).ifPresent(one -> one.tried(right));
        if (!right) {
            return Optional.of(refusal);
        }
        return stray && asked.getAndIncrement() % 2 == 0
                ? Optional.of(Answer.of("401 Unauthorized"))
                : Optional.empty();
    }
}
