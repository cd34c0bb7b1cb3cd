package org.bellwire.shell.local;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.bellwire.api.runtime.DaemonThreads;
import org.bellwire.shell.CommandFailure;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets {@code bin/bellwire} run shell commands in this instance, over a socket that only the instance's user reaches. */
@Component(service = {})
public final class CommandServer {

    private static final Logger LOG = LoggerFactory.getLogger(CommandServer.class);
    private static final int MAX_VISITS = 8;

    private final SessionFactory sessions;
    private final SocketFile place;
    private final Set<ClientSession> visits = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();
    private final ScheduledThreadPoolExecutor alarms;
    private Optional<ServerSocketChannel> server = Optional.empty();

    @Activate
    public CommandServer(@Reference SessionFactory sessions) {
        this(sessions, Path.of(System.getProperty("karaf.data", "data")).resolve("shell"));
    }

    CommandServer(SessionFactory sessions, Path folder) {
        this.sessions = sessions;
        this.place = new SocketFile(folder);
        this.alarms = new ScheduledThreadPoolExecutor(1, DaemonThreads.named("bellwire-shell-alarms"));
        alarms.setRemoveOnCancelPolicy(true);
        // A visit that begins while this ends needs no alarm: it is ended too.
        alarms.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    @Activate
    void open() {
        server = socket();
        server.ifPresent(channel ->
                DaemonThreads.of("bellwire-shell", () -> welcome(channel)).start());
    }

    private Optional<ServerSocketChannel> socket() {
        try {
            return Optional.of(place.open());
        } catch (IOException | UnsupportedOperationException e) {
            LOG.warn("{}: bin/bellwire cannot work, no socket can be made there: {}", place.socket(), e.toString());
            return Optional.empty();
        }
    }

    private void welcome(ServerSocketChannel channel) {
        try {
            while (true) {
                Optional<ClientSession> visit = admit(channel.accept());
                if (!channel.isOpen()) {
                    visit.ifPresent(ClientSession::end);
                }
            }
        } catch (ClosedChannelException e) {
            LOG.debug("closed");
        } catch (IOException e) {
            LOG.warn("{}: bin/bellwire works no more until a restart: {}", place.socket(), e.toString());
        }
    }

    private Optional<ClientSession> admit(SocketChannel client) {
        if (visits.size() >= MAX_VISITS) {
            refuse(client);
            return Optional.empty();
        }
        ClientSession visit = new ClientSession(client, sessions, alarms);
        visits.add(visit);
        Runnable task = () -> {
            try {
                visit.run();
            } finally {
                visits.remove(visit);
            }
        };
        DaemonThreads.of("bellwire-shell-" + count.incrementAndGet(), task).start();
        return Optional.of(visit);
    }

    private static void refuse(SocketChannel client) {
        byte[] why = ("busy: " + MAX_VISITS + " commands are running; try again\n").getBytes(StandardCharsets.UTF_8);
        try (client) {
            CommandProtocol.frame(client, CommandProtocol.ERR, why, 0, why.length);
            CommandProtocol.exit(client, CommandFailure.FAILED);
        } catch (IOException e) {
            LOG.debug("bin/bellwire went away: {}", e.toString());
        }
    }

    @Deactivate
    void close() {
        try {
            if (server.isPresent()) {
                server.get().close();
                place.clear();
            }
        } catch (IOException e) {
            LOG.debug("closing the socket of bin/bellwire", e);
        }
        visits.forEach(ClientSession::end);
        alarms.shutdownNow();
    }
}
