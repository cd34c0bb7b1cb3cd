package org.bellwire.ingress.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.bellwire.api.config.TlsIdentity;
import org.bellwire.ingress.admission.ConnectionLimits;
import org.bellwire.ingress.http.HttpAnswer;
import org.bellwire.ingress.http.PeerKind;
import org.bellwire.ingress.http.RequestHandler;
import org.bellwire.ingress.http.RequestHead;
import org.bellwire.ingress.http.ResponseBytes;
import org.bellwire.testkit.Certificates;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However a connection ends, and whenever: nothing of it is left. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectionEndingsTest {

    private static final ConnectionTimeouts SHORT = new ConnectionTimeouts(300, 600, 200, 200);
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int SOME = 2;
    private static final String PROXY = "127.0.0.2";
    private static final String END = " HTTP/1.1\r\n\r\n";

    private enum Stage {
        BEFORE_A_PROXYS_BYTE,
        WITHIN_THE_HEADER_OF_A_PROXY,
        AFTER_THE_HEADER_OF_A_PROXY,
        BEFORE_A_BYTE,
        IN_THE_LINE,
        IN_THE_HEADERS,
        IN_A_BODY,
        WAITING_FOR_THE_ANSWER,
        WHILE_THE_ANSWER_IS_WRITTEN,
        AFTER_THE_ANSWER,
        DRAINING,
        BEFORE_THE_HANDSHAKE,
        WITHIN_ITS_FIRST_RECORD,
        WITHIN_THE_HANDSHAKE;

        boolean isOfTls() {
            return compareTo(BEFORE_THE_HANDSHAKE) >= 0;
        }

        boolean isOfAProxy() {
            return compareTo(BEFORE_A_BYTE) < 0;
        }
    }

    private enum Ending {
        FIN,
        RST,
        HALF_CLOSED,
        CLOSE_NOTIFY,
        SILENCE,
        DRIP,
        NEVER_READING
    }

    private final Queues door = new Queues();
    private final List<CountedPool> pools = new CopyOnWriteArrayList<>();
    private final ExecutorService pourers = Executors.newCachedThreadPool();
    private final Map<Ending, Map<String, Integer>> left = new TreeMap<>();
    private final HttpServer listener = new HttpServer(door, ConnectionLimits.STANDARD, SHORT, this::pool);
    private Optional<TlsClient> client = Optional.empty();
    private long socketsBefore;
    private boolean newest;

    /** Answers at once, or when it is told to. */
    private static final class Queues implements RequestHandler {
        private final Collection<CompletableFuture<HttpAnswer>> waiting = new ConcurrentLinkedQueue<>();

        @Override
        public CompletionStage<HttpAnswer> pass(RequestHead head, InetAddress from) {
            if (head.target()[1] != 'w') {
                return CompletableFuture.completedFuture(HttpAnswer.of(ResponseBytes.OK));
            }
            CompletableFuture<HttpAnswer> later = new CompletableFuture<>();
            waiting.add(later);
            return later;
        }

        @Override
        public PeerKind originOf(InetAddress from) {
            return from.getHostAddress().equals(PROXY) ? PeerKind.PROXY : PeerKind.PHONE;
        }

        void reply() {
            waiting.forEach(one -> one.complete(HttpAnswer.of(ResponseBytes.OK)));
            waiting.clear();
        }
    }

    private CountedPool pool() {
        CountedPool pool = new CountedPool();
        pools.add(pool);
        return pool;
    }

    @BeforeAll
    void open(@TempDir Path dir) throws Exception {
        SocketChannel.open().close(); // Java keeps one for itself from then on
        socketsBefore = sockets();
        Certificates files = new Certificates(dir);
        files.make("own", "ip:127.0.0.1");
        client = Optional.of(new TlsClient(files.certificate("own")));
        listener.listen("127.0.0.1", 0);
        listener.encrypt(
                "127.0.0.1", Optional.of(new TlsPort(0, new TlsIdentity(files.certificate("own"), files.key("own")))));
        for (int port : new int[] {listener.port(), listener.tlsPort().orElseThrow()}) {
            new EndingPhone(port).close(); // all threads that stay are there from then on
        }
        await().until(() -> listener.connections() == 0);
    }

    @AfterAll
    void close() {
        System.out.println("figure: left of connections, by their ending and port: " + left);
        pourers.shutdownNow();
        listener.close();
        await().atMost(LONG).untilAsserted(() -> assertThat(sockets()).isEqualTo(socketsBefore));
    }

    @ParameterizedTest
    @EnumSource(Ending.class)
    void nothing_is_left_of_a_plain_connection(Ending ending) throws IOException {
        assertThat(ends(false, ending)).isZero();
    }

    @ParameterizedTest
    @EnumSource(Ending.class)
    void nothing_is_left_of_a_connection_by_tls(Ending ending) throws IOException {
        assertThat(ends(true, ending)).isZero();
    }

    @Test
    void nothing_is_left_of_hundreds_that_are_reset_with_their_request() throws IOException {
        int leftover = 0;
        for (boolean encrypted : new boolean[] {false, true}) {
            long before = sockets();
            for (int i = 0; i < 300; i++) {
                new EndingPhone(port(encrypted)).send("GET /" + END).reset();
            }
            awaitAccepted(encrypted);
            leftover += left(before, threads());
        }
        assertThat(leftover).isZero();
    }

    /** Ends connections of every stage; tells how much was left of them. */
    private int ends(boolean encrypted, Ending ending) throws IOException {
        long before = sockets();
        long threads = threads();
        List<EndingPhone> phones = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            if (encrypted || !stage.isOfTls()) {
                EndingPhone phone = new EndingPhone(port(encrypted), stage.isOfAProxy() ? PROXY : "127.0.0.1");
                phones.add(phone);
                reach(stage, phone, encrypted);
                end(ending, phone);
            }
        }
        awaitAccepted(encrypted);
        awaitEndOf(phones, ending);
        for (EndingPhone phone : phones) {
            phone.close();
        }
        int leftover = left(before, threads);
        left.computeIfAbsent(ending, any -> new TreeMap<>()).put(encrypted ? "TLS" : "plain", leftover);
        return leftover;
    }

    private int port(boolean encrypted) {
        return encrypted ? listener.tlsPort().orElseThrow() : listener.port();
    }

    /** The system hands connections over in their order: once this one is taken, none of those before it waits there unseen. */
    private void awaitAccepted(boolean encrypted) throws IOException {
        try (EndingPhone last = new EndingPhone(port(encrypted))) {
            if (encrypted) {
                last.handshake(client.orElseThrow(), "TLSv1.3");
            }
            last.send("GET /" + END).read();
        } catch (IOException e) {
            // Taken, and refused, as too many came from here: no longer waiting, either.
        }
    }

    private void reach(Stage stage, EndingPhone phone, boolean encrypted) {
        try {
            if (encrypted && !stage.isOfTls() && !stage.isOfAProxy()) {
                phone.handshake(client.orElseThrow(), newest ? "TLSv1.3" : "TLSv1.2");
                newest = !newest;
            }
            switch (stage) {
                case BEFORE_A_PROXYS_BYTE, BEFORE_A_BYTE, BEFORE_THE_HANDSHAKE -> {}
                case WITHIN_THE_HEADER_OF_A_PROXY -> phone.send("PROXY TCP4 10.1.2");
                case AFTER_THE_HEADER_OF_A_PROXY -> phone.send("PROXY TCP4 10.1.2.3 10.0.0.1 4711 8087\r\n");
                case IN_THE_LINE -> phone.send("GET /x");
                case IN_THE_HEADERS -> phone.send("GET /x HTTP/1.1\r\nHost: ");
                case IN_A_BODY -> phone.send("GET /x HTTP/1.1\r\nContent-Length: 1000000\r\n\r\nabc");
                case WAITING_FOR_THE_ANSWER -> phone.send("GET /waits" + END);
                case WHILE_THE_ANSWER_IS_WRITTEN -> pourUntilFull(phone);
                case AFTER_THE_ANSWER -> phone.send("GET /x" + END).read();
                case DRAINING -> phone.send("POST /x" + END).read();
                case WITHIN_ITS_FIRST_RECORD -> phone.raw((byte) 22, (byte) 3, (byte) 1, (byte) 2, (byte) 0);
                case WITHIN_THE_HANDSHAKE -> phone.hello(client.orElseThrow());
            }
        } catch (IOException e) {
            // This machine is so slow that the port was not patient enough: an ending, too.
        }
    }

    private void pourUntilFull(EndingPhone phone) {
        pourers.execute(() -> phone.pour(Integer.MAX_VALUE));
        await().atMost(LONG).pollInterval(Duration.ofMillis(1)).until(() -> phone.poured() != 0);
        long poured = phone.poured();
        long since = System.nanoTime();
        while (phone.poured() >= 0 && System.nanoTime() - since < TimeUnit.MILLISECONDS.toNanos(30)) {
            Thread.onSpinWait();
            if (phone.poured() != poured) {
                poured = phone.poured();
                since = System.nanoTime();
            }
        }
    }

    private void end(Ending ending, EndingPhone phone) {
        try {
            switch (ending) {
                case FIN -> phone.close();
                case RST -> phone.reset();
                case HALF_CLOSED -> phone.halfClose();
                case CLOSE_NOTIFY -> phone.closeNotify();
                case NEVER_READING -> pourers.execute(() -> phone.pour(SOME));
                case SILENCE, DRIP -> {}
            }
        } catch (IOException e) {
            // It has ended already.
        }
    }

    /** As soon as core replies, or, where nothing but time can end it, because it never does. */
    private void awaitEndOf(List<EndingPhone> phones, Ending ending) {
        try {
            await().atMost(LONG).pollInterval(Duration.ofMillis(20)).until(() -> {
                if (ending == Ending.DRIP) {
                    phones.stream().filter(phone -> phone.poured() == 0).forEach(EndingPhone::drip);
                } else if (ending != Ending.SILENCE) {
                    door.reply();
                }
                return listener.connections() == 0;
            });
        } catch (ConditionTimeoutException e) {
            System.out.println(listener.connections() + " connections do not end after " + ending);
        }
        door.reply();
    }

    private int left(long sockets, long threads) {
        Map<String, Long> now = new TreeMap<>();
        try {
            await().atMost(LONG).pollInterval(Duration.ofMillis(10)).until(() -> {
                now.put("connections", (long) listener.connections());
                now.put("requests", (long) listener.exchanges());
                now.put("buffers", (long) pools.get(0).lent() + pools.get(1).lent());
                now.put("sockets", sockets() - sockets);
                now.put("busy threads", Math.max(0, threads() - threads));
                now.put("buffers of TLS", heldByTls());
                return now.values().stream().allMatch(count -> count == 0);
            });
        } catch (ConditionTimeoutException e) {
            System.out.println("left: " + now);
        }
        return now.values().stream().mapToInt(Long::intValue).sum();
    }

    /** Jetty leaves those of a connection that ends to the garbage; its selector remembers the last connection of all. */
    private long heldByTls() {
        return Math.max(0, pools.get(2).held() - IngressConnector.SELECTORS);
    }

    /** Those that do something, or wait for something: the pool keeps some for what may come. */
    private static long threads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().startsWith(HttpServer.THREADS))
                .filter(thread -> Arrays.stream(thread.getValue())
                        .map(StackTraceElement::getMethodName)
                        .noneMatch(method -> method.equals("idleJobPoll") || method.equals("reservedWait")))
                .count();
    }

    /** Of this process. */
    private static long sockets() {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(ConnectionEndingsTest::isSocket).count();
        } catch (IOException e) {
            return 0; // there is no such folder here
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }
}
