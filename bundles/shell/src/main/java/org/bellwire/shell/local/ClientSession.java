package org.bellwire.shell.local;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.bellwire.api.runtime.DaemonThreads;
import org.bellwire.shell.CommandFailure;
import org.bellwire.shell.Screen;
import org.bellwire.shell.UserFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of {@code bin/bellwire}: one command, on a thread of its own. */
final class ClientSession implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(ClientSession.class);
    private static final int REQUEST_S = 5;
    /** A client that reads nothing for so long is given up. */
    private static final int WRITE_S = 30;

    private final SocketChannel channel;
    private final SessionFactory sessions;
    private final ScheduledExecutorService alarms;
    private volatile boolean colours;

    ClientSession(SocketChannel channel, SessionFactory sessions, ScheduledExecutorService alarms) {
        this.channel = channel;
        this.sessions = sessions;
        this.alarms = alarms;
    }

    @Override
    public void run() {
        try (channel;
                PrintStream out = stream(CommandProtocol.OUT);
                PrintStream err = stream(CommandProtocol.ERR)) {
            int status = answer(out, err);
            out.flush();
            err.flush();
            CommandProtocol.exit(channel, status);
        } catch (IOException e) {
            LOG.debug("bin/bellwire went away: {}", e.toString());
        }
    }

    private int answer(PrintStream out, PrintStream err) throws IOException {
        CommandProtocol.Request request;
        ScheduledFuture<?> alarm = closeAfter(REQUEST_S);
        try {
            request = CommandProtocol.receive(channel);
        } catch (CommandProtocol.Garbled e) {
            err.println(e.reason());
            return CommandFailure.USAGE;
        } finally {
            alarm.cancel(false);
        }
        Session session = sessions.create(InputStream.nullInputStream(), out, err);
        session.put(Screen.COLUMNS, request.columns());
        session.put(Screen.COLOURS, request.colours());
        colours = request.colours();
        session.put(UserFolder.VARIABLE, request.folder());
        Thread worker = Thread.currentThread();
        DaemonThreads.of(worker.getName() + "-watch", () -> awaitEnd(worker, session))
                .start();
        return execute(session, request, err);
    }

    private int execute(Session session, CommandProtocol.Request request, PrintStream err) {
        try {
            new LocalAdmin().execute(session, CommandText.of(request.words(), session));
            return 0;
        } catch (InterruptedException e) {
            return CommandFailure.FAILED;
        } catch (Exception e) {
            err.println(CommandFailure.message(e));
            if (!CommandFailure.isExpected(e)) {
                LOG.warn("bin/bellwire: the command failed", e);
            }
            return CommandFailure.status(e);
        } finally {
            session.close();
        }
    }

    /** The client sends nothing more: what comes is its end, or this instance's, and that ends the command. */
    private void awaitEnd(Thread worker, Session session) {
        try (channel) {
            while (channel.read(ByteBuffer.allocate(64)) >= 0) {
                // Whatever it is, it is not for us.
            }
        } catch (IOException e) {
            LOG.trace("closed on this side", e);
        }
        worker.interrupt();
        session.close();
    }

    /** Gives up on all sides. */
    void end() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("closing a connection of bin/bellwire", e);
        }
    }

    private ScheduledFuture<?> closeAfter(int seconds) {
        return alarms.schedule(this::end, seconds, TimeUnit.SECONDS);
    }

    private PrintStream stream(byte kind) {
        OutputStream frames = new BufferedOutputStream(new AnsiFilter(new Frames(kind), () -> colours), 8192);
        return new PrintStream(frames, true, StandardCharsets.UTF_8);
    }

    /** Output as frames of one kind. */
    private final class Frames extends OutputStream {
        private final byte kind;

        Frames(byte kind) {
            this.kind = kind;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return;
            }
            ScheduledFuture<?> alarm = closeAfter(WRITE_S);
            try {
                CommandProtocol.frame(channel, kind, bytes, offset, length);
            } finally {
                alarm.cancel(false);
            }
        }
    }
}
