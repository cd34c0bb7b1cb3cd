package org.bellwire.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * The phones' web server, at all addresses since each phone has its own, and commands for them: each dials a number of its own, by
 * which its request is known.
 */
final class CommandLoad implements AutoCloseable {

    private static final int FIRST = 500_000_000;
    private static final Pattern DIALLED = Pattern.compile("\\b5\\d{8}\\b");
    private static final Pattern REFUSAL =
            Pattern.compile("\"status\":\"(refused|unsupported|unauthorized|failed|unreachable).*\"time\"");
    private static final Duration QUIET = Duration.ofSeconds(8);

    private final HttpServer phones;
    private final ExecutorService pool = Executors.newFixedThreadPool(16);
    private final Set<String> reasons = ConcurrentHashMap.newKeySet();
    private volatile AtomicLongArray arrived = new AtomicLongArray(0);

    /** From when each was due to the request's arrival; those lost have none. */
    record Outcome(Spread times, long lost) {}

    CommandLoad() {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            phones = HttpServer.create(new InetSocketAddress(0), 1024);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        phones.setExecutor(pool);
        phones.createContext("/", this::answer);
        phones.start();
    }

    int port() {
        return phones.getAddress().getPort();
    }

    /** Publishes so many commands at this rate, to one phone after the other. */
    Outcome run(String broker, Phones to, int commands, int perSecond) {
        AtomicLongArray noted = new AtomicLongArray(commands);
        arrived = noted;
        long begin;
        try (MqttAsyncClient client = new MqttAsyncClient(broker, "bench-rule", new MemoryPersistence())) {
            MqttConnectOptions options = new MqttConnectOptions();
            options.setMaxInflight(1000);
            client.connect(options).waitForCompletion();
            client.subscribe(
                            "bellwire/+/result/dial",
                            0,
                            (topic, result) -> note(new String(result.getPayload(), UTF_8)))
                    .waitForCompletion();
            begin = System.nanoTime() + 100_000_000;
            for (int number = 0; number < commands; number++) {
                Programs.until(due(begin, number, perSecond));
                byte[] dialled = String.valueOf(FIRST + number).getBytes(UTF_8);
                client.publish("bellwire/" + to.id(to.of(number)) + "/command/dial", dialled, 1, false);
            }
            awaitArrivals(noted);
            client.disconnect().waitForCompletion();
        } catch (MqttException e) {
            throw new IllegalStateException(e);
        }
        return new Outcome(
                new Spread(numbers(noted)
                        .filter(number -> noted.get(number) != 0)
                        .mapToLong(number -> noted.get(number) - due(begin, number, perSecond))),
                lost(noted));
    }

    /** Tells why a command did not come: once for each reason. */
    private void note(String result) {
        Matcher reason = REFUSAL.matcher(result);
        if (reason.find() && reasons.add(reason.group())) {
            System.err.println(result);
        }
    }

    private static long due(long begin, int number, int perSecond) {
        return begin + number * 1_000_000_000L / perSecond;
    }

    private void answer(HttpExchange exchange) throws IOException {
        long now = System.nanoTime();
        Matcher dialled = DIALLED.matcher(exchange.getRequestURI().toString());
        if (dialled.find()) {
            int number = Integer.parseInt(dialled.group()) - FIRST;
            arrived.compareAndSet(number, 0, now);
        }
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private static void awaitArrivals(AtomicLongArray noted) {
        long giveUp = System.nanoTime() + QUIET.toNanos();
        while (lost(noted) > 0 && System.nanoTime() < giveUp) {
            Programs.pause(Duration.ofMillis(20));
        }
    }

    private static long lost(AtomicLongArray noted) {
        return numbers(noted).filter(number -> noted.get(number) == 0).count();
    }

    private static IntStream numbers(AtomicLongArray noted) {
        return IntStream.range(0, noted.length());
    }

    @Override
    public void close() {
        phones.stop(0);
        pool.shutdownNow();
    }
}
