package org.bellwire.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import javax.servlet.AsyncContext;
import javax.servlet.Servlet;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.bellwire.console.api.PageApi;
import org.bellwire.console.http.PageRequest;
import org.bellwire.console.http.WebAnswer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands the web container's requests to the page, and its answers back. */
@Component(
        service = Servlet.class,
        property = {
            "osgi.http.whiteboard.servlet.name=org.bellwire.console",
            "osgi.http.whiteboard.servlet.pattern=/*",
            "osgi.http.whiteboard.servlet.asyncSupported:Boolean=true"
        })
@SuppressWarnings("serial") // nobody writes it down
public final class ConsoleServlet extends HttpServlet {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleServlet.class);
    private static final int LONGEST_BODY = 16_384;
    private static final long PATIENCE_MS = 30_000;
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final transient Console console;

    @Activate
    public ConsoleServlet(@Reference Console console) {
        this.console = console;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<PageRequest> read = read(request);
        if (read.isEmpty()) {
            write(
                    WebAnswer.problem(WebAnswer.TOO_LARGE, "a body has at most " + LONGEST_BODY + " bytes"),
                    request,
                    response);
        } else if (read.get().joined().equals(PageApi.STREAM.substring(1))
                && read.get().method().equals("GET")) {
            stream(read.get(), request, response);
        } else {
            answer(read.get(), request, response);
        }
    }

    private static Optional<PageRequest> read(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(LONGEST_BODY + 1);
        if (body.length > LONGEST_BODY) {
            return Optional.empty();
        }
        String path = Optional.ofNullable(request.getServletPath()).orElse("")
                + Optional.ofNullable(request.getPathInfo()).orElse("");
        List<String> segments =
                Stream.of(path.split("/")).filter(segment -> !segment.isEmpty()).toList();
        return Optional.of(new PageRequest(
                request.getMethod(),
                segments,
                name -> Optional.ofNullable(request.getHeader(name)),
                name -> Optional.ofNullable(request.getParameter(name)),
                request.getRemoteAddr(),
                new String(body, StandardCharsets.UTF_8)));
    }

    private void answer(PageRequest read, HttpServletRequest request, HttpServletResponse response) throws IOException {
        CompletionStage<WebAnswer> answer = console.answer(read);
        if (answer.toCompletableFuture().isDone()) {
            write(answer.toCompletableFuture().getNow(failed()), request, response);
            return;
        }
        AsyncContext async = request.startAsync();
        async.setTimeout(PATIENCE_MS);
        answer.whenComplete((done, failure) -> later(() -> {
            try {
                write(failure == null ? done : failed(), request, response);
            } catch (IOException | IllegalStateException e) {
                LOG.debug("{} did not wait for its answer", read, e);
            }
            async.complete();
        }));
    }

    private static WebAnswer failed() {
        return WebAnswer.problem(WebAnswer.UNAVAILABLE, "there was no answer: see the log");
    }

    /** On the page's own thread: whoever brought the answer has phones to serve. */
    private void later(Runnable task) {
        try {
            console.thread().execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("the page has ended", e);
        }
    }

    private void stream(PageRequest read, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<WebAnswer> refused = console.refuseStream(read);
        if (refused.isPresent()) {
            write(refused.get(), request, response);
            return;
        }
        console.watch();
        safe(response);
        response.setStatus(WebAnswer.OK);
        response.setContentType("text/event-stream");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        ServletOutlet.open(request, response, console.viewers(), console.sessionOf(read));
    }

    private static void write(WebAnswer answer, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        safe(response);
        response.setStatus(answer.status());
        response.setHeader("Cache-Control", "no-store");
        answer.headers().forEach(response::setHeader);
        response.setContentType(answer.type());
        response.setContentLength(answer.body().length);
        if (!request.getMethod().equals("HEAD")) {
            response.getOutputStream().write(answer.body());
        }
    }

    private static void safe(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    }
}
