package org.bellwire.console.session;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.bellwire.api.config.Secret;
import org.bellwire.console.http.JsonObjects;
import org.bellwire.console.http.PageRequest;
import org.bellwire.console.http.WebAnswer;

/** Decides who may ask: by a cookie that a login sets, or, for scripts, by the token itself. */
public final class PageAccess {

    public static final String COOKIE = "bellwire";
    public static final String CSRF = "X-CSRF-Token";

    private static final String BEARER = "bearer ";

    private final SessionTable sessions;
    private final LoginThrottle throttle;
    private final HostCheck hosts;
    private final Secret token;
    private final boolean open;

    public PageAccess(SessionTable sessions, ConsoleSettings settings, Secret token, LongSupplier nanos) {
        this.sessions = sessions;
        this.throttle = new LoginThrottle(nanos);
        this.hosts = new HostCheck(settings.host());
        this.token = token;
        this.open = settings.open();
    }

    /** Why a request gets nothing, not even the page; empty: it may. */
    public Optional<WebAnswer> foreign(PageRequest request) {
        return hosts.isOurs(request)
                ? Optional.empty()
                : Optional.of(WebAnswer.problem(
                        WebAnswer.FORBIDDEN,
                        "this name is not one of this machine: use its address, or set host in "
                                + ConsoleSettings.FILE));
    }

    /** Why a request gets no data; empty: it may. */
    public Optional<WebAnswer> refuse(PageRequest request) {
        Optional<String> bearer = bearer(request);
        if (bearer.isPresent()) {
            return throttled(request).or(() -> guess(request, bearer.get()));
        }
        Optional<WebSession> session = session(request);
        if (session.isEmpty() && !open) {
            return Optional.of(WebAnswer.problem(WebAnswer.UNAUTHORIZED, "log in first"));
        }
        return request.isReading() ? Optional.empty() : forged(request, session);
    }

    private Optional<WebAnswer> guess(PageRequest request, String told) {
        if (!matches(told)) {
            throttle.failed(request.peer());
            return Optional.of(WebAnswer.problem(WebAnswer.UNAUTHORIZED, "the token is wrong"));
        }
        return request.isReading() || hosts.isSameOrigin(request, false) ? Optional.empty() : Optional.of(forged());
    }

    private Optional<WebAnswer> forged(PageRequest request, Optional<WebSession> session) {
        boolean ours = hosts.isSameOrigin(request, true)
                && session.map(known -> same(known.csrf(), request.header(CSRF).orElse("")))
                        .orElse(open);
        return ours ? Optional.empty() : Optional.of(forged());
    }

    private static WebAnswer forged() {
        return WebAnswer.problem(
                WebAnswer.FORBIDDEN, "a change needs an Origin of this page and its token in the header " + CSRF);
    }

    /** {@code POST /api/session}: the answer sets the cookie. */
    public WebAnswer login(PageRequest request) {
        Optional<JsonObject> body = JsonObjects.parse(request.body());
        if (!hosts.isSameOrigin(request, false)) {
            return forged();
        }
        // A link is never held up: nobody guesses one, and it is the way in for the administrator while somebody
        // guesses tokens.
        boolean linked = body.flatMap(object -> JsonObjects.text(object, "link"))
                .map(sessions::redeem)
                .orElse(false);
        Optional<WebAnswer> throttled = linked ? Optional.empty() : throttled(request);
        if (throttled.isPresent()) {
            return throttled.get();
        }
        boolean right = linked
                || body.flatMap(object -> JsonObjects.text(object, "token"))
                        .map(this::matches)
                        .orElse(false);
        if (!right && !open) {
            throttle.failed(request.peer());
            return WebAnswer.problem(
                    body.isEmpty() ? WebAnswer.BAD_REQUEST : WebAnswer.UNAUTHORIZED,
                    "the token or link is wrong: phone:console prints a link that logs in");
        }
        WebSession session = sessions.open();
        return csrf(session).with("Set-Cookie", cookie(session.id(), ""));
    }

    /** {@code GET /api/session}: what a page that was loaded again needs. */
    public WebAnswer resume(PageRequest request) {
        return session(request).map(PageAccess::csrf).orElseGet(() -> WebAnswer.json("{\"csrf\":\"\"}"));
    }

    /** {@code DELETE /api/session}. */
    public WebAnswer logout(PageRequest request) {
        cookie(request).ifPresent(sessions::close);
        return WebAnswer.json("{}").with("Set-Cookie", cookie("", "; Max-Age=0"));
    }

    /** The session of a request, by its cookie. */
    public Optional<WebSession> session(PageRequest request) {
        return cookie(request).flatMap(sessions::use);
    }

    private Optional<WebAnswer> throttled(PageRequest request) {
        return throttle.mayTry(request.peer())
                ? Optional.empty()
                : Optional.of(WebAnswer.problem(WebAnswer.TOO_MANY, "too many wrong tokens: wait some seconds")
                        .with("Retry-After", "6"));
    }

    private static WebAnswer csrf(WebSession session) {
        return WebAnswer.json(JsonObjects.of(json -> json.name("csrf").value(session.csrf())));
    }

    private static String cookie(String value, String more) {
        return COOKIE + "=" + value + "; Path=/; HttpOnly; SameSite=Strict" + more;
    }

    private static Optional<String> cookie(PageRequest request) {
        return request.header("Cookie").stream()
                .flatMap(all -> Stream.of(all.split(";")))
                .map(String::strip)
                .filter(one -> one.startsWith(COOKIE + "="))
                .map(one -> one.substring(COOKIE.length() + 1))
                .findFirst();
    }

    private static Optional<String> bearer(PageRequest request) {
        return request.header("Authorization")
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> value.substring(BEARER.length()).strip());
    }

    private boolean matches(String told) {
        return same(token.reveal(), told);
    }

    /** Takes a time that depends on the told text only. */
    private static boolean same(String ours, String told) {
        return MessageDigest.isEqual(told.getBytes(StandardCharsets.UTF_8), ours.getBytes(StandardCharsets.UTF_8));
    }
}
