package org.bellwire.itests;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A broker that means harm: a real one behind a cable that knows its packets, keeps some back and makes up others. */
final class MeddlingCable implements AutoCloseable {

    private static final int PUBACK = 4;

    private final ServerSocket server;
    private final int brokerPort;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private final AtomicInteger toForget = new AtomicInteger();

    private MeddlingCable(ServerSocket server, int brokerPort) {
        this.server = server;
        this.brokerPort = brokerPort;
        threads.execute(this::accept);
    }

    static MeddlingCable to(Mosquitto broker) {
        try {
            return new MeddlingCable(new ServerSocket(0, 50, Loopback.LOCALHOST), broker.port());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "tcp://127.0.0.1:" + server.getLocalPort();
    }

    /** So many of the next acknowledgements never come. */
    void forgetAcknowledgements(int count) {
        toForget.set(count);
    }

    boolean hasForgotten() {
        return toForget.get() == 0;
    }

    /** Says these bytes to every client, between two packets of the broker's. */
    void say(byte[] bytes) {
        for (Socket client : clients) {
            try {
                write(client, bytes, bytes.length);
            } catch (IOException e) {
                closeQuietly(client); // it has hung up
            }
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket near = server.accept();
                open.add(near);
                threads.execute(() -> connect(near));
            } catch (IOException e) {
                // Closed: the loop's condition tells.
            }
        }
    }

    private void connect(Socket near) {
        try (near;
                Socket far = new Socket(Loopback.LOCALHOST, brokerPort)) {
            open.add(far);
            clients.add(near);
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            threads.execute(() -> upwards(near, far));
            downwards(new DataInputStream(far.getInputStream()), near);
        } catch (IOException e) {
            // One of them has hung up.
        } finally {
            clients.remove(near);
            open.remove(near);
        }
    }

    private void upwards(Socket near, Socket far) {
        byte[] buffer = new byte[8192];
        try (near;
                far) {
            OutputStream out = far.getOutputStream();
            for (int n = near.getInputStream().read(buffer);
                    n >= 0;
                    n = near.getInputStream().read(buffer)) {
                out.write(buffer, 0, n);
            }
        } catch (IOException e) {
            // Closed: both ends are.
        } finally {
            open.remove(far);
        }
    }

    /** Packet by packet, each in pieces, so that a large one is not kept here. */
    private void downwards(DataInputStream in, Socket near) throws IOException {
        byte[] piece = new byte[8192];
        while (true) {
            piece[0] = in.readByte();
            int head = 1;
            long length = 0;
            do {
                piece[head] = in.readByte();
                length |= (piece[head] & 0x7FL) << (7 * (head - 1));
            } while (piece[head++] < 0);
            boolean forgotten = (piece[0] & 0xF0) >> 4 == PUBACK && toForget.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
            synchronized (near) {
                if (!forgotten) {
                    near.getOutputStream().write(piece, 0, head);
                }
                for (long left = length; left > 0; ) {
                    int some = in.read(piece, 0, (int) Math.min(left, piece.length));
                    if (some < 0) {
                        return;
                    }
                    left -= some;
                    if (!forgotten) {
                        near.getOutputStream().write(piece, 0, some);
                    }
                }
            }
        }
    }

    private static void write(Socket to, byte[] bytes, int length) throws IOException {
        synchronized (to) {
            to.getOutputStream().write(bytes, 0, length);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed all the same.
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open.forEach(MeddlingCable::closeQuietly);
        threads.shutdownNow();
    }
}
