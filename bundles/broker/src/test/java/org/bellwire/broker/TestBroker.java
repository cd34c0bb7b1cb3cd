package org.bellwire.broker;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.bellwire.api.Status;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.Limit;
import org.bellwire.api.port.Refusal;
import org.jspecify.annotations.Nullable;

/** A broker whose time the test moves, with a neighbour who is served all the while. */
final class TestBroker implements AutoCloseable, Counters {

    static final BrokerLimits SMALL = limits(40, 4 << 20, 1 << 20, 1 << 20);

    private final AtomicLong ahead = new AtomicLong();
    private final Map<Limit, Long> reached = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable Error> next = new AtomicReference<>();
    private final BrokerServer server;
    private final RawClient neighbour;

    TestBroker(Path directory, BrokerLimits limits) throws Exception {
        BrokerSettings settings = new BrokerSettings(
                "127.0.0.1",
                0,
                directory,
                new Authenticator(Optional.empty(), Optional.empty()),
                true,
                "",
                Optional.empty());
        server = new BrokerServer(settings, limits, () -> this, () -> System.nanoTime() + ahead.get());
        neighbour = new RawClient(server.port()).login("neighbour");
    }

    static BrokerLimits limits(int clients, long bytesOfAll, long bytesOfOne, long retained) {
        return new BrokerLimits(
                new BrokerLimits.Connections(clients, 4, clients / 2, clients / 2),
                new BrokerLimits.Memory(bytesOfAll, bytesOfOne, retained, 1000),
                new BrokerLimits.Subscriptions(100, 50, 5),
                new BrokerLimits.Patience(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(60)));
    }

    int port() {
        return server.port();
    }

    RawClient client() throws Exception {
        return new RawClient(server.port());
    }

    /** Is there at once, whatever happens to others. */
    RawClient neighbour() {
        return neighbour;
    }

    /** Time goes by, and the broker notices. */
    void pass(Duration time) throws Exception {
        ahead.addAndGet(time.toNanos());
        neighbour.ping();
    }

    long count(Limit limit) {
        return reached.getOrDefault(limit, 0L);
    }

    BrokerServer.Census census() throws Exception {
        long before = server.ticks();
        await().until(() -> {
            pass(Duration.ofMillis(1001));
            return server.ticks() > before;
        });
        return server.census();
    }

    /** Waits until what there is, is as it should be; the neighbour is served meanwhile. */
    BrokerServer.Census awaits(Predicate<BrokerServer.Census> wanted) {
        await().atMost(Duration.ofSeconds(30)).until(() -> wanted.test(census()));
        return server.census();
    }

    @Override
    public void answered(int httpStatus) {}

    @Override
    public void refused(Refusal reason) {}

    @Override
    public void resulted(Status status) {}

    /** The next count goes wrong, on the broker's thread. */
    void failNextCount(Error error) {
        next.set(error);
    }

    @Override
    public void reached(Limit limit) {
        Error error = next.getAndSet(null);
        if (error != null) {
            throw error;
        }
        reached.merge(limit, 1L, Long::sum);
    }

    @Override
    public void close() throws IOException {
        neighbour.close();
        try {
            server.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
