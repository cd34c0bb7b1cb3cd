package org.bellwire.broker;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The port and its one thread, on which everything of the broker happens. */
final class Server {

    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    private static final int MAX_CLIENTS = 1000;
    private static final int TICK_MS = 1000;
    private static final int STOP_MS = 3000;

    private final InetSocketAddress address;
    private final Switchboard switchboard;
    private final Retained retained;
    private final Selector selector;
    private final Set<Client> clients = new HashSet<>();
    private final Thread thread = new Thread(this::run, "bellwire-broker");
    private volatile boolean stopping;
    private volatile int port;
    private boolean taken;

    /** Opens the port, now or as soon as nobody else has it. */
    Server(Settings settings) throws IOException {
        address = new InetSocketAddress(settings.host(), settings.port());
        retained = new Retained(settings.directory());
        switchboard = new Switchboard(settings.guard(), retained);
        selector = Selector.open();
        thread.setDaemon(true);
        open();
        thread.start();
    }

    /** The port that is open; 0: none yet. */
    int port() {
        return port;
    }

    private void run() {
        long tick = System.nanoTime();
        while (!stopping) {
            try {
                selector.select(TICK_MS);
                for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); keys.remove()) {
                    serve(keys.next());
                }
                if (System.nanoTime() - tick > TICK_MS * 1_000_000L) {
                    tick = System.nanoTime();
                    tick(tick);
                }
                sweep();
            } catch (IOException | RuntimeException e) {
                LOG.error("the broker's loop", e);
            }
        }
    }

    private void serve(SelectionKey key) throws IOException {
        if (key.isValid() && key.isAcceptable()) {
            accept((ServerSocketChannel) key.channel());
        } else if (key.attachment() instanceof Client client) {
            exchange(client, key);
        }
    }

    private static void exchange(Client client, SelectionKey key) {
        try {
            if (key.isValid() && key.isReadable()) {
                client.read();
            }
            if (key.isValid() && key.isWritable()) {
                client.write();
            }
        } catch (IOException e) {
            LOG.debug("{}: {}", client, e.toString());
            client.close();
        } catch (RuntimeException e) {
            LOG.error("{}: disconnected", client, e);
            client.close();
        }
    }

    private void accept(ServerSocketChannel listener) throws IOException {
        SocketChannel channel = listener.accept();
        if (channel == null) {
            return;
        }
        if (clients.size() >= MAX_CLIENTS) {
            LOG.warn("{} clients are connected: no more are taken", MAX_CLIENTS);
            channel.close();
            return;
        }
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
        Client client = new Client(channel, key, switchboard);
        key.attach(client);
        clients.add(client);
    }

    /** Buries the dead, whose wills may be for others, and writes to all who have something to get. */
    private void sweep() {
        for (Client client : clients.stream().filter(c -> !c.isOpen()).toList()) {
            clients.remove(client);
            switchboard.gone(client);
        }
        for (Client client : switchboard.drain()) {
            try {
                client.write();
            } catch (IOException e) {
                LOG.debug("{}: {}", client, e.toString());
                client.close();
            }
        }
    }

    private void tick(long now) {
        clients.forEach(client -> client.check(now));
        if (port == 0) {
            try {
                open();
            } catch (IOException e) {
                LOG.debug("{}: {}", address, e.toString());
            }
        }
    }

    private void open() throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        try {
            listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            listener.bind(address);
        } catch (IOException e) {
            listener.close();
            if (!taken) {
                taken = true;
                LOG.warn(
                        "org.bellwire.broker.cfg: port: {}:{} cannot be opened: {}; if another broker is there, it is used;"
                                + " trying again",
                        address.getHostString(),
                        address.getPort(),
                        e.getMessage());
            }
            return;
        }
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
        port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
        LOG.info("MQTT broker on {}:{}", address.getHostString(), port);
    }

    /** Closes the port and all connections. */
    void stop() throws IOException, InterruptedException {
        stopping = true;
        selector.wakeup();
        thread.join(STOP_MS);
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
        retained.close();
    }
}
