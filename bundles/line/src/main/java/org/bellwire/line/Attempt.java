package org.bellwire.line;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.api.Response;
import org.eclipse.jetty.client.api.Result;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/** One request over one connection. Keeps the first bytes of the body, which are enough to know a login page. */
final class Attempt extends Response.Listener.Adapter {

    private static final int PAGE_BYTES = 8 * 1024;

    private final CompletableFuture<Heard> heard = new CompletableFuture<>();
    private final ByteBuffer page = ByteBuffer.allocate(PAGE_BYTES);
    private int status;
    private HttpFields headers = new HttpFields();

    private Attempt() {}

    /** Completes with the answer; exceptionally where there was none. Throws nothing. */
    static CompletableFuture<Heard> send(ExactRequest request) {
        Attempt attempt = new Attempt();
        try {
            request.send(attempt);
        } catch (RuntimeException e) {
            attempt.heard.completeExceptionally(e);
        }
        return attempt.heard;
    }

    @Override
    public synchronized void onHeaders(Response response) {
        status = response.getStatus();
        headers = response.getHeaders();
    }

    @Override
    public synchronized void onContent(Response response, ByteBuffer content) {
        ByteBuffer start = content.slice();
        start.limit(Math.min(start.remaining(), page.remaining()));
        page.put(start);
    }

    @Override
    public void onComplete(Result result) {
        Optional<Heard> answer = answer(result.getFailure());
        if (answer.isPresent()) {
            heard.complete(answer.get());
        } else {
            heard.completeExceptionally(result.getFailure());
        }
    }

    /** A phone that breaks off within the body has answered all the same; one that does not come to an end has not. */
    private synchronized Optional<Heard> answer(@Nullable Throwable failure) {
        boolean endless = failure instanceof TimeoutException && status / 100 == 2;
        if (failure != null && (status == 0 || endless)) {
            return Optional.empty();
        }
        List<String> challenges = headers.getValuesList(HttpHeader.WWW_AUTHENTICATE.asString());
        String text = new String(page.array(), 0, page.position(), StandardCharsets.ISO_8859_1);
        return Optional.of(new Heard(status, Optional.ofNullable(headers.get(HttpHeader.LOCATION)), challenges, text));
    }
}
