package org.bellwire.health;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.bellwire.api.port.Limit;
import org.bellwire.api.runtime.DaemonThreads;
import org.bellwire.api.runtime.LogThrottle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The port of probes: one thread, which never waits for one of those who are connected. Each has one request and a few seconds for
 * all of it, and when there are too many the oldest gives way: so a probe is answered whatever others do.
 */
final class ProbeServer implements AutoCloseable {

    static final String THREAD = "bellwire-console";

    private static final Logger LOG = LoggerFactory.getLogger(ProbeServer.class);
    private static final int BACKLOG = 1_024;
    private static final int AT_ONCE = 64;
    private static final int BUFFER = 8 * 1024;
    private static final int LOG_PAUSE_S = 60;
    private static final long ACCEPT_PAUSE = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long JOIN_MS = 2_000;

    private final ProbeAnswers answers;
    private final ProbeBounds bounds;
    private final Consumer<Limit> reached;
    private final Selector selector;
    private final ServerSocketChannel port;
    private final SelectionKey accepting;
    private final Thread thread = DaemonThreads.of(THREAD, this::run);
    /** In the order of their arrival. Only this server's thread changes it. */
    private final Set<ProbeConnection> connections = new LinkedHashSet<>();

    private volatile int count;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private final LogThrottle full = new LogThrottle(LOG_PAUSE_S, System::nanoTime);
    private final LogThrottle faults = new LogThrottle(LOG_PAUSE_S, System::nanoTime);
    private volatile boolean closed;
    private Optional<Long> acceptsAgain = Optional.empty();

    private ProbeServer(ProbeAnswers answers, ProbeBounds bounds, Consumer<Limit> reached, Selector selector)
            throws IOException {
        this.answers = answers;
        this.bounds = bounds;
        this.reached = reached;
        this.selector = selector;
        port = ServerSocketChannel.open();
        port.configureBlocking(false);
        accepting = port.register(selector, SelectionKey.OP_ACCEPT);
    }

    /** @param reached told each time that a bound is reached */
    static ProbeServer open(ProbeSettings settings, ProbeAnswers answers, ProbeBounds bounds, Consumer<Limit> reached)
            throws IOException {
        Selector selector = Selector.open();
        try {
            ProbeServer server = new ProbeServer(answers, bounds, reached, selector);
            server.listen(settings);
            return server;
        } catch (IOException | RuntimeException e) {
            selector.close();
            throw e;
        }
    }

    private void listen(ProbeSettings settings) throws IOException {
        try {
            port.bind(new InetSocketAddress(InetAddress.getByName(settings.host()), settings.port()), BACKLOG);
        } catch (IOException | RuntimeException e) {
            port.close();
            throw e;
        }
        thread.start();
    }

    int port() {
        return port.socket().getLocalPort();
    }

    /** How many are connected. */
    int connections() {
        return count;
    }

    private void run() {
        try {
            while (!closed) {
                select();
                resumeAccepting();
                endLateOnes();
                count = connections.size();
            }
        } catch (IOException e) {
            LOG.error("the port of /health and /metrics ended by an error: restart the bundle health", e);
        } finally {
            connections.forEach(ProbeConnection::close);
            count = 0;
        }
    }

    private void select() throws IOException {
        long now = System.nanoTime();
        long left = acceptsAgain.map(time -> time - now).orElse(Long.MAX_VALUE);
        for (ProbeConnection connection : connections) {
            left = Math.min(left, connection.nanosLeft(now));
        }
        selector.select(this::ready, left == Long.MAX_VALUE ? 0 : Math.max(1, left / 1_000_000 + 1));
    }

    private void ready(SelectionKey key) {
        if (key == accepting) {
            accept();
        } else if (key.isValid() && key.attachment() instanceof ProbeConnection connection) {
            goOn(connection);
        }
    }

    private void goOn(ProbeConnection connection) {
        try {
            if (!connection.goOn(buffer, this::answer)) {
                end(connection);
            }
        } catch (IOException e) {
            end(connection); // the peer is gone
        } catch (RuntimeException e) {
            faults.next()
                    .ifPresent(left -> LOG.error("{} is closed; {} more since the last line", connection, left, e));
            end(connection);
        }
    }

    private ProbeAnswer answer(String method, String path) {
        try {
            return answers.answer(method, path);
        } catch (RuntimeException e) {
            faults.next().ifPresent(left -> LOG.error("{} had no answer; {} more since the last line", path, left, e));
            return ProbeAnswer.empty(ProbeAnswer.FAILED);
        }
    }

    private void accept() {
        for (int i = 0; i < AT_ONCE; i++) {
            try {
                SocketChannel channel = port.accept();
                if (channel == null) {
                    return;
                }
                take(channel);
            } catch (IOException e) {
                faults.next()
                        .ifPresent(left -> LOG.warn(
                                "nobody could be taken at the port of /health ({}): raise the limit of open files;"
                                        + " {} more since the last line",
                                e.getMessage(),
                                left));
                accepting.interestOps(0);
                acceptsAgain = Optional.of(System.nanoTime() + ACCEPT_PAUSE);
                return;
            }
        }
    }

    private void resumeAccepting() {
        if (acceptsAgain.filter(time -> time - System.nanoTime() <= 0).isPresent()) {
            acceptsAgain = Optional.empty();
            accepting.interestOps(SelectionKey.OP_ACCEPT);
        }
    }

    private void take(SocketChannel channel) throws IOException {
        try {
            channel.configureBlocking(false);
            InetAddress address = channel.socket().getInetAddress();
            makeRoom(address);
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            long deadline = System.nanoTime() + bounds.whole().toNanos();
            ProbeConnection connection = new ProbeConnection(channel, key, address, bounds, deadline);
            key.attach(connection);
            connections.add(connection);
        } catch (IOException | RuntimeException e) {
            channel.close(); // it was gone before it was taken
        }
    }

    private void makeRoom(InetAddress address) {
        Predicate<ProbeConnection> neighbour = other -> other.address().equals(address);
        if (connections.stream().filter(neighbour).count() >= bounds.perAddress()) {
            giveWay(Limit.PROBE_CONNECTIONS_PER_ADDRESS, neighbour);
        } else if (connections.size() >= bounds.connections()) {
            giveWay(Limit.PROBE_CONNECTIONS, any -> true);
        }
    }

    private void giveWay(Limit limit, Predicate<ProbeConnection> concerned) {
        reached.accept(limit);
        connections.stream().filter(concerned).findFirst().ifPresent(oldest -> {
            full.next()
                    .ifPresent(left -> LOG.warn(
                            "the port of /health and /metrics has {} connections, {} of them from {}, so the oldest give way:"
                                    + " end what opens them, or change host in {} so that only probes reach it;"
                                    + " {} more since the last line",
                            connections.size(),
                            connections.stream()
                                    .filter(other -> other.address().equals(oldest.address()))
                                    .count(),
                            oldest.address().getHostAddress(),
                            ProbeSettings.FILE,
                            left));
            end(oldest);
        });
    }

    private void endLateOnes() {
        long now = System.nanoTime();
        for (Iterator<ProbeConnection> all = connections.iterator(); all.hasNext(); ) {
            ProbeConnection connection = all.next();
            if (connection.nanosLeft(now) <= 0) {
                all.remove();
                connection.close();
            }
        }
    }

    private void end(ProbeConnection connection) {
        connections.remove(connection);
        connection.close();
    }

    @Override
    public void close() {
        closed = true;
        try (selector;
                port) {
            selector.wakeup();
            thread.join(JOIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warn("the port of /health did not close well", e);
        }
    }
}
