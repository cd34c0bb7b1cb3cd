package org.bellwire.console;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bellwire.api.config.LastGoodSettings;
import org.bellwire.api.config.Secret;
import org.bellwire.api.config.Token;
import org.bellwire.api.port.ConsoleLinks;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.Gateway;
import org.bellwire.api.port.Limit;
import org.bellwire.api.port.LimitLog;
import org.bellwire.api.port.Phones;
import org.bellwire.api.runtime.BellwireVersion;
import org.bellwire.api.runtime.DaemonThreads;
import org.bellwire.console.api.PageApi;
import org.bellwire.console.api.PageFiles;
import org.bellwire.console.http.PageRequest;
import org.bellwire.console.http.WebAnswer;
import org.bellwire.console.session.ConsoleSettings;
import org.bellwire.console.session.PageAccess;
import org.bellwire.console.session.SessionTable;
import org.bellwire.console.session.WebSession;
import org.bellwire.console.stream.EventFeed;
import org.bellwire.console.stream.Viewers;
import org.bellwire.console.view.HourOfRates;
import org.bellwire.console.view.MaskedTarget;
import org.bellwire.console.view.Overview;
import org.bellwire.console.view.PageSources;
import org.bellwire.console.view.PhoneHistory;
import org.bellwire.console.view.SeenEvents;
import org.bellwire.store.GeneratedToken;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The web page: knows who may look, remembers what {@link PageNews} hears, and answers. Nothing here holds up a phone or a command. */
@Component(
        service = {Console.class, ConsoleLinks.class},
        immediate = true,
        configurationPid = ConsoleSettings.PID)
public final class Console implements ConsoleLinks {

    private static final Logger LOG = LoggerFactory.getLogger(Console.class);
    private static final int OVERVIEW_S = 2;
    private static final int TIDY_S = 15;
    private static final int LIMIT_S = 3600;
    /** What happens meanwhile goes out together, so that viewers cost the same however many events there are. */
    private static final int GATHER_MS = 40;

    private static final int KEEP_S = 60;
    private static final int DISK_IDLE_S = 10;
    private static final int DISK_QUEUE = 100;

    private final LimitLog limits = new LimitLog(LOG::warn, this::counters, LIMIT_S, System::nanoTime);
    private final LastGoodSettings<ConsoleSettings> file =
            new LastGoodSettings<>(ConsoleSettings.DEFAULT, ConsoleSettings::read, LOG::warn);
    private final GeneratedToken tokenFile;
    private final LivePorts others;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("bellwire-page"));
    /** Waits for the disk: neither the page's own thread nor the container's does. */
    private final ThreadPoolExecutor disk = new ThreadPoolExecutor(
            1,
            1,
            DISK_IDLE_S,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(DISK_QUEUE),
            DaemonThreads.named("bellwire-page-disk"));

    private final SessionTable sessions = new SessionTable(System::nanoTime);
    private final PhoneHistory history = new PhoneHistory();
    private final SeenEvents seen = new SeenEvents(
            Path.of(System.getProperty("karaf.data", "data")).resolve("page").resolve("seen.txt"));
    private final HourOfRates rates = new HourOfRates();
    private final Clock clock = Clock.systemUTC();
    private final Instant started = clock.instant();
    private final MaskedTarget mask;
    private final Viewers viewers;
    private final WatchedRequests requests;
    private final PageApi api;
    /** What listens only while somebody looks. */
    private final List<Consumer<Boolean>> whileWatched = new CopyOnWriteArrayList<>();
    /** The overview that was told last; of the page's thread. */
    private String told = "";

    private volatile Secret token;
    private volatile PageAccess door;

    @Activate
    public Console(
            Map<String, ?> properties,
            BundleContext context,
            @Reference ConfigurationAdmin admin,
            @Reference LivePorts others) {
        this.others = others;
        disk.allowCoreThreadTimeOut(true);
        file.read(properties, "going on with the defaults");
        tokenFile = new GeneratedToken(admin, ConsoleSettings.PID, "it is another one after the next start");
        token = file.now().token().orElseGet(Token::random);
        door = new PageAccess(sessions, file.now(), token, System::nanoTime);
        viewers = new Viewers(
                new EventFeed(Long.toString(started.toEpochMilli(), Character.MAX_RADIX)),
                this::soon,
                System::nanoTime);
        mask = new MaskedTarget(() -> others.now().gateway().map(Gateway::token));
        requests = new WatchedRequests(context, viewers, mask, clock);
        whileWatched.add(requests::listen);
        api = new PageApi(
                () -> door,
                new PageSources(others::now, history, seen, () -> overview().whole()),
                new PageFiles(),
                disk);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what goes wrong with a viewer ends that viewer
    private void soon(Runnable task) {
        thread.schedule(task, GATHER_MS, TimeUnit.MILLISECONDS);
    }

    @Activate
    @SuppressWarnings("FutureReturnValueIgnored") // they catch what goes wrong
    void open() {
        keepToken();
        disk.execute(seen::read);
        thread.scheduleWithFixedDelay(guarded(() -> disk.execute(this::keepSeen)), KEEP_S, KEEP_S, TimeUnit.SECONDS);
        thread.scheduleAtFixedRate(guarded(this::sample), 0, HourOfRates.STEP_S, TimeUnit.SECONDS);
        thread.scheduleAtFixedRate(guarded(this::tellOverview), OVERVIEW_S, OVERVIEW_S, TimeUnit.SECONDS);
        thread.scheduleAtFixedRate(guarded(this::tidy), TIDY_S, TIDY_S, TimeUnit.SECONDS);
    }

    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("the page's timer goes on after an error: this is a bug", e);
            }
        };
    }

    @Modified
    void modified(Map<String, ?> properties) {
        file.read(properties, "all stays as it was").ifPresent(this::use);
    }

    private synchronized void use(ConsoleSettings next) {
        Secret before = token;
        token = next.token().orElse(before);
        if (!before.reveal().equals(token.reveal())) {
            sessions.closeAll();
        }
        door = new PageAccess(sessions, next, token, System::nanoTime);
        keepToken();
    }

    private void keepToken() {
        if (file.now().token().isEmpty() && !file.now().open()) {
            tokenFile.keep(token);
        }
    }

    @Deactivate
    void close() {
        requests.listen(false);
        viewers.endAll();
        thread.shutdownNow();
        disk.execute(this::keepSeen);
        disk.shutdown();
    }

    private void keepSeen() {
        Optional<Phones> all = others.now().phones().filter(Phones::isComplete);
        seen.keep(phone -> all.isEmpty() || all.get().find(phone).isPresent());
    }

    private Counters counters() {
        return others.counters();
    }

    private Overview overview() {
        return new Overview(others.now(), rates, BellwireVersion.TEXT, started);
    }

    private void sample() {
        others.now().bus().ifPresent(now -> rates.sample(now.statistics(), now.ackTimes()));
    }

    private void tellOverview() {
        String now = viewers.count() > 0 ? overview().brief() : "";
        if (!now.isEmpty() && !now.equals(told)) {
            viewers.tell("overview", now);
        }
        told = now;
        boolean watched = viewers.count() > 0;
        whileWatched.forEach(each -> each.accept(watched));
    }

    /** Somebody is about to look on. */
    void watch() {
        whileWatched.forEach(each -> each.accept(true));
    }

    /** From now on, tells it every other second whether somebody looks on; when somebody begins to, at once. */
    void whileWatched(Consumer<Boolean> listener) {
        whileWatched.add(listener);
    }

    void forget(Consumer<Boolean> listener) {
        whileWatched.remove(listener);
    }

    private void tidy() {
        viewers.tidy(session -> session.isEmpty() || sessions.isAlive(session));
    }

    /** Does not wait. */
    CompletionStage<WebAnswer> answer(PageRequest request) {
        return api.answer(request);
    }

    /** Why somebody may not look on; empty: he may. */
    Optional<WebAnswer> refuseStream(PageRequest request) {
        return api.refuseStream(request).or(() -> viewers.isFull() ? Optional.of(full()) : Optional.empty());
    }

    private WebAnswer full() {
        String text = "there are " + Viewers.MOST + " streams already: close other pages";
        limits.reached(Limit.PAGE_STREAMS, () -> "the web page: " + text);
        return WebAnswer.problem(WebAnswer.UNAVAILABLE, text);
    }

    /** By which session a request came; empty: by the token. */
    String sessionOf(PageRequest request) {
        return door.session(request).map(WebSession::id).orElse("");
    }

    Viewers viewers() {
        return viewers;
    }

    MaskedTarget mask() {
        return mask;
    }

    PhoneHistory history() {
        return history;
    }

    SeenEvents seen() {
        return seen;
    }

    ScheduledExecutorService thread() {
        return thread;
    }

    @Override
    public String link() {
        return "http://" + shownHost() + ":" + file.now().port() + "/#login=" + sessions.link();
    }

    private String shownHost() {
        String host = file.now().host();
        if (host.equals("0.0.0.0") || host.equals("::")) {
            return others.now().gateway().map(Gateway::ownHost).orElse("127.0.0.1");
        }
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }
}
