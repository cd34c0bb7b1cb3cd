package org.bellwire.console.api;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.bellwire.console.http.PageRequest;
import org.bellwire.console.http.WebAnswer;
import org.bellwire.console.session.PageAccess;
import org.bellwire.console.view.PageSources;

/** All that the page serves but the stream. */
public final class PageApi {

    /** The stream's path, which is served by whoever holds the connection. */
    public static final String STREAM = "/api/stream";

    private static final String API = "api";
    private static final String SESSION = "/api/session";

    private final Supplier<PageAccess> door;
    private final PageFiles files;
    private final Executor disk;
    private final List<ApiCall> calls;

    /** @param disk runs what waits for the disk; may reject it */
    public PageApi(Supplier<PageAccess> door, PageSources sources, PageFiles files, Executor disk) {
        this.door = door;
        this.files = files;
        this.disk = disk;
        ReadingCalls readings = new ReadingCalls(sources);
        ChangingCalls changes = new ChangingCalls(sources.ports());
        calls = List.of(
                read(
                        "/api/overview",
                        (request, names) -> WebAnswer.json(sources.overview().get())),
                read("/api/phones", (request, names) -> readings.phones(request)),
                read("/api/phones/{id}", (request, names) -> readings.phone(names.get(0))),
                read("/api/phones/{id}/setup", (request, names) -> readings.setup(names.get(0))),
                new ApiCall("GET", "/api/phones/{id}/file", onDisk((request, names) -> readings.file(names.get(0)))),
                new ApiCall(
                        "POST",
                        "/api/phones/{id}/file",
                        onDisk((request, names) -> changes.file(request, names.get(0)))),
                new ApiCall(
                        "POST",
                        "/api/phones/{id}/commands/{command}",
                        (request, names) -> changes.command(request, names.get(0), names.get(1))),
                read("/api/groups", (request, names) -> readings.groups()),
                read("/api/inbox", (request, names) -> readings.inbox()),
                new ApiCall(
                        "POST",
                        "/api/inbox/{mac}/adopt",
                        onDisk((request, names) -> changes.adopt(request, names.get(0)))),
                new ApiCall(
                        "POST",
                        "/api/simulated/{id}/{event}",
                        (request, names) -> changes.simulate(request, names.get(0), names.get(1))),
                new ApiCall("POST", SESSION, later((request, names) -> login(request))),
                read(SESSION, (request, names) -> door.get().resume(request)),
                new ApiCall("DELETE", SESSION, later((request, names) -> logout(request))),
                read("/api/openapi.json", (request, names) -> files.openApi()));
    }

    private interface Answering {
        WebAnswer answer(PageRequest request, List<String> names);
    }

    private static ApiCall read(String path, Answering answer) {
        return new ApiCall("GET", path, later(answer));
    }

    private static BiFunction<PageRequest, List<String>, CompletionStage<WebAnswer>> later(Answering answer) {
        return (request, names) -> CompletableFuture.completedFuture(answer.answer(request, names));
    }

    /** Not on the container's thread: the disk may be slow. */
    private BiFunction<PageRequest, List<String>, CompletionStage<WebAnswer>> onDisk(Answering answer) {
        return (request, names) -> {
            try {
                return CompletableFuture.supplyAsync(() -> answer.answer(request, names), disk);
            } catch (RejectedExecutionException e) {
                return CompletableFuture.completedFuture(
                        WebAnswer.problem(WebAnswer.UNAVAILABLE, "the disk is slow: try again"));
            }
        };
    }

    /** Method and path of each call, such as {@code GET /api/phones}. */
    List<String> described() {
        return calls.stream().map(call -> call.method() + " " + call.path()).toList();
    }

    private WebAnswer login(PageRequest request) {
        WebAnswer answer = door.get().login(request);
        ChangingCalls.AUDIT.info(
                "console ({}): login {}", request.peer(), answer.status() == WebAnswer.OK ? "ok" : "refused");
        return answer;
    }

    private WebAnswer logout(PageRequest request) {
        ChangingCalls.AUDIT.info("console ({}): logout", request.peer());
        return door.get().logout(request);
    }

    /** Does not wait. */
    public CompletionStage<WebAnswer> answer(PageRequest request) {
        return door.get()
                .foreign(request)
                .<CompletionStage<WebAnswer>>map(CompletableFuture::completedFuture)
                .orElseGet(() -> isApi(request) ? call(request) : CompletableFuture.completedFuture(file(request)));
    }

    /** Why somebody may not look on; empty: he may. */
    public Optional<WebAnswer> refuseStream(PageRequest request) {
        return door.get().foreign(request).or(() -> door.get().refuse(request));
    }

    private static boolean isApi(PageRequest request) {
        return !request.path().isEmpty() && request.path().get(0).equals(API);
    }

    private WebAnswer file(PageRequest request) {
        if (!request.isReading()) {
            return WebAnswer.problem(WebAnswer.METHOD_NOT_ALLOWED, "GET only").with("Allow", "GET, HEAD");
        }
        if (request.path().isEmpty()) {
            return files.page();
        }
        Optional<WebAnswer> found = switch (request.path().get(0)) {
            case "assets" -> files.find(request.path());
            case "docs" -> files.document(request.path());
            default -> Optional.empty();
        };
        return found.orElseGet(() -> WebAnswer.problem(WebAnswer.NOT_FOUND, "there is nothing here"));
    }

    private CompletionStage<WebAnswer> call(PageRequest request) {
        boolean login = request.method().equals("POST") && request.joined().equals(SESSION.substring(1));
        Optional<WebAnswer> refused = login ? Optional.empty() : door.get().refuse(request);
        if (refused.isPresent()) {
            return CompletableFuture.completedFuture(refused.get());
        }
        List<ApiCall> here =
                calls.stream().filter(call -> call.isAt(request.path())).toList();
        if (here.isEmpty()) {
            return CompletableFuture.completedFuture(WebAnswer.problem(WebAnswer.NOT_FOUND, "there is nothing here"));
        }
        String method = request.method().equals("HEAD") ? "GET" : request.method();
        return here.stream()
                .filter(call -> call.method().equals(method))
                .findFirst()
                .map(call -> call.answer().apply(request, call.names(request.path())))
                .orElseGet(() -> CompletableFuture.completedFuture(wrongMethod(here)));
    }

    private static WebAnswer wrongMethod(List<ApiCall> here) {
        String allowed = String.join(", ", here.stream().map(ApiCall::method).toList());
        return WebAnswer.problem(WebAnswer.METHOD_NOT_ALLOWED, "one of " + allowed)
                .with("Allow", allowed);
    }
}
