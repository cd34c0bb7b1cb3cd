package org.bellwire.broker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.bellwire.api.port.Counters;
import org.bellwire.api.runtime.DaemonThreads;
import org.bellwire.broker.MqttPacket.Malformed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread on which everything of the broker happens. In each turn every client that has something is served a little, so
 * that nobody keeps the others waiting; whatever goes wrong with one client ends that client only.
 */
final class BrokerServer implements ClientConnection.Place {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerServer.class);
    private static final int TICK_MS = 1000;
    private static final long TICK_NANOS = TICK_MS * 1_000_000L;
    private static final int STOP_MS = 5000;
    private static final int SHARED = 1 << 16;

    private final LongSupplier nanoTime;
    private final Router switchboard;
    private final RetainedMessages retained;
    private final ClientLog remarks;
    private final ClientConnections connections;
    private final BrokerPort port;
    private final Selector selector;
    private final ByteBuffer shared = ByteBuffer.allocate(SHARED);
    /** Clients of which more has come than one turn allows. */
    private Set<ClientConnection> unserved = new LinkedHashSet<>();

    private final Thread thread = DaemonThreads.of("bellwire-broker", this::run);
    private volatile boolean stopping;
    private final AtomicLong ticks = new AtomicLong();
    private volatile Census census = new Census(0, 0, 0, 0, 0);

    /**
     * What there was at the last tick.
     *
     * @param keys of the selector
     * @param away stored sessions of clients that are not there
     * @param bytes that all clients hold together
     */
    record Census(int connections, int keys, int away, int subscriptions, long bytes) {}

    private interface Step {
        void run() throws IOException;
    }

    /** Opens the port, now or as soon as nobody else has it. */
    BrokerServer(BrokerSettings settings, BrokerLimits limits, Supplier<Counters> counters, LongSupplier nanoTime)
            throws IOException {
        this.nanoTime = nanoTime;
        remarks = new ClientLog(counters, nanoTime);
        selector = Selector.open();
        retained = new RetainedMessages(settings.directory(), limits.memory(), remarks);
        switchboard = new Router(settings, limits, retained, remarks);
        connections = new ClientConnections(limits.connections(), remarks);
        port = new BrokerPort(settings, selector, connections, remarks, accepted -> {
            ClientDeadlines deadlines = new ClientDeadlines(limits.patience(), nanoTime);
            return new ClientConnection(accepted, this, deadlines, new MemoryBudget.Account(switchboard.budget()));
        });
        port.open();
        thread.start();
    }

    /** The port that is open; 0: none yet. */
    int port() {
        return port.port();
    }

    private void run() {
        long tick = nanoTime.getAsLong();
        while (!stopping) {
            try {
                select();
                if (nanoTime.getAsLong() - tick > TICK_NANOS) {
                    tick = nanoTime.getAsLong();
                    tick(tick);
                }
                sweep();
            } catch (Throwable e) {
                remarks.bug(() -> "the broker goes on after", e);
                LockSupport.parkNanos(TICK_NANOS / 10);
            }
        }
        close();
    }

    private void select() throws IOException {
        if (unserved.isEmpty() && !connections.hasEnded()) {
            selector.select(TICK_MS);
        } else {
            selector.selectNow();
        }
        Set<ClientConnection> first = unserved;
        unserved = new LinkedHashSet<>();
        first.forEach(this::exchange);
        for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
            SelectionKey key = keys.next();
            keys.remove();
            if (!(key.attachment() instanceof ClientConnection client)) {
                port.accept(nanoTime.getAsLong());
            } else if (!first.contains(client)) {
                exchange(client);
            }
        }
    }

    private void exchange(ClientConnection client) {
        attempt(client, client::read);
        if (client.session().isPresent()) {
            connections.loggedIn(client);
        }
        switchboard.touch(client);
    }

    /** Whatever goes wrong, it is this client's and nobody else's. */
    private void attempt(ClientConnection client, Step step) {
        try {
            step.run();
        } catch (IOException e) {
            LOG.debug("{}: {}", client, e.toString());
            client.close();
        } catch (Throwable e) {
            remarks.bug(() -> client + ": disconnected", e);
            client.close();
        }
    }

    /** Buries the dead, whose wills may be for others, and writes to all who have something to get. */
    private void sweep() {
        for (Optional<ClientConnection> dead = connections.nextEnded();
                dead.isPresent();
                dead = connections.nextEnded()) {
            ClientConnection client = dead.get();
            attempt(client, () -> switchboard.gone(client));
        }
        for (ClientConnection client : switchboard.drain()) {
            attempt(client, () -> {
                client.write();
                if (client.settle()) {
                    unserved.add(client);
                }
            });
        }
        switchboard.relieve();
    }

    private void tick(long now) {
        for (ClientConnection client : connections.all()) {
            attempt(client, () -> client.check(now));
        }
        port.tick(now);
        retained.tick(now);
        remarks.tick();
        census = new Census(
                connections.size(),
                selector.keys().size(),
                switchboard.away(),
                switchboard.subscriptions(),
                switchboard.budget().used());
        ticks.incrementAndGet();
    }

    private void close() {
        try {
            for (SelectionKey key : List.copyOf(selector.keys())) {
                key.channel().close();
            }
            selector.close();
            retained.close();
        } catch (IOException e) {
            LOG.warn("closing the broker: {}", e.toString());
        }
    }

    /** How often there was a tick. */
    long ticks() {
        return ticks.get();
    }

    Census census() {
        return census;
    }

    /** Closes the port and all connections. */
    void stop() throws InterruptedException {
        stopping = true;
        selector.wakeup();
        thread.join(STOP_MS);
        if (thread.isAlive()) {
            LOG.warn("the broker has not ended within {} ms", STOP_MS);
        }
    }

    @Override
    public int take(ClientConnection client, MqttPacket packet) throws Malformed {
        return switchboard.take(client, packet);
    }

    @Override
    public void ended(ClientConnection client) {
        connections.ended(client);
    }

    @Override
    public ByteBuffer shared() {
        return shared;
    }

    @Override
    public ClientLog remarks() {
        return remarks;
    }
}
