package org.bellwire.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.function.Function;
import org.bellwire.api.config.Cfg;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The port: opened as soon as nobody else has it, and left alone for a moment when the machine has no more to give. */
final class BrokerPort {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerPort.class);
    private static final int BACKLOG = 1000;
    /** So many are taken in one turn, then it is the turn of those that are there. */
    private static final int TURN = 32;

    /** So much the system keeps of each connection, in each direction: by itself it would be megabytes. */
    private static final int SYSTEM_BUFFER = 1 << 17;

    private static final long PAUSE_NANOS = 1_000_000_000L;

    private final BrokerSettings settings;
    private final Selector selector;
    private final ClientConnections connections;
    private final ClientLog remarks;
    private final Function<AcceptedChannel, ClientConnection> clients;
    private @Nullable SelectionKey key;
    private volatile int port;
    private boolean taken;
    private boolean pausing;
    private long pausedAt;

    BrokerPort(
            BrokerSettings settings,
            Selector selector,
            ClientConnections connections,
            ClientLog remarks,
            Function<AcceptedChannel, ClientConnection> clients) {
        this.settings = settings;
        this.selector = selector;
        this.connections = connections;
        this.remarks = remarks;
        this.clients = clients;
    }

    /** The port that is open; 0: none yet. */
    int port() {
        return port;
    }

    /** Opens the port, if it is free. */
    void open() {
        try {
            ServerSocketChannel listener = ServerSocketChannel.open();
            try {
                listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                listener.setOption(StandardSocketOptions.SO_RCVBUF, SYSTEM_BUFFER);
                listener.bind(new InetSocketAddress(settings.host(), settings.port()), BACKLOG);
                listener.configureBlocking(false);
                key = listener.register(selector, SelectionKey.OP_ACCEPT);
                port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
            } catch (IOException | RuntimeException e) {
                listener.close();
                throw e;
            }
            LOG.info("MQTT broker on {}:{}", Cfg.shown(settings.host()), port);
        } catch (IOException | RuntimeException e) {
            complain(e);
        }
    }

    private void complain(Exception e) {
        if (taken) {
            return;
        }
        taken = true;
        LOG.warn(
                "org.bellwire.broker.cfg: port: {}:{} cannot be opened: {}; if another broker is there, it is used;"
                        + " trying again",
                Cfg.shown(settings.host()),
                settings.port(),
                e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    }

    /** Takes those that are waiting, until its turn is over. */
    void accept(long now) {
        if (key == null || !key.isValid() || pausing) {
            return;
        }
        ServerSocketChannel listener = (ServerSocketChannel) key.channel();
        try {
            for (int i = 0; i < TURN; i++) {
                SocketChannel channel = listener.accept();
                if (channel == null) {
                    return;
                }
                take(channel);
            }
        } catch (IOException e) {
            pause(now, e);
        }
    }

    private void take(SocketChannel channel) throws IOException {
        boolean wanted = false;
        try {
            InetAddress address = ((InetSocketAddress) channel.getRemoteAddress()).getAddress();
            if (connections.admits(address)) {
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
                channel.setOption(StandardSocketOptions.SO_SNDBUF, SYSTEM_BUFFER);
                SelectionKey accepted = channel.register(selector, SelectionKey.OP_READ);
                ClientConnection client = clients.apply(new AcceptedChannel(channel, accepted, address));
                accepted.attach(client);
                connections.add(client);
                wanted = true;
            }
        } catch (IOException e) {
            LOG.debug("a connection that ended at once: {}", e.toString());
        } finally {
            if (!wanted) {
                channel.close();
            }
        }
    }

    /** No descriptors, most likely: somebody who is not logged in gives one back, and nobody is taken for a moment. */
    private void pause(long now, IOException e) {
        pausing = true; // first of all: even the log may fail without descriptors
        pausedAt = now;
        if (key != null) {
            key.interestOps(0);
        }
        remarks.say(
                ClientLog.Kind.CONNECTIONS,
                () -> "connections cannot be taken: " + e.getMessage() + "; trying again each second, with "
                        + connections.size() + " clients connected. Allow more open files (ulimit -n, LimitNOFILE)");
        connections.turnAway(Optional.empty());
    }

    /** Once a second. */
    void tick(long now) {
        if (key == null) {
            open();
        } else if (pausing && now - pausedAt >= PAUSE_NANOS) {
            pausing = false;
            key.interestOps(SelectionKey.OP_ACCEPT);
        }
    }
}
