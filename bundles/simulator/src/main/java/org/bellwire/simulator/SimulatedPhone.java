package org.bellwire.simulator;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.bellwire.api.EventType;
import org.bellwire.api.Scheme;
import org.bellwire.api.port.SimulatedPhones.Report;
import org.bellwire.api.port.SimulatedPhones.Simulated;
import org.bellwire.api.runtime.DaemonThreads;
import org.bellwire.api.spi.EventRow;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.simulator.Handset.Happening;
import org.bellwire.simulator.WebRequest.Answer;
import org.bellwire.simulator.WebRequest.Request;

/**
 * A phone made from a vendor's tables: it understands the vendor's commands, asks for the vendor's proof, and reports by the
 * vendor's action URLs. Everything that happens to it happens on one thread of its own, in order.
 */
public final class SimulatedPhone implements AutoCloseable {

    private static final int MAX_WAITING = 100;
    private static final int MAX_REMEMBERED = 200;

    private final PhoneBinding binding;
    private final Profile profile;
    private final Supplier<String> actionUrl;
    private final Optional<String> pin;
    private final KeyInterpreter instructions;
    private final LoginCheck login;
    private final OddAnswers odd;
    private final Handset handset;
    private final Reports reports;
    private final Optional<LogPages> log;
    private final Reporter reporter;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final ScheduledThreadPoolExecutor thread;
    private final WebServer server;

    /**
     * Switches a phone on.
     *
     * @param actionUrl {@code http://gateway:port/action/<vendor>/<token>}, asked for each report
     * @throws IOException if its address and port cannot be listened on
     */
    public SimulatedPhone(PhoneBinding binding, Profile profile, Supplier<String> actionUrl) throws IOException {
        this.binding = binding;
        this.profile = profile;
        this.actionUrl = actionUrl;
        var access = binding.commands().access();
        instructions = new KeyInterpreter(binding.commands());
        odd = new OddAnswers(profile.behaviour().quirks(), access.answers(), System::nanoTime);
        login = new LoginCheck(
                access.authentication(),
                profile.credentials(),
                profile.behaviour().quirks());
        handset = new Handset(profile.identity());
        reports = new Reports(binding, profile);
        log = LogPages.of(binding.eventLog(), System::nanoTime);
        reporter = new Reporter(profile.phone(), profile.address());
        String name = "bellwire-simulator-" + profile.phone();
        thread = new ScheduledThreadPoolExecutor(1, DaemonThreads.named(name));
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        boolean tls = profile.scheme().orElse(access.scheme()) == Scheme.HTTPS;
        SimulatorCertificate certificate = SimulatorCertificate.load();
        pin = tls ? Optional.of(certificate.fingerprint()) : Optional.empty();
        ServerSocket socket = tls ? certificate.serverSocket() : new ServerSocket();
        InetSocketAddress place =
                new InetSocketAddress(profile.address(), profile.port().orElse(access.port()));
        server = new WebServer(name, socket, place, this::answer);
    }

    public String vendor() {
        return binding.info().id();
    }

    /** Where it is. */
    public Simulated place() {
        return new Simulated(profile.phone(), vendor(), profile.address().getHostAddress(), server.port(), pin);
    }

    /** The targets of the requests that were let in, oldest first. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** Reports what a phone reports when it has started. */
    public CompletionStage<Report> boot() {
        return happen(handset::boot, "the vendor reports no start");
    }

    /** Somebody calls. */
    public CompletionStage<Report> ring(String number, String name) {
        return happen(() -> handset.ring(number, name), "the phone has a call already");
    }

    /** The other side hangs up. */
    public CompletionStage<Report> otherHangsUp() {
        return happen(handset::otherHangsUp, "the phone has no call");
    }

    /** Reports an event by the vendor's name for it, however spelled. */
    public CompletionStage<Report> report(String event) {
        Optional<EventRow> row = binding.events().find(event);
        if (row.isEmpty()) {
            String names = String.join(
                    ", ", binding.events().rows().stream().map(EventRow::name).toList());
            return CompletableFuture.completedFuture(
                    Report.failed(vendor() + " has no event '" + event + "'; it has " + names));
        }
        return happen(() -> handset.pretend(row.get().type()), "not reported");
    }

    private Optional<Answer> answer(Request request) {
        if (profile.behaviour().quirks().contains(Quirk.NEVER_ANSWERS)) {
            return Optional.empty();
        }
        dawdle();
        if (!request.method().equals("GET")) {
            return Optional.of(Answer.of("405 Method Not Allowed"));
        }
        Optional<Answer> refusal =
                odd.toAnybody().or(() -> login.refusal(request)).or(odd::toWhoeverMay);
        if (refusal.isPresent()) {
            return refusal;
        }
        String target = instructions.withMarks(request.target());
        if (requests.size() < MAX_REMEMBERED) {
            requests.add(target);
        }
        Optional<Answer> page = log.flatMap(pages -> pages.answer(request.target()));
        if (page.isPresent()) {
            return page;
        }
        Optional<KeyMeaning> told = instructions.read(target);
        told.ifPresent(instruction -> happen(() -> handset.obey(instruction), "nothing to do"));
        return Optional.of(Answer.of(told.isPresent() ? "200 OK" : "404 Not Found"));
    }

    private void dawdle() {
        try {
            TimeUnit.MILLISECONDS.sleep(profile.behaviour().answerMs());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Completes with the first report of what happens, after all of it is reported. */
    private CompletionStage<Report> happen(Supplier<List<Happening>> what, String otherwise) {
        CompletableFuture<Report> reported = new CompletableFuture<>();
        if (thread.getQueue().size() >= MAX_WAITING) {
            return CompletableFuture.completedFuture(Report.failed("the phone has too much to report"));
        }
        try {
            thread.execute(() -> reported.complete(tell(what.get()).orElseGet(() -> Report.failed(otherwise))));
        } catch (RejectedExecutionException e) {
            reported.complete(Report.failed("the phone is off"));
        }
        return reported;
    }

    private Optional<Report> tell(List<Happening> happenings) {
        Optional<Report> first = Optional.empty();
        for (Happening happening : happenings) {
            Optional<Report> report = report(happening);
            first = first.isPresent() ? first : report;
            if (happening.type() == EventType.CALL_OUTGOING) {
                later(() -> handset.otherAnswers(happening.call().id()));
            }
        }
        return first;
    }

    /** By its log while somebody reads it, as of a phone whose action URLs nobody may set; else by its action URL. */
    private Optional<Report> report(Happening happening) {
        Optional<LogPages> read = log.filter(LogPages::isRead);
        if (read.isEmpty()) {
            return reports.url(actionUrl.get(), happening.type(), happening.call())
                    .map(url -> send(happening.type(), url));
        }
        return reports.entry(happening.type(), happening.call()).map(entry -> {
            read.get().add(entry);
            return Report.logged(happening.type() + " stands in its log");
        });
    }

    private void later(Supplier<List<Happening>> what) {
        thread.schedule(() -> tell(what.get()), profile.behaviour().connectMs(), TimeUnit.MILLISECONDS);
    }

    private Report send(EventType type, String url) {
        try {
            return Report.answered(reporter.send(url), type + " reported");
        } catch (IOException e) {
            return Report.failed(type + " not reported: " + e.getMessage());
        }
    }

    /** Switches the phone off. */
    @Override
    public void close() throws IOException {
        server.close();
        thread.shutdownNow();
    }
}
